// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/averaging.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "light/transfer.hpp"
#include "matrix/banded.hpp"
#include "progress/ask.hpp"

namespace bifocal::scaling {

using namespace matrix;

namespace {

constexpr int kRows = 64;  // from one question to the next

/// light[b]: the light of byte b; border[b]: the smallest light that is encoded as more than b.
struct SrgbTables {
  std::array<float, 256> light;
  std::array<float, 255> border;
  SrgbTables() {
    for (int b = 0; b < 256; ++b) light[b] = static_cast<float>(light::decode(Transfer::Srgb, b));
    for (int b = 0; b < 255; ++b) border[b] = static_cast<float>(light::decode(Transfer::Srgb, b + 0.5));
  }
};
const SrgbTables& srgb() {
  static const SrgbTables t;
  return t;
}

std::uint8_t encoded(float light) {
  const auto& b = srgb().border;
  return static_cast<std::uint8_t>(std::upper_bound(b.begin(), b.end(), light) - b.begin());
}

class AveragingModel final : public Model {
 public:
  explicit AveragingModel(Averaging a) : a_(std::move(a)) {}

  const ScalerInfo& info() const override { return a_.info; }
  SeparableOperator matrices(Size from, Size to) const override { return a_.matrices(from, to); }

  Image8 resize(const Image8& image, Size to) const override {
    const SeparableOperator op = matrices(image.size(), to);
    const bool linear = a_.info.light == Light::Linear;
    const float offset = static_cast<float>(offset_before_floor(image.size(), to));
    Image8 out(to.height, to.width, image.channels());
    Image source(image.height(), image.width(), 1), scaled(to.height, to.width, 1);
    for (int c = 0; c < image.channels(); ++c) {
      for (int y = 0; y < image.height(); ++y) {
        if (y % kRows == 0) progress::ask();
        const std::uint8_t* in = image.plane(c).row(y);
        float* s = source.plane(0).row(y);
        for (int x = 0; x < image.width(); ++x) s[x] = linear ? srgb().light[in[x]] : in[x];
      }
      op.apply(source.plane(0), scaled.plane(0));
      for (int y = 0; y < to.height; ++y) {
        const float* s = scaled.plane(0).row(y);
        std::uint8_t* o = out.plane(c).row(y);
        for (int x = 0; x < to.width; ++x)
          o[x] = linear ? encoded(s[x]) : static_cast<std::uint8_t>(std::clamp(std::floor(s[x] + offset), 0.f, 255.f));
      }
    }
    return out;
  }

  std::optional<FixedPoint> fixed_point(Size from, Size to, int, int) const override {
    if (a_.info.light == Light::Linear) return {};
    constexpr int bits = 22;
    const SeparableOperator op = matrices(from, to);
    if (!(largest_sum(op.horizontal) < 2 && largest_sum(op.vertical) < 2))
      return {};  // 32 bits would not hold the sums
    FixedPoint f;
    f.horizontal = quantised(op.horizontal, bits);
    f.vertical = quantised(op.vertical, bits);
    // The integer sums stand for float ones: stay clear of the borders between two bytes by a hundredth of a level.
    const double one = std::ldexp(1., 2 * bits), offset = offset_before_floor(from, to);
    constexpr double margin = 0.01;
    for (int t = 0; t < 256; ++t) {
      f.low[t] = static_cast<std::int64_t>((t - offset + margin) * one);
      f.high[t] = static_cast<std::int64_t>((t + 1 - offset - margin) * one);
    }
    f.low[0] = std::numeric_limits<std::int64_t>::min() / 4;
    f.high[255] = std::numeric_limits<std::int64_t>::max() / 4;
    return f;
  }

 private:
  double offset_before_floor(Size from, Size to) const {
    return (a_.rounding == Rounding::Nearest ? 0.5 : 0) + (a_.bias ? a_.bias(from, to) : 0);
  }

  Averaging a_;
};

}  // namespace

std::function<SeparableOperator(Size, Size)> by_axis(std::function<BandedMatrix(int in, int out)> axis) {
  return [axis = std::move(axis)](Size from, Size to) {
    return SeparableOperator{axis(from.height, to.height), axis(from.width, to.width)};
  };
}

std::shared_ptr<const Model> averaging_model(Averaging averaging) {
  return std::make_shared<AveragingModel>(std::move(averaging));
}

}  // namespace bifocal::scaling
