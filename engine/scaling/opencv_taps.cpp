// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/opencv_taps.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>
#include <numbers>

namespace bifocal::scaling {
namespace {

/// OpenCV keeps the inverse ratio and inverts it again; both steps round.
double scale_of(int in, int out) { return 1. / (static_cast<double>(out) / in); }

std::int16_t fixed(float weight) {
  return static_cast<std::int16_t>(std::clamp(std::lrint(weight * 2048.f), -32768L, 32767L));
}

void cubic_weights(float x, float* w) {
  constexpr float a = -0.75f;
  w[0] = ((a * (x + 1) - 5 * a) * (x + 1) + 8 * a) * (x + 1) - 4 * a;
  w[1] = ((a + 2) * x - (a + 3)) * x * x + 1;
  w[2] = ((a + 2) * (1 - x) - (a + 3)) * (1 - x) * (1 - x) + 1;
  w[3] = 1.f - w[0] - w[1] - w[2];
}

/// sin(y)·sin(y/4)/y², by the addition theorem, normalised in float.
void lanczos4_weights(float x, float* w) {
  constexpr double s = std::numbers::sqrt2 / 2;
  constexpr double rotation[8][2] = {{1, 0}, {-s, -s}, {0, 1}, {s, -s}, {-1, 0}, {s, s}, {0, -1}, {-s, s}};
  if (x < FLT_EPSILON) {
    std::fill_n(w, 8, 0.f);
    w[3] = 1;
    return;
  }
  float sum = 0;
  const double y0 = -(x + 3) * std::numbers::pi * 0.25, s0 = std::sin(y0), c0 = std::cos(y0);
  for (int i = 0; i < 8; ++i) {
    const double y = -(x + 3 - i) * std::numbers::pi * 0.25;
    w[i] = static_cast<float>((rotation[i][0] * s0 + rotation[i][1] * c0) / (y * y));
    sum += w[i];
  }
  sum = 1.f / sum;
  for (int i = 0; i < 8; ++i) w[i] *= sum;
}

}  // namespace

IntegerMatrix FixedTaps::merged() const {
  IntegerMatrix m;
  m.columns = columns;
  std::vector<std::int32_t> row;
  for (int o = 0; o < rows(); ++o) {
    const int* p = position.data() + static_cast<std::ptrdiff_t>(o) * count;
    const auto [low, high] = std::minmax_element(p, p + count);
    row.assign(*high - *low + 1, 0);
    for (int k = 0; k < count; ++k) row[p[k] - *low] += weight[static_cast<std::size_t>(o) * count + k];
    // Taps without weight would tie pixels together that have nothing to do with each other.
    std::size_t begin = 0, end = row.size();
    while (end > 1 && row[end - 1] == 0) --end;
    while (begin + 1 < end && row[begin] == 0) ++begin;
    m.first.push_back(*low + static_cast<int>(begin));
    m.weights.insert(m.weights.end(), row.begin() + begin, row.begin() + end);
    m.offset.push_back(m.weights.size());
  }
  return m;
}

FixedTaps opencv_fixed_taps(OpenCvFilter filter, int in, int out) {
  const int count = filter == OpenCvFilter::Cubic ? 4 : filter == OpenCvFilter::Lanczos4 ? 8 : 2;
  const double inverse = static_cast<double>(out) / in, scale = scale_of(in, out);
  FixedTaps taps{count, in, {}, {}};
  float w[8];
  for (int o = 0; o < out; ++o) {
    int at;
    float f;
    if (filter == OpenCvFilter::Area) {
      at = static_cast<int>(std::floor(o * scale));
      f = static_cast<float>((o + 1) - (at + 1) * inverse);
      f = f <= 0 ? 0.f : f - std::floor(f);
    } else {
      f = static_cast<float>((o + 0.5) * scale - 0.5);
      at = static_cast<int>(std::floor(f));
      f -= at;
    }
    if (filter == OpenCvFilter::Cubic) {
      cubic_weights(f, w);
    } else if (filter == OpenCvFilter::Lanczos4) {
      lanczos4_weights(f, w);
    } else {
      w[0] = 1.f - f;
      w[1] = f;
    }
    for (int k = 0; k < count; ++k) {
      taps.position.push_back(std::clamp(at - count / 2 + 1 + k, 0, in - 1));
      taps.weight.push_back(fixed(w[k]));
    }
  }
  return taps;
}

std::vector<int> opencv_nearest(OpenCvFilter filter, int in, int out) {
  std::vector<int> at(out);
  const double scale = scale_of(in, out);
  const std::int64_t step = ((static_cast<std::int64_t>(in) << 16) + out / 2) / out, begin = step / 2 - 1;
  for (int o = 0; o < out; ++o)
    at[o] = filter == OpenCvFilter::NearestExact ? static_cast<int>((step * o + begin) >> 16)
                                                 : static_cast<int>(std::floor(o * scale));
  for (int& p : at) p = std::clamp(p, 0, in - 1);
  return at;
}

FixedTaps opencv_exact_taps(int in, int out) {
  FixedTaps taps{2, in, {}, {}};
  const double scale = scale_of(in, out);
  for (int o = 0; o < out; ++o) {
    const double f = scale * (o + 0.5) - 0.5;
    const int at = static_cast<int>(std::floor(f));
    int second = 0;
    if (at >= 0 && at < in - 1) second = static_cast<int>(std::lrint((f - at) * 256));
    taps.position.push_back(std::clamp(at, 0, in - 1));
    taps.position.push_back(std::clamp(at + 1, 0, in - 1));
    taps.weight.push_back(static_cast<std::int16_t>(256 - second));
    taps.weight.push_back(static_cast<std::int16_t>(second));
  }
  return taps;
}

FloatTaps opencv_area_taps(int in, int out) {
  FloatTaps taps;
  const double scale = scale_of(in, out);
  for (int o = 0; o < out; ++o) {
    const double begin = o * scale, end = begin + scale, width = std::min(scale, in - begin);
    int first = static_cast<int>(std::ceil(begin)), last = static_cast<int>(std::floor(end));
    last = std::min(last, in - 1);
    first = std::min(first, last);
    taps.first.push_back(first);
    if (first - begin > 1e-3) {
      --taps.first.back();
      taps.weight.push_back(static_cast<float>((first - begin) / width));
    }
    for (int i = first; i < last; ++i) taps.weight.push_back(static_cast<float>(1.0 / width));
    if (end - last > 1e-3) taps.weight.push_back(static_cast<float>(std::min(std::min(end - last, 1.), width) / width));
    taps.offset.push_back(taps.weight.size());
  }
  return taps;
}

int opencv_whole_ratio(int in, int out) {
  const double scale = scale_of(in, out);
  const int whole = static_cast<int>(std::lrint(scale));
  return std::abs(scale - whole) < DBL_EPSILON ? whole : 0;
}

}  // namespace bifocal::scaling
