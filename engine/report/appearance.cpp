// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report/appearance.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>
#include <bifocal/report.hpp>
#include <bifocal/scalers.hpp>

#include "error/edge.hpp"
#include "hot/eye.hpp"
#include "image/range.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "matrix/compiled.hpp"
#include "matrix/kernel.hpp"
#include "progress/parallel.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

constexpr int kStripRows = 64, kRadius = 5, kTaps = 2 * kRadius + 1;

Image luma(const Image& image) { return light::luma(image, Transfer::None); }

template <class Body>
void over_strips(int height, const Body& body) {
  parallel_for(0, (height + kStripRows - 1) / kStripRows, [&](int i) {
    progress::ask();
    body(i, i * kStripRows, std::min(height, (i + 1) * kStripRows));
  });
}

/// Means, variances and covariances of three planes.
struct Moments {
  double mean[3] = {}, product[3][3] = {};

  Moments(const Image& a, const Image& b, const Image& c) {
    const Image* planes[3] = {&a, &b, &c};
    const int w = a.width(), h = a.height();
    constexpr float kOffset = 128;  // floats keep their digits around 0
    std::vector<std::array<double, 9>> parts((h + kStripRows - 1) / kStripRows);
    over_strips(h, [&](int i, int y0, int y1) {
      std::vector<float> rows[3], ones(w, 1.0f);
      for (int y = y0; y < y1; ++y)
        for (int k = 0; k < 3; ++k) {
          rows[k].resize(w);
          const float* from = planes[k]->plane(0).row(y);
          for (int x = 0; x < w; ++x) rows[k][x] = from[x] - kOffset;
          parts[i][k] += hot::eye().dot(rows[k].data(), ones.data(), w);
          for (int l = 0; l <= k; ++l)
            parts[i][3 + k * (k + 1) / 2 + l] += hot::eye().dot(rows[k].data(), rows[l].data(), w);
        }
    });
    const double n = static_cast<double>(w) * h;
    std::array<double, 9> sums{};
    for (const auto& part : parts)
      for (int i = 0; i < 9; ++i) sums[i] += part[i] / n;
    for (int k = 0; k < 3; ++k)
      for (int l = 0; l <= k; ++l) product[k][l] = product[l][k] = sums[3 + k * (k + 1) / 2 + l] - sums[k] * sums[l];
    for (int k = 0; k < 3; ++k) {
      mean[k] = sums[k] + kOffset;
      product[k][k] = std::max(0.0, product[k][k]);  // of a flat plane the difference of two sums can be below 0
    }
  }
};

/// Both percentiles, to a sixteenth of a level.
void percentiles(const Image& plane, double low, double high, double& at_low, double& at_high) {
  constexpr int kBins = 256 * 16;
  std::vector<long> count(kBins);
  for (int y = 0; y < plane.height(); ++y) {
    if (y % kStripRows == 0) progress::ask();
    const float* row = plane.plane(0).row(y);
    for (int x = 0; x < plane.width(); ++x) ++count[std::clamp(static_cast<int>(row[x] * 16), 0, kBins - 1)];
  }
  const double n = static_cast<double>(plane.width()) * plane.height();
  const auto at = [&](double share) {
    double sum = 0;
    for (int i = 0; i < kBins; ++i)
      if ((sum += count[i]) > share * (n - 1)) return (i + 0.5) / 16;
    return 255.0;
  };
  at_low = at(low), at_high = at(high);
}

