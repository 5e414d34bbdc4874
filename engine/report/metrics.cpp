// SPDX-License-Identifier: LGPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <bifocal/error.hpp>
#include <bifocal/report.hpp>

#include "error/edge.hpp"
#include "hot/hot.hpp"
#include "image/shape.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

void check_same(const Image8& a, const Image8& b) {
  if (!a.same_shape(b)) throw Error(ErrorCode::SizeMismatch, _("two images of different size cannot be compared"));
}

/// Rec. 601 luma of row y.
void luma_row(const Image8& image, int y, float* out) {
  const std::uint8_t* r = image.plane(0).row(y);
  if (image.channels() < 3) {
    std::copy_n(r, image.width(), out);
    return;
  }
  const std::uint8_t* g = image.plane(1).row(y);
  const std::uint8_t* b = image.plane(2).row(y);
  for (int x = 0; x < image.width(); ++x) out[x] = 0.299f * r[x] + 0.587f * g[x] + 0.114f * b[x];
}

constexpr int kRadius = 5;    // truncated at 3.5 sigma, as scikit-image
constexpr int kChunk = 64;    // rows that one task takes
constexpr int kEvery = 2;     // large images: every second row of windows; their means differ by less than 1e-3
constexpr int kLarge = 256;   // rows
constexpr int kPadding = 16;  // the vector loops read past the end of a row

std::vector<float> window() {
  std::vector<float> w(2 * kRadius + 1);
  float sum = 0;
  for (int i = -kRadius; i <= kRadius; ++i) sum += w[i + kRadius] = std::exp(-i * i / (2 * 1.5f * 1.5f));
  for (float& v : w) v /= sum;
  return w;
}

/// Sides too short for the window, made longer by its radius at both ends.
Image8 mirrored_outwards(const Image8& image) {
  const auto more = [](int side) { return side < 2 * kRadius + 1 ? kRadius : 0; };
  const int above = more(image.height()), left = more(image.width());
  Image8 out(image.height() + 2 * above, image.width() + 2 * left, image.channels());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < out.height(); ++y)
      for (int x = 0; x < out.width(); ++x)
        out.plane(c).row(y)[x] =
            image.plane(c).row(mirrored(y - above, image.height()))[mirrored(x - left, image.width())];
  return out;
}

}  // namespace

double psnr(const Image8& a, const Image8& b) {
  check_same(a, b);
  std::uint64_t squares = 0;
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y) {
      if (y % kChunk == 0) progress::ask();
      const std::uint8_t* p = a.plane(c).row(y);
      const std::uint8_t* q = b.plane(c).row(y);
      squares += hot::metric_loops().squared_error(p, q, a.width());
    }
  if (squares == 0) return std::numeric_limits<double>::infinity();
  const double samples = static_cast<double>(a.width()) * a.height() * a.channels();
  return 10 * std::log10(255. * 255. * samples / static_cast<double>(squares));
}

double ssim(const Image8& a, const Image8& b) try {
  check_same(a, b);
  if (a.empty()) throw Error(ErrorCode::InvalidArgument, _("there is no image to compare"));
  constexpr int taps = 2 * kRadius + 1;
  // scikit-image counts no pixel nearer to the border than the window's radius; shorter sides are mirrored outwards
  // first.
  if (std::min(a.width(), a.height()) < taps) return ssim(mirrored_outwards(a), mirrored_outwards(b));
  static const std::vector<float> w = window();
  const int width = a.width(), rows = a.height() - 2 * kRadius, step = rows > kLarge ? kEvery : 1;
  const std::size_t stride = static_cast<std::size_t>(width) + 2 * kPadding;
  const int chunks = (rows + kChunk - 1) / kChunk;
  std::vector<double> sums(chunks);
  parallel_for(0, chunks, [&](int chunk) {
    progress::ask();
    std::vector<float> ring(4 * taps * stride), scratch(4 * (static_cast<std::size_t>(width) + 16) + kPadding);
    const auto at = [&](int moment, int y) {
      return ring.data() + (static_cast<std::size_t>(moment) * taps + y % taps) * stride;
    };
    const int first = chunk * kChunk, last = std::min(first + kChunk, rows);
    int have = first;
    for (int y = first; y < last; y += step) {
      for (; have < y + taps; ++have) {
        luma_row(a, have, at(0, have));
        luma_row(b, have, at(1, have));
        hot::metric_loops().products(at(0, have), at(1, have), width, at(2, have), at(3, have));
      }
      const float* window_rows[4][taps];
      const float* const* moments[4];
      for (int m = 0; m < 4; ++m) {
        for (int k = 0; k < taps; ++k) window_rows[m][k] = at(m, y + k);
        moments[m] = window_rows[m];
      }
      sums[chunk] += hot::metric_loops().ssim_row(moments, w.data(), taps, width, scratch.data());
    }
  });
  double total = 0;
  for (double s : sums) total += s;
  const int counted = (rows + step - 1) / step;
  return total / (static_cast<double>(counted) * (width - 2 * kRadius));
} catch (...) {
  leave(a.size());
}

}  // namespace bifocal
