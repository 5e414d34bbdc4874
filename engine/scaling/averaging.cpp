// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/averaging.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "light/transfer.hpp"

namespace bifocal::scaling {
namespace {

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

/// A banded matrix with float weights, for speed.
struct FloatMatrix {
  std::vector<int> first;
  std::vector<std::size_t> offset{0};
  std::vector<float> weight;

  explicit FloatMatrix(const BandedMatrix& m) {
    for (int r = 0; r < m.rows(); ++r) {
      first.push_back(m.first(r));
      weight.insert(weight.end(), m.weights(r).begin(), m.weights(r).end());
      offset.push_back(weight.size());
    }
  }
  int rows() const { return static_cast<int>(first.size()); }
  std::size_t count(int r) const { return offset[r + 1] - offset[r]; }
};

/// Eight partial sums, so that the compiler may use vectors although float sums depend on their order.
float dot(const float* a, const float* b, std::size_t n) {
  float part[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= n; i += 8)
    for (int k = 0; k < 8; ++k) part[k] += a[i + k] * b[i + k];
  float sum = ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
  for (; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

class AveragingModel final : public Model {
 public:
  explicit AveragingModel(Averaging a) : a_(std::move(a)) {}

  const ScalerInfo& info() const override { return a_.info; }
  SeparableOperator matrices(Size from, Size to) const override { return a_.matrices(from, to); }

  Image8 resize(const Image8& image, Size to) const override {
    const SeparableOperator op = matrices(image.size(), to);
    const bool linear = a_.info.light == Light::Linear;
    const float offset = static_cast<float>((a_.rounding == Rounding::Nearest ? 0.5 : 0) + a_.bias);
    const FloatMatrix vertical(op.vertical), horizontal(op.horizontal);
    std::array<float, 256> level;
    for (int b = 0; b < 256; ++b) level[b] = linear ? srgb().light[b] : static_cast<float>(b);
    Image8 out(to.height, to.width, image.channels());
    std::vector<float> line(image.width());
    for (int c = 0; c < image.channels(); ++c) {
      // All rows as levels or light, once: the bands of the vertical matrix overlap.
      Image source(image.height(), image.width(), 1);
      for (int y = 0; y < image.height(); ++y) {
        const std::uint8_t* in = image.plane(c).row(y);
        float* s = source.plane(0).row(y);
        for (int x = 0; x < image.width(); ++x) s[x] = level[in[x]];
      }
      for (int y = 0; y < to.height; ++y) {
        std::fill(line.begin(), line.end(), 0.f);
        for (std::size_t k = 0; k < vertical.count(y); ++k) {
          const float w = vertical.weight[vertical.offset[y] + k];
          const float* s = source.plane(0).row(vertical.first[y] + static_cast<int>(k));
          for (int x = 0; x < image.width(); ++x) line[x] += w * s[x];
        }
        std::uint8_t* o = out.plane(c).row(y);
        for (int x = 0; x < to.width; ++x) {
          const float v = dot(horizontal.weight.data() + horizontal.offset[x], line.data() + horizontal.first[x], horizontal.count(x));
          o[x] = linear ? encoded(v) : static_cast<std::uint8_t>(std::clamp(std::floor(v + offset), 0.f, 255.f));
        }
      }
    }
    return out;
  }

  std::optional<FixedPoint> fixed_point(Size from, Size to, int, int) const override {
    if (a_.info.light == Light::Linear) return {};
    constexpr int bits = 22;
    const SeparableOperator op = matrices(from, to);
    FixedPoint f;
    f.horizontal = quantised(op.horizontal, bits);
    f.vertical = quantised(op.vertical, bits);
    // The integer sums stand for float ones: stay clear of the borders between two bytes by a hundredth of a level.
    const double one = std::ldexp(1., 2 * bits), offset = (a_.rounding == Rounding::Nearest ? 0.5 : 0) + a_.bias;
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

BandedMatrix product(const BandedMatrix& left, const BandedMatrix& right) {
  BandedMatrix m(right.columns());
  std::vector<double> row;
  for (int r = 0; r < left.rows(); ++r) {
    int low = right.columns(), high = 0;
    for (int k = 0; k < left.count(r); ++k) {
      const int mid = left.first(r) + k;
      if (right.count(mid) == 0) continue;
      low = std::min(low, right.first(mid));
      high = std::max(high, right.first(mid) + right.count(mid));
    }
    row.assign(std::max(0, high - low), 0.0);
    for (int k = 0; k < left.count(r); ++k) {
      const int mid = left.first(r) + k;
      for (int i = 0; i < right.count(mid); ++i)
        row[right.first(mid) + i - low] += left.weights(r)[k] * right.weights(mid)[i];
    }
    m.add_row(row.empty() ? 0 : low, row);
  }
  return m;
}

}  // namespace bifocal::scaling
