// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report/appearance.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/report.hpp>

#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "scaling/kernel.hpp"

namespace bifocal {
namespace {

std::vector<float> luma(const Image& image) {
  const auto w = light::luma_weights(Transfer::None, image.channels());
  std::vector<float> out(static_cast<std::size_t>(image.width()) * image.height(), 0.0f);
  for (int c = 0; c < std::min(3, image.channels()); ++c)
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) out[static_cast<std::size_t>(y) * image.width() + x] += w[c] * image.plane(c).row(y)[x];
  return out;
}

double mean(const std::vector<float>& v) {
  double sum = 0;
  for (float f : v) sum += f;
  return sum / v.size();
}

double covariance(const std::vector<float>& a, const std::vector<float>& b) {
  const double ma = mean(a), mb = mean(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - ma) * (b[i] - mb);
  return sum / a.size();
}

double percentile(std::vector<float> v, double share) {
  const std::size_t k = std::min(v.size() - 1, static_cast<std::size_t>(share * (v.size() - 1) + 0.5));
  std::nth_element(v.begin(), v.begin() + k, v.end());
  return v[k];
}

/// Mean structural similarity of two planes (report.hpp: ssim), in floats: the affine fit leaves the byte range.
double ssim_of(const std::vector<float>& a, const std::vector<float>& b, Size size) {
  Image all(size.height, size.width, 3), squares(size.height, size.width, 2);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * size.width + x;
      // Around mid grey, so that floats keep their digits in the squares.
      const float p = a[i] - 128, q = b[i] - 128;
      all.plane(0).row(y)[x] = p, all.plane(1).row(y)[x] = q, all.plane(2).row(y)[x] = p * q;
      squares.plane(0).row(y)[x] = p * p, squares.plane(1).row(y)[x] = q * q;
    }
  const SeparableOperator window = light::gaussian(1.5, size, 3.5);
  const Image m = window.apply(all), s = window.apply(squares);
  // As scikit-image: pixels whose window leaves the image do not count.
  const int border = std::min(size.width, size.height) > 11 ? 5 : 0;
  const double c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255;
  double sum = 0;
  long count = 0;
  for (int y = border; y < size.height - border; ++y)
    for (int x = border; x < size.width - border; ++x, ++count) {
      const double ma = m.plane(0).row(y)[x], mb = m.plane(1).row(y)[x];
      const double va = s.plane(0).row(y)[x] - ma * ma, vb = s.plane(1).row(y)[x] - mb * mb, vab = m.plane(2).row(y)[x] - ma * mb;
      const double ua = ma + 128, ub = mb + 128;
      sum += (2 * ua * ub + c1) * (2 * vab + c2) / ((ua * ua + ub * ub + c1) * (va + vb + c2));
    }
  return sum / count;
}

Image resized(const Image& image, Size to) {
  if (image.size() == to) return image;
  return SeparableOperator{scaling::resampling_matrix({scaling::catmull_rom, 2}, image.height(), to.height),
                           scaling::resampling_matrix({scaling::catmull_rom, 2}, image.width(), to.width)}
      .apply(image);
}

}  // namespace

Likeness likeness(const Image& seen, const Image& wanted, const Image& other) {
  if (seen.size() != wanted.size() || seen.size() != other.size())
    throw Error(ErrorCode::SizeMismatch, "pictures of different size cannot be compared");
  const std::vector<float> x = luma(seen), a = luma(wanted), b = luma(other);
  const double vx = covariance(x, x), va = covariance(a, a), vb = covariance(b, b);
  const double xa = covariance(x, a), xb = covariance(x, b), ab = covariance(a, b);
  Likeness out;
  out.zncc = vx > 1e-9 && va > 1e-9 ? xa / std::sqrt(vx * va) : 0;
  // x ~ p a + q b + r by least squares.
  const double det = va * vb - ab * ab;
  const double p = det > 1e-9 * va * vb ? (xa * vb - xb * ab) / det : va > 1e-9 ? xa / va : 0;
  const double q = det > 1e-9 * va * vb ? (xb * va - xa * ab) / det : 0;
  out.contrast = p;
  out.leak = std::fabs(q) * std::sqrt(vb) / std::max(std::fabs(p) * std::sqrt(va), 1e-9);
  const double gain = vx > 1e-9 ? xa / vx : 0, mx = mean(x), ma = mean(a);
  std::vector<float> fitted(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) fitted[i] = static_cast<float>(gain * (x[i] - mx) + ma);
  out.ssim = ssim_of(fitted, a, seen.size());
  out.range = (percentile(x, 0.98) - percentile(x, 0.02)) / 255;
  return out;
}

namespace report {

std::vector<Showing> appearance(const Image8& image, const Image8& cover, const Image& target, const Scaler& chosen, double sigma) {
  std::vector<Showing> rows;
  const Size small = target.size();
  const Image full_cover = to_float(cover);
  {
    Showing eye;
    std::string digits = std::to_string(sigma);
    digits.resize(digits.find('.') + 2);
    eye.name = "eye, sigma " + digits + " pixels";
    eye.size = image.size();
    eye.likeness = likeness(light::seen(to_float(image), sigma), full_cover, resized(target, image.size()));
    rows.push_back(eye);
  }
  const auto add = [&](const Scaler& scaler) {
    Showing s;
    s.name = scaler.info().name, s.scaler = scaler.info().id, s.size = small;
    const Image seen = to_float(scaler.resize(image, small)), small_cover = to_float(scaler.resize(cover, small));
    s.shows_target = scaler.info().light == Light::Encoded;
    s.likeness = s.shows_target ? likeness(seen, target, small_cover) : likeness(seen, small_cover, target);
    rows.push_back(s);
  };
  add(chosen);
  for (const char* id : {"pillow-box", "pillow-bilinear", "pillow-hamming", "pillow-bicubic", "pillow-lanczos", "opencv-area", "gimp-cubic"})
    if (chosen.info().id != id) add(Scaler::find(id));
  return rows;
}

}  // namespace report
}  // namespace bifocal
