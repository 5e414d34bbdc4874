// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/diffusion.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "light/transfer.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::tone {
namespace {

constexpr int kLevels = 33;
constexpr int kRowsAtOnce = 16;
constexpr int kBandRows = 256, kWarmUp = 8;  // a band starts some rows early, so that no seam shows
constexpr float kMostError = 1.5f;
constexpr float kLowest = -1.5f, kCells = 32;  // the table of nearest levels: wishes −1.5..2.5 in steps of 1/32
constexpr int kSide = 128;

typedef float Four __attribute__((vector_size(16)));
typedef int Whole __attribute__((vector_size(16)));

struct Levels {
  std::array<float, kLevels> encoded, light;
  std::array<std::uint8_t, kSide * kSide> nearest;  ///< [light wish][encoded wish] -> level nearest to both
  Levels() {
    for (int i = 0; i < kLevels; ++i) {
      encoded[i] = i / static_cast<float>(kLevels - 1);
      light[i] = static_cast<float>(bifocal::light::decode(Transfer::Srgb, 255.0 * encoded[i]) / 255);
    }
    for (int q = 0; q < kSide; ++q)
      for (int p = 0; p < kSide; ++p) {
        const float a = kLowest + (p + 0.5f) / kCells, b = kLowest + (q + 0.5f) / kCells;
        const auto cost = [&](int i) { return (encoded[i] - a) * (encoded[i] - a) + (light[i] - b) * (light[i] - b); };
        int best = 0;
        for (int i = 1; i < kLevels; ++i)
          if (cost(i) < cost(best)) best = i;
        nearest[q * kSide + p] = static_cast<std::uint8_t>(best);
      }
  }
};

Four clamped(Four v, float low, float high) {
  const Four a = Four{} + low, b = Four{} + high;
  v = v < a ? a : v;
  return v > b ? b : v;
}

template <class T>
T sample(float level) {
  return std::is_same_v<T, float> ? static_cast<T>(level) : static_cast<T>(level + 0.5f);
}

const Levels& levels() {
  static const Levels all;
  return all;
}

/// A row on its way, up to three channels side by side in one vector, so that their chains of errors run at the same
/// time. Lives in local variables: a store of bytes would make the compiler fetch everything else again.
template <class T>
struct Row {
  const float *encoded[3], *light[3];  ///< wishes
  T* out[3];
  Four *ea, *eb, *na,
      *nb;  ///< errors handed down to this row and the next, encoded and light, with one pixel of border
  int width;
  bool back;
  bool together;
  Four right_a{}, right_b{};

  /// The k-th pixel on the way, forth or back.
  [[gnu::always_inline]] void pixel(int k, const Levels& t) {
    const int x = back ? width - 1 - k : k;
    const Four a =
        Four{encoded[0][x], encoded[1][x], encoded[2][x], 0} + clamped(ea[x + 1] + right_a, -kMostError, kMostError);
    const Four b =
        Four{light[0][x], light[1][x], light[2][x], 0} + clamped(eb[x + 1] + right_b, -kMostError, kMostError);
    if (together) return pixel_together(x, a, b, t);
    const Four p = clamped((a - kLowest) * kCells, 0, kSide - 1), q = clamped((b - kLowest) * kCells, 0, kSide - 1);
    const Whole at = __builtin_convertvector(q, Whole) * kSide + __builtin_convertvector(p, Whole);
    const int i = t.nearest[at[0]], j = t.nearest[at[1]], l = t.nearest[at[2]];
    const Four level{t.encoded[i], t.encoded[j], t.encoded[l], 0};
    out[0][x] = sample<T>(255 * level[0]), out[1][x] = sample<T>(255 * level[1]), out[2][x] = sample<T>(255 * level[2]);
    spread(a - level, b - Four{t.light[i], t.light[j], t.light[l], 0}, x);
  }

  /// The channels' mean decides; what sets a channel apart is added as far as it fits.
  [[gnu::always_inline]] void pixel_together(int x, Four a, Four b, const Levels& t) {
    const float ma = (a[0] + a[1] + a[2]) / 3, mb = (b[0] + b[1] + b[2]) / 3;
    const float wished = (encoded[0][x] + encoded[1][x] + encoded[2][x]) / 3;
    const int i = t.nearest[static_cast<int>(std::clamp((mb - kLowest) * kCells, 0.f, kSide - 1.f)) * kSide +
                            static_cast<int>(std::clamp((ma - kLowest) * kCells, 0.f, kSide - 1.f))];
    Four level{}, shines{};
    for (int c = 0; c < 3; ++c) {
      level[c] = std::clamp(t.encoded[i] + encoded[c][x] - wished, 0.f, 1.f);
      shines[c] = t.light[static_cast<int>(level[c] * (kLevels - 1) + 0.5f)];
      out[c][x] = sample<T>(255 * level[c]);
    }
    spread(a - level, b - shines, x);
  }

