// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/pillow.hpp"

#include <algorithm>
#include <cmath>

#include "hot/hot.hpp"
#include "matrix/kernel.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"

namespace bifocal::scaling {

using namespace matrix;

namespace {

constexpr int kBits = 22;

/// Pillow's affine_fixed/scale transform picks the pixel under the centre of the new one, in double precision.
BandedMatrix nearest_matrix(int in, int out) {
  BandedMatrix m(in);
  const double scale = static_cast<double>(in) / out, one = 1;
  double at = scale * 0.5;
  for (int o = 0; o < out; ++o, at += scale) m.add_row(std::min(in - 1, static_cast<int>(at)), {&one, 1});
  return m;
}

void horizontal_pass(const IntegerMatrix& m, Plane<const std::uint8_t> in, Plane<std::uint8_t> out) {
  constexpr int rows = 64;  // at a time, so that the sums stay near
  std::vector<std::int32_t> sums(static_cast<std::size_t>(rows) * m.rows());
  for (int y = 0; y < in.height; y += rows) {
    progress::ask();
    const int n = std::min(rows, in.height - y);
    hot::loops().horizontal_sums(in.row(y), in.stride, n, in.width, m.first.data(), m.offset.data(), m.weights.data(),
                                 m.rows(), sums.data());
    for (int i = 0; i < n; ++i)
      hot::loops().clip_row(&sums[static_cast<std::size_t>(i) * m.rows()], kBits, m.rows(), out.row(y + i));
  }
}

void vertical_pass(const IntegerMatrix& m, Plane<const std::uint8_t> in, Plane<std::uint8_t> out) {
  std::vector<std::int32_t> sums(in.width);
  for (int o = 0; o < m.rows(); ++o) {
    progress::ask();
    std::fill(sums.begin(), sums.end(), 0);
    for (int k = 0, n = m.count(o); k < n; ++k)
      hot::loops().add_row(sums.data(), in.row(m.first[o] + k), m.row(o)[k], in.width);
    hot::loops().clip_row(sums.data(), kBits, in.width, out.row(o));
  }
}

class Pillow final : public Model {
 public:
  Pillow(ScalerInfo info, Kernel kernel) : info_(info), kernel_(kernel) {}

  const ScalerInfo& info() const override { return info_; }

  SeparableOperator matrices(Size from, Size to) const override {
    return {matrix(from.height, to.height), matrix(from.width, to.width)};
  }

  Image8 resize(const Image8& image, Size to) const override {
    const IntegerMatrix horizontal = integers(image.width(), to.width), vertical = integers(image.height(), to.height);
    Image8 out(to.height, to.width, image.channels());
    parallel_for(0, image.channels(), [&](int c) {
      Image8 between(image.height(), to.width, 1, Unset());
      horizontal_pass(horizontal, image.plane(c), between.plane(0));
      vertical_pass(vertical, between.plane(0), out.plane(c));
    });
    return out;
  }

  std::optional<FixedPoint> fixed_point(Size from, Size to, int, int) const override {
    FixedPoint f;
    f.horizontal = integers(from.width, to.width);
    f.vertical = integers(from.height, to.height);
    f.byte_between = true;
    f.shift_between = kBits;
    set_rounding_shift(f, kBits);
    return f;
  }

 private:
  BandedMatrix matrix(int in, int out) const {
    if (in == out) return BandedMatrix::identity(in);  // Pillow leaves the pass out
    return kernel_.value ? resampling_matrix(kernel_, in, out) : nearest_matrix(in, out);
  }
  IntegerMatrix integers(int in, int out) const { return quantised(matrix(in, out), kBits); }

  ScalerInfo info_;
  Kernel kernel_;
};

ScalerInfo entry(std::string_view id, std::string_view name, std::string_view call, std::string_view kernel) {
  ScalerInfo i;
  i.id = id;
  i.name = name;
  i.call = call;
  i.program = i.library = "Pillow";
  i.version = "9.4";
  i.kernel = kernel;
  i.arithmetic = "two passes, 22-bit fixed point, bytes between";
  return i;
}

}  // namespace

std::vector<std::shared_ptr<const Model>> pillow_models() {
  ScalerInfo nearest =
      entry("pillow-nearest", "Pillow: nearest", "Image.resize(size, NEAREST)", "none: the pixel under the centre");
  nearest.arithmetic = "copies bytes";
  nearest.antialiases = false;
  return {
      std::make_shared<Pillow>(entry("pillow-bicubic", "Pillow: bicubic",
                                     "Image.resize(size, BICUBIC), Image.thumbnail(size, BICUBIC, reducing_gap=None)",
                                     "Keys cubic, a = -0.5"),
                               Kernel{catmull_rom, 2}),
      std::make_shared<Pillow>(
          entry("pillow-lanczos", "Pillow: Lanczos", "Image.resize(size, LANCZOS)", "Lanczos, 3 lobes"),
          Kernel{lanczos3, 3}),
      std::make_shared<Pillow>(entry("pillow-bilinear", "Pillow: bilinear", "Image.resize(size, BILINEAR)", "triangle"),
                               Kernel{triangle, 1}),
      std::make_shared<Pillow>(
          entry("pillow-hamming", "Pillow: Hamming", "Image.resize(size, HAMMING)", "Hamming-windowed sinc"),
          Kernel{hamming, 1}),
      std::make_shared<Pillow>(entry("pillow-box", "Pillow: box", "Image.resize(size, BOX)", "box"), Kernel{box, 0.5}),
      std::make_shared<Pillow>(nearest, Kernel{nullptr, 0}),
  };
}

}  // namespace bifocal::scaling