/// Mean structural similarity (report.hpp: ssim) of gain · a + offset and b, in floats: the affine fit leaves the byte
/// range. As scikit-image: pixels whose window leaves the image do not count.
double ssim_of(const Image& a, double gain, double offset, const Image& b) {
  const int w = a.width(), h = a.height();
  const double c1 = 0.01 * 255 * 0.01 * 255, c2 = 0.03 * 255 * 0.03 * 255;
  const bool small = std::min(w, h) <= kTaps;
  const int border = small ? 0 : kRadius;
  const matrix::Axis columns(light::gaussian(1.5, w, 3.5)), rows(light::gaussian(1.5, h, 3.5));
  std::vector<double> sums((h + kStripRows - 1) / kStripRows);
  over_strips(h, [&](int strip, int y0, int y1) {
    y0 = std::max(y0, border), y1 = std::min(y1, h - border);
    // Five moments of the rows around, summed along the row already; around mid grey, so that squares keep their
    // digits.
    std::vector<float> ring(static_cast<std::size_t>(kTaps) * 5 * w), source(5 * (w + columns.padding()), 0.0f),
        sum(static_cast<std::size_t>(5) * w);
    const auto at = [&](int kind, int y) { return ring.data() + (static_cast<std::size_t>(y % kTaps) * 5 + kind) * w; };
    int ready = std::max(0, y0 - kRadius);
    for (int y = y0; y < y1; ++y) {
      for (; ready <= std::min(h - 1, y + kRadius); ++ready) {
        const float *pa = a.plane(0).row(ready), *pb = b.plane(0).row(ready);
        float* s[5];
        for (int k = 0; k < 5; ++k) s[k] = source.data() + k * (w + columns.padding());
        const float g = static_cast<float>(gain), o = static_cast<float>(offset - 128);
        for (int x = 0; x < w; ++x) {
          const float p = g * pa[x] + o, q = pb[x] - 128;
          s[0][x] = p, s[1][x] = q, s[2][x] = p * p, s[3][x] = q * q, s[4][x] = p * q;
        }
        for (int k = 0; k < 5; ++k) columns.multiply(s[k], 0, w, at(k, ready));
      }
      float* m[5];
      for (int k = 0; k < 5; ++k) {
        m[k] = sum.data() + static_cast<std::size_t>(k) * w;
        rows.sum_rows(
            y, [&](int j) { return at(k, j); }, w, m[k], false);
      }
      double total = 0;
      for (int x = border; x < w - border; ++x) {
        const float ma = m[0][x], mb = m[1][x], va = m[2][x] - ma * ma, vb = m[3][x] - mb * mb, vab = m[4][x] - ma * mb;
        const float ua = ma + 128, ub = mb + 128;
        total += (2 * ua * ub + static_cast<float>(c1)) * (2 * vab + static_cast<float>(c2)) /
                 ((ua * ua + ub * ub + static_cast<float>(c1)) * (va + vb + static_cast<float>(c2)));
      }
      sums[strip] += total;
    }
  });
  double total = 0;
  for (double s : sums) total += s;
  return total / (static_cast<double>(w - 2 * border) * (h - 2 * border));
}

Image resized(const Image& image, Size to) {
  if (image.size() == to) return image;
  return matrix::apply({matrix::resampling_matrix({matrix::catmull_rom, 2}, image.height(), to.height),
                        matrix::resampling_matrix({matrix::catmull_rom, 2}, image.width(), to.width)},
                       image);
}

/// x ~ p a + q b + r by least squares, from products of x, a and b less their means.
struct Shares {
  double wanted, other;  ///< p, q
  double leak;           ///< of b over a, in what x has of them

  explicit Shares(const double (&product)[3][3]) {
    const double va = product[1][1], vb = product[2][2];
    const double xa = product[0][1], xb = product[0][2], ab = product[1][2];
    const double det = va * vb - ab * ab;
    wanted = det > 1e-9 * va * vb ? (xa * vb - xb * ab) / det : va > 1e-9 ? xa / va : 0;
    other = det > 1e-9 * va * vb ? (xb * va - xa * ab) / det : 0;
    leak = std::fabs(other) * std::sqrt(vb) / std::max(std::fabs(wanted) * std::sqrt(va), 1e-9);
  }
};