  /// Floyd and Steinberg's shares.
  [[gnu::always_inline]] void spread(Four ra, Four rb, int x) {
    const int step = back ? -1 : 1;
    right_a = ra * (7 / 16.0f), right_b = rb * (7 / 16.0f);
    na[x + 1 - step] += ra * (3 / 16.0f), nb[x + 1 - step] += rb * (3 / 16.0f);
    na[x + 1] += ra * (5 / 16.0f), nb[x + 1] += rb * (5 / 16.0f);
    na[x + 1 + step] += ra * (1 / 16.0f), nb[x + 1 + step] += rb * (1 / 16.0f);
  }
};

/// Rows begin..end−1 on their way down.
template <class T>
class Band {
 public:
  Band(const WishRow& wish, bool together, Planes<T>& out, int begin, int end)
      : wish_(wish), together_(together), out_(out), begin_(begin), end_(end),
        y_(begin < end ? std::max(0, begin - kWarmUp) : end), ea_(out.width() + 2, Four{}), eb_(ea_), na_(ea_),
        nb_(ea_), wishes_(std::size_t{6} * out.width(), 0.0f), unused_(out.width()) {}

  bool ended() const { return y_ >= end_; }

  Row<T> begin_row() {
    if (y_ % kRowsAtOnce == 0) progress::ask();
    const int n = out_.width(), channels = out_.channels();
    Row<T> row;
    for (int c = 0; c < 3; ++c) {
      float* encoded = wishes_.data() + static_cast<std::size_t>(c) * n;
      float* light = encoded + static_cast<std::size_t>(3) * n;
      if (c < channels) wish_(c, y_, encoded, light);
      row.encoded[c] = encoded, row.light[c] = light;
      row.out[c] = y_ >= begin_ && c < channels ? out_.plane(c).row(y_) : unused_.data();
    }
    std::fill(na_.begin(), na_.end(), Four{});
    std::fill(nb_.begin(), nb_.end(), Four{});
    row.ea = ea_.data(), row.eb = eb_.data(), row.na = na_.data(), row.nb = nb_.data();
    row.width = n, row.back = y_ & 1, row.together = together_;
    return row;
  }

  void end_row() {
    ea_.swap(na_), eb_.swap(nb_);
    ++y_;
  }

 private:
  const WishRow& wish_;
  const bool together_;
  Planes<T>& out_;
  const int begin_, end_;
  int y_;
  std::vector<Four> ea_, eb_, na_, nb_;
  std::vector<float> wishes_;
  std::vector<T> unused_;
};

/// Two bands side by side: each pixel waits for its own neighbour only, so a processor does both in little more than
/// one's time.
template <class T>
void diffuse_bands(Band<T>& one, Band<T>& two) {
  const Levels& t = levels();
  while (!one.ended() && !two.ended()) {
    Row<T> a = one.begin_row(), b = two.begin_row();
    for (int k = 0; k < a.width; ++k) a.pixel(k, t), b.pixel(k, t);
    one.end_row(), two.end_row();
  }
  for (Band<T>* rest : {&one, &two})
    while (!rest->ended()) {
      Row<T> a = rest->begin_row();
      for (int k = 0; k < a.width; ++k) a.pixel(k, t);
      rest->end_row();
    }
}

}  // namespace

template <class T>
Planes<T> diffuse(Size size, int channels, bool together, const WishRow& row) {
  Planes<T> out(size.height, size.width, channels, Unset());
  const int bands = (size.height + kBandRows - 1) / kBandRows;
  const auto band = [&](int i) {
    const auto row_of = [&](int k) { return std::min(size.height, k * kBandRows); };
    return Band<T>(row, together && channels == 3, out, row_of(i), row_of(i + 1));
  };
  parallel_for(0, (bands + 1) / 2, [&](int i) {
    Band<T> upper = band(2 * i), lower = band(2 * i + 1);
    diffuse_bands(upper, lower);
  });
  return out;
}

template Image diffuse(Size, int, bool, const WishRow&);
template Image8 diffuse(Size, int, bool, const WishRow&);

}  // namespace bifocal::tone
