// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/gimp.hpp"

#include <algorithm>
#include <cmath>

#include "scaling/averaging.hpp"

namespace bifocal::scaling {
namespace {

/// The size of a source pixel step, with GEGL's roundings: the ratio, snapped to a whole number, then inverted.
double step_of(int in, int out) {
  double ratio = static_cast<double>(out) / in;
  const double whole = std::floor(ratio + 0.5);
  if (std::abs(ratio - whole) < 1e-6) ratio = whole;
  return 1 / ratio;
}

std::vector<int> nearest_positions(int in, int out) {
  std::vector<int> at(out);
  const double step = step_of(in, out);
  // GEGL rounds the position to float before it takes the pixel: what is a hair below a border is then on it.
  for (int o = 0; o < out; ++o)
    at[o] = std::clamp(static_cast<int>(std::floor(static_cast<float>(step * (o + 0.5)))), 0, in - 1);
  return at;
}

/// GEGL's cubic with its standard blur: Mitchell-Netravali, B = 0.5, C = 0.25.
double gegl_cubic(double x) {
  constexpr double b = 0.5, c = 0.25;
  x = std::abs(x);
  if (x <= 1) return ((12 - 9 * b - 6 * c) / 6 * x + (-18 + 12 * b + 6 * c) / 6) * x * x + (6 - 2 * b) / 6;
  if (x < 2) return (((-b - 6 * c) / 6 * x + (6 * b + 30 * c) / 6) * x + (-12 * b - 48 * c) / 6) * x + (8 * b + 24 * c) / 6;
  return 0;
}

/// One axis of the linear or cubic sampler. `samples`: the most that GEGL averages.
BandedMatrix sampled(int in, int out, bool cubic, int samples) {
  const double step = step_of(in, out);
  const int n = std::clamp(static_cast<int>(std::floor(step)), 1, samples);
  const int taps = cubic ? 4 : 2;
  BandedMatrix m(in);
  std::vector<double> row;
  for (int o = 0; o < out; ++o) {
    const double center = step * (o + 0.5), apart = step / n, first = center - (step - apart) / 2;
    const int low = static_cast<int>(std::floor(first - 0.5)) - 2, high = static_cast<int>(std::floor(first + step)) + 3;
    const int from = std::clamp(low, 0, in - 1), to = std::clamp(high, 0, in - 1);
    row.assign(to - from + 1, 0.0);
    for (int k = 0; k < n; ++k) {
      const double at = first + k * apart - 0.5;
      const int base = static_cast<int>(std::floor(at));
      const double f = at - base;
      // GEGL clips the pixel left of the sample to the image, but not its weight; the others are clipped one by one.
      const int clipped = std::clamp(base, 0, in - 1);
      for (int i = 0; i < taps; ++i) {
        const int offset = cubic ? i - 1 : i;
        const double w = cubic ? gegl_cubic(f - offset) : offset == 0 ? 1 - f : f;
        row[std::clamp(clipped + offset, 0, in - 1) - from] += w / n;
      }
    }
    m.add_row(from, row);
  }
  return m;
}

class GimpNone final : public Model {
 public:
  explicit GimpNone(ScalerInfo info) : info_(info) {}
  const ScalerInfo& info() const override { return info_; }
  SeparableOperator matrices(Size from, Size to) const override {
    const auto axis = [](int in, int out) {
      BandedMatrix m(in);
      const double one = 1;
      for (int p : nearest_positions(in, out)) m.add_row(p, {&one, 1});
      return m;
    };
    return {axis(from.height, to.height), axis(from.width, to.width)};
  }
  Image8 resize(const Image8& image, Size to) const override {
    const auto h = nearest_positions(image.width(), to.width), v = nearest_positions(image.height(), to.height);
    Image8 out(to.height, to.width, image.channels());
    for (int c = 0; c < image.channels(); ++c)
      for (int y = 0; y < to.height; ++y)
        for (int x = 0; x < to.width; ++x) out.plane(c).row(y)[x] = image.plane(c).row(v[y])[h[x]];
    return out;
  }
  std::optional<FixedPoint> fixed_point(Size from, Size to, int, int) const override {
    const SeparableOperator op = matrices(from, to);
    FixedPoint f;
    f.horizontal = quantised(op.horizontal, 0);
    f.vertical = quantised(op.vertical, 0);
    set_rounding_shift(f, 0);
    return f;
  }

 private:
  ScalerInfo info_;
};

ScalerInfo entry(std::string_view id, std::string_view name, std::string_view kernel, std::string_view arithmetic) {
  ScalerInfo i;
  i.id = id;
  i.name = name;
  i.library = "GIMP";
  i.version = "2.10.34";
  i.kernel = kernel;
  i.arithmetic = arithmetic;
  i.light = Light::Linear;
  i.exactness = Exactness::Close;
  i.mean_error = 0.001;
  i.max_error = 1;
  return i;
}

}  // namespace

std::vector<std::shared_ptr<const Model>> gimp_models() {
  ScalerInfo none = entry("gimp-none", "GIMP Scale Image: None", "none: the pixel under the centre", "copies bytes");
  none.light = Light::Encoded;
  none.antialiases = false;
  none.exactness = Exactness::Bytes;
  none.mean_error = none.max_error = 0;
  const auto model = [](ScalerInfo info, bool cubic, int samples) {
    return averaging_model({info, by_axis([=](int in, int out) {
                              return in == out ? BandedMatrix::identity(in) : sampled(in, out, cubic, samples);
                            })});
  };
  return {
      model(entry("gimp-linear", "GIMP Scale Image: Linear", "triangle, mean of up to 4 x 4 samples", "float, linear light"),
            false, 4),
      model(entry("gimp-cubic", "GIMP Scale Image: Cubic", "cubic B = 0.5, C = 0.25, mean of up to 5 x 5 samples",
                  "float, linear light"),
            true, 5),
      std::make_shared<GimpNone>(none),
  };
}

}  // namespace bifocal::scaling