/// Of lumas.
Likeness compare(const Image& x, const Image& a, const Image& b) {
  const Moments m(x, a, b);
  const double vx = m.product[0][0], va = m.product[1][1], xa = m.product[0][1];
  Likeness out;
  out.zncc = vx > 1e-9 && va > 1e-9 ? xa / std::sqrt(vx * va) : 0;
  const Shares shares(m.product);
  out.contrast = shares.wanted, out.leak = shares.leak;
  const double gain = vx > 1e-9 ? xa / vx : 0;
  out.ssim = ssim_of(x, gain, m.mean[1] - gain * m.mean[0], a);
  double low = 0, high = 0;
  percentiles(x, 0.02, 0.98, low, high);
  out.range = (high - low) / 255;
  return out;
}

/// A channel's difference to luma, around mid grey as levels are.
Image less(const Image& image, int c, const Image& luma) {
  Image out(image.height(), image.width(), 1);
  for (int y = 0; y < image.height(); ++y) {
    const float *from = image.plane(c).row(y), *grey = luma.plane(0).row(y);
    float* to = out.plane(0).row(y);
    for (int x = 0; x < image.width(); ++x) to[x] = 128 + from[x] - grey[x];
  }
  return out;
}

/// Fills in what is said of colours; nothing of grey pictures. `lumas` are those of x, a and b.
void compare_colours(const Image& x, const Image& a, const Image& b, const Image (&lumas)[3], Likeness& out) {
  constexpr double kNone = 0.25;  // levels², of all three differences together: rounding makes as much
  if (std::min({x.channels(), a.channels(), b.channels()}) < 3) return;
  double product[3][3] = {};
  for (int c = 0; c < 3; ++c) {
    const Moments m(less(x, c, lumas[0]), less(a, c, lumas[1]), less(b, c, lumas[2]));
    for (int k = 0; k < 3; ++k)
      for (int l = 0; l < 3; ++l) product[k][l] += m.product[k][l];
  }
  if (product[1][1] < kNone) return;
  if (product[2][2] < kNone)
    for (int k = 0; k < 3; ++k) product[2][k] = product[k][2] = 0;
  const Shares shares(product);
  out.colours = shares.wanted, out.colour_leak = shares.leak;
}

/// Of grey pictures or RGB.
Likeness compare_all(const Image& x, const Image& a, const Image& b) {
  const Image lumas[3] = {luma(x), luma(a), luma(b)};
  Likeness out = compare(lumas[0], lumas[1], lumas[2]);
  compare_colours(x, a, b, lumas, out);
  return out;
}

/// What an eye that is far enough away sees: averaged in light, levels.
Image averaged_in_light(const Image8& image, Size to) {
  const auto& table = light::decode_table(Transfer::Srgb);
  const SeparableOperator box{matrix::resampling_matrix({matrix::box, 0.5}, image.height(), to.height),
                              matrix::resampling_matrix({matrix::box, 0.5}, image.width(), to.width)};
  Image out(to.height, to.width, image.channels()), light(image.height(), image.width(), 1);
  for (int c = 0; c < image.channels(); ++c) {
    parallel_for(0, image.height(), [&](int y) {
      progress::ask();
      for (int x = 0; x < image.width(); ++x) light.plane(0).row(y)[x] = table[image.plane(c).row(y)[x]];
    });
    const Image mean = matrix::apply(box, light);
    for (int y = 0; y < to.height; ++y) light::encode_row(mean.plane(0).row(y), to.width, out.plane(c).row(y));
  }
  return out;
}

}  // namespace

Likeness likeness(const Image& seen, const Image& wanted, const Image& other) try {
  if (seen.size() != wanted.size() || seen.size() != other.size())
    throw Error(ErrorCode::SizeMismatch, _("pictures of different size cannot be compared"));
  if (seen.empty() || wanted.empty() || other.empty())
    throw Error(ErrorCode::InvalidArgument, _("there is no picture to compare"));
  constexpr float kFar = 1e4f;  // levels; squares of squares keep their digits
  check_range(seen, -kFar, kFar, _("what is seen"));
  check_range(wanted, -kFar, kFar, _("the wanted picture"));
  check_range(other, -kFar, kFar, _("the other picture"));
  return compare_all(seen, wanted, other);
} catch (...) {
  leave(seen.size());
}

