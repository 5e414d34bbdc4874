// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/gimp.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "matrix/kernel.hpp"
#include "scaling/averaging.hpp"
#include "scaling/gimp_halo.hpp"
#include "scaling/picking.hpp"

namespace bifocal::scaling {

using namespace matrix;

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

/// GEGL's cubic with its standard blur.
double gegl_cubic(double x) { return cubic_bc(x, 0.5, 0.25); }

/// One axis of the linear or cubic sampler. `samples`: the most that GEGL averages.
BandedMatrix sampled(int in, int out, bool cubic, int samples) {
  const double step = step_of(in, out);
  const int n = std::clamp(static_cast<int>(std::floor(step)), 1, samples);
  const int taps = cubic ? 4 : 2;
  BandedMatrix m(in);
  std::vector<double> row;
  for (int o = 0; o < out; ++o) {
    const double center = step * (o + 0.5), apart = step / n, first = center - (step - apart) / 2;
    const int low = static_cast<int>(std::floor(first - 0.5)) - 2,
              high = static_cast<int>(std::floor(first + step)) + 3;
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

/// error: picture_error, mean_error, max_error.
ScalerInfo entry(std::string_view id, std::string_view name, std::string_view call, std::string_view kernel,
                 std::string_view arithmetic, std::array<double, 3> error) {
  ScalerInfo i;
  i.id = id;
  i.name = name;
  i.call = call;
  i.program = i.library = "GIMP";
  i.version = "2.10.34";
  i.kernel = kernel;
  i.arithmetic = arithmetic;
  i.light = Light::Linear;
  i.exactness = Exactness::Close;
  i.picture_error = error[0];
  i.mean_error = error[1];
  i.max_error = error[2];
  return i;
}

}  // namespace

std::vector<std::shared_ptr<const Model>> gimp_models() {
  ScalerInfo none = entry("gimp-none", "GIMP Scale Image: None", "Image > Scale Image, Interpolation: None",
                          "none: the pixel under the centre", "copies bytes", {});
  none.light = Light::Encoded;
  none.antialiases = false;
  none.exactness = Exactness::Bytes;
  const auto model = [](ScalerInfo info, bool cubic, int samples) {
    return averaging_model({info, by_axis([=](int in, int out) {
                              return in == out ? BandedMatrix::identity(in) : sampled(in, out, cubic, samples);
                            })});
  };
  const auto halo = [](ScalerInfo info, Halo kind) {
    return averaging_model({info, [kind](Size from, Size to) { return halo_operator(kind, from, to); }});
  };
  return {
      model(entry("gimp-linear", "GIMP Scale Image: Linear", "Image > Scale Image, Interpolation: Linear",
                  "triangle, mean of up to 4 x 4 samples", "float, linear light", {0.0003, 0.0003, 1}),
            false, 4),
      model(entry("gimp-cubic", "GIMP Scale Image: Cubic", "Image > Scale Image, Interpolation: Cubic",
                  "cubic B = 0.5, C = 0.25, mean of up to 5 x 5 samples", "float, linear light", {0.0001, 0.0001, 1}),
            true, 5),
      halo(entry("gimp-nohalo", "GIMP Scale Image: NoHalo", "Image > Scale Image, Interpolation: NoHalo",
                 "cone over an ellipse; not linear, not separable", "float, linear light", {0.079, 3, 88}),
           Halo::No),
      halo(entry("gimp-lohalo", "GIMP Scale Image: LoHalo", "Image > Scale Image, Interpolation: LoHalo",
                 "Robidoux cubic over an ellipse; not linear, not separable", "float, linear light", {0.018, 1.9, 35}),
           Halo::Lo),
      picking_model(none, nearest_positions),
  };
}

}  // namespace bifocal::scaling