namespace report {
namespace {

/// Colours, which an eye sees more coarsely, at the target's size.
Showing by_eye(const Image8& image, const Image8& cover, const Image& target, double sigma, const ChangedParts& parts) {
  Showing eye;
  // A name in files: the same in every language.
  eye.name = "eye, sigma " + plain_number(sigma, 1) + " pixels";
  eye.role = Role::Eye;
  eye.size = image.size();
  eye.likeness = in_part(compare, parts.full, light::seen_luma(image, sigma), light::seen_luma(cover, 0),
                         resized(luma(target), image.size()));
  if (image.channels() >= 3)
    in_part(
        [&](const Image& x, const Image& a, const Image& b) {
          compare_colours(x, a, b, {luma(x), luma(a), luma(b)}, eye.likeness);
        },
        parts.small, averaged_in_light(image, target.size()), averaged_in_light(cover, target.size()), target);
  return eye;
}

}  // namespace

std::vector<Showing> appearance(const Image8& image, const Image8& cover, const Image& target, const Scaler& chosen,
                                FileKind file, double sigma, const ChangedParts& parts, const progress::Spare& spare) {
  std::vector<Showing> rows;
  const Size small = target.size();
  const auto alike = [&](const Image& seen, const Image& wanted, const Image& other) {
    return in_part(compare_all, parts.small, seen, wanted, other);
  };
  spare([&] { rows.push_back(by_eye(image, cover, target, sigma, parts)); });
  // One small cover for all that average encoded values.
  Image encoded_cover;
  const auto add = [&](const Scaler& scaler, Role role) {
    if (encoded_cover.empty()) encoded_cover = to_float(Scaler::find(scalers::kAveraging).resize(cover, small));
    Showing s;
    s.role = role;
    s.name = scaler.info().name, s.scaler = scaler.info().id, s.size = small;
    const Image seen = to_float(scaler.resize(image, small));
    s.shows_target = scaler.info().light == Light::Encoded;
    s.likeness = s.shows_target ? alike(seen, target, encoded_cover)
                                : alike(seen, to_float(scaler.resize(cover, small)), target);
    rows.push_back(s);
  };
  spare([&] { add(chosen, Role::Asked); });
  for (const std::string_view id : scalers::kPanel)
    if (chosen.info().id != id) spare([&] { add(Scaler::find(id).reading(file, image.channels()), Role::Panel); });
  return rows;
}

void add_after_jpeg(const Image8& image, const Image8& cover, const Image& target, const Scaler& chosen, double sigma,
                    int quality, Subsampling subsampling, const ChangedParts& parts, std::vector<Showing>& rows,
                    const progress::Spare& spare) {
  Image8 left;
  const std::string after = ", after JPEG " + std::to_string(quality);
  spare([&] {
    left = after_jpeg(to_float(image), quality, subsampling);
    rows.push_back(by_eye(left, cover, target, sigma, parts));
    rows.back().name += after;
    rows.back().jpeg = quality;
  });
  if (left.empty() || chosen.info().light != Light::Encoded) return;
  spare([&] {
    Showing s;
    s.role = Role::Asked, s.jpeg = quality;
    s.name = std::string(chosen.info().name) + after, s.scaler = chosen.info().id, s.size = target.size(),
    s.shows_target = true;
    s.likeness = in_part(compare_all, parts.small, to_float(chosen.resize(left, s.size)), target,
                         to_float(chosen.resize(cover, s.size)));
    rows.push_back(s);
  });
}

}  // namespace report
}  // namespace bifocal
