// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/opencv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "progress/ask.hpp"
#include "scaling/opencv_taps.hpp"

namespace bifocal::scaling {
namespace {

constexpr std::int64_t kFar = std::numeric_limits<std::int64_t>::max() / 4;

/// Nearest whole number, halves to even, for |x| < 2^22; a form that compilers vectorise.
inline float round_even(float x) {
  constexpr float magic = 12582912.f;  // 1.5 · 2^23: the sum has no fraction bits left
  return (x + magic) - magic;
}
inline std::uint8_t byte_of(float x) { return static_cast<std::uint8_t>(std::clamp(round_even(x), 0.f, 255.f)); }
inline std::uint8_t byte_of(std::int32_t x) { return static_cast<std::uint8_t>(std::clamp(x, 0, 255)); }

void fixed_row(const FixedTaps& taps, const std::uint8_t* in, std::int32_t* out) {
  const int* p = taps.position.data();
  const std::int16_t* w = taps.weight.data();
  for (int o = 0, n = taps.rows(); o < n; ++o, p += taps.count, w += taps.count) {
    std::int32_t sum = 0;
    for (int k = 0; k < taps.count; ++k) sum += w[k] * in[p[k]];
    out[o] = sum;
  }
}

/// One output row from `taps.count` rows of horizontal sums. `fixed_step`, `fixed_from`: the sample of column x is
/// number x·step + from of an interleaved row; cubic treats the first `floats` of those in float.
struct RowEnd {
  int channels, channel, floats;
};
void combine(OpenCvFilter filter, const std::int32_t* const* rows, const std::int16_t* b, std::uint8_t* out, int width,
             RowEnd end) {
  if (filter == OpenCvFilter::Lanczos4) {
    for (int x = 0; x < width; ++x) {
      std::uint32_t sum = 1u << 21;
      for (int k = 0; k < 8; ++k) sum += static_cast<std::uint32_t>(rows[k][x]) * static_cast<std::uint32_t>(b[k]);
      out[x] = byte_of(static_cast<std::int32_t>(sum) >> 22);
    }
  } else if (filter == OpenCvFilter::Cubic) {
    constexpr float unit = 1.f / (2048 * 2048);
    const float b0 = b[0] * unit, b1 = b[1] * unit, b2 = b[2] * unit, b3 = b[3] * unit;
    const std::int32_t *s0 = rows[0], *s1 = rows[1], *s2 = rows[2], *s3 = rows[3];
    const int split = std::clamp((end.floats - end.channel + end.channels - 1) / end.channels, 0, width);
    for (int x = 0; x < split; ++x) out[x] = byte_of(s0[x] * b0 + (s1[x] * b1 + (s2[x] * b2 + s3[x] * b3)));
    for (int x = split; x < width; ++x)
      out[x] = byte_of((s0[x] * b[0] + s1[x] * b[1] + s2[x] * b[2] + s3[x] * b[3] + (1 << 21)) >> 22);
  } else {
    const std::int32_t *s0 = rows[0], *s1 = rows[1];
    const std::int32_t b0 = b[0], b1 = b[1];
    for (int x = 0; x < width; ++x)
      out[x] = byte_of((((b0 * (s0[x] >> 4)) >> 16) + ((b1 * (s1[x] >> 4)) >> 16) + 2) >> 2);
  }
}

/// Horizontal sums of the source rows in use, each computed once.
class RowCache {
 public:
  RowCache(const FixedTaps& taps, Plane<const std::uint8_t> in, int slots)
      : taps_(taps), in_(in), owner_(slots, -1), sums_(slots, std::vector<std::int32_t>(taps.rows())) {}
  const std::int32_t* row(int y) {
    const std::size_t slot = y % owner_.size();
    if (owner_[slot] != y) {
      fixed_row(taps_, in_.row(y), sums_[slot].data());
      owner_[slot] = y;
    }
    return sums_[slot].data();
  }

 private:
  const FixedTaps& taps_;
  Plane<const std::uint8_t> in_;
  std::vector<int> owner_;
  std::vector<std::vector<std::int32_t>> sums_;
};

void resize_fixed(OpenCvFilter filter, const Image8& image, Image8& out) {
  const FixedTaps h = opencv_fixed_taps(filter, image.width(), out.width());
  const FixedTaps v = opencv_fixed_taps(filter, image.height(), out.height());
  for (int c = 0; c < image.channels(); ++c) {
    RowCache cache(h, image.plane(c), v.count);
    const RowEnd end{image.channels(), c, out.width() * image.channels() / 8 * 8};
    for (int o = 0; o < out.height(); ++o) {
      progress::ask();
      const std::int32_t* rows[8];
      for (int k = 0; k < v.count; ++k) rows[k] = cache.row(v.position[static_cast<std::size_t>(o) * v.count + k]);
      combine(filter, rows, v.weight.data() + static_cast<std::size_t>(o) * v.count, out.plane(c).row(o), out.width(),
              end);
    }
  }
}

void resize_exact(const Image8& image, Image8& out) {
  const FixedTaps h = opencv_exact_taps(image.width(), out.width());
  const FixedTaps v = opencv_exact_taps(image.height(), out.height());
  for (int c = 0; c < image.channels(); ++c) {
    RowCache cache(h, image.plane(c), 2);
    for (int o = 0; o < out.height(); ++o) {
      progress::ask();
      const std::int32_t *s0 = cache.row(v.position[2 * o]), *s1 = cache.row(v.position[2 * o + 1]);
      const std::int32_t b0 = v.weight[2 * o], b1 = v.weight[2 * o + 1];
      for (int x = 0; x < out.width(); ++x)
        out.plane(c).row(o)[x] = byte_of((s0[x] * b0 + s1[x] * b1 + (1 << 15)) >> 16);
    }
  }
}

void resize_nearest(OpenCvFilter filter, const Image8& image, Image8& out) {
  const std::vector<int> h = opencv_nearest(filter, image.width(), out.width());
  const std::vector<int> v = opencv_nearest(filter, image.height(), out.height());
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < out.height(); ++y)
      for (int x = 0; x < out.width(); ++x) out.plane(c).row(y)[x] = image.plane(c).row(v[y])[h[x]];
}

/// The byte of a whole-ratio area sum. At 2x2 OpenCV has a shortcut that rounds halves up, for 1, 3 and 4 channels.
std::uint8_t area_byte(std::int32_t sum, int rx, int ry, int channels) {
  if (rx == 2 && ry == 2 && channels != 2) return static_cast<std::uint8_t>((sum + 2) >> 2);
  return byte_of(static_cast<float>(sum) * (1.f / (rx * ry)));
}

void resize_blocks(const Image8& image, Image8& out, int rx, int ry) {
  std::vector<std::int32_t> sums(static_cast<std::size_t>(image.width()));
  for (int c = 0; c < image.channels(); ++c)
    for (int o = 0; o < out.height(); ++o) {
      progress::ask();
      std::fill(sums.begin(), sums.end(), 0);
      for (int k = 0; k < ry; ++k) {
        const std::uint8_t* row = image.plane(c).row(o * ry + k);
        for (int x = 0; x < image.width(); ++x) sums[x] += row[x];
      }
      for (int x = 0; x < out.width(); ++x) {
        std::int32_t sum = 0;
        for (int k = 0; k < rx; ++k) sum += sums[x * rx + k];
        out.plane(c).row(o)[x] = area_byte(sum, rx, ry, image.channels());
      }
    }
}

void resize_area(const Image8& image, Image8& out) {
  const FloatTaps h = opencv_area_taps(image.width(), out.width()), v = opencv_area_taps(image.height(), out.height());
  std::vector<float> line(out.width()), sum(out.width());
  for (int c = 0; c < image.channels(); ++c)
    for (int o = 0; o < out.height(); ++o) {
      progress::ask();
      std::fill(sum.begin(), sum.end(), 0.f);
      for (int k = 0; k < v.count(o); ++k) {
        const std::uint8_t* row = image.plane(c).row(v.first[o] + k);
        for (int x = 0; x < out.width(); ++x) {
          float s = 0;
          const float* w = h.weight.data() + h.offset[x];
          for (int i = 0, n = h.count(x); i < n; ++i) s += row[h.first[x] + i] * w[i];
          line[x] = s;
        }
        const float b = v.weight[v.offset[o] + k];
        for (int x = 0; x < out.width(); ++x) sum[x] += b * line[x];
      }
      for (int x = 0; x < out.width(); ++x) out.plane(c).row(o)[x] = byte_of(sum[x]);
    }
}

/// [low, high] around t in units of 1/one, kept `margin` levels away from the rounding borders.
void set_margin(FixedPoint& f, std::int64_t one, double margin) {
  for (int t = 0; t < 256; ++t) {
    f.low[t] = static_cast<std::int64_t>(std::ceil((t - 0.5 + margin) * static_cast<double>(one)));
    f.high[t] = static_cast<std::int64_t>(std::floor((t + 0.5 - margin) * static_cast<double>(one)));
  }
  f.low[0] = -kFar;
  f.high[255] = kFar;
}

IntegerMatrix ones(int in, int out, int ratio) {
  IntegerMatrix m;
  m.columns = in;
  for (int o = 0; o < out; ++o) {
    m.first.push_back(o * ratio);
    m.weights.insert(m.weights.end(), ratio, 1);
    m.offset.push_back(m.weights.size());
  }
  return m;
}

IntegerMatrix picks(const std::vector<int>& at, int in) {
  IntegerMatrix m;
  m.columns = in;
  for (int p : at) {
    m.first.push_back(p);
    m.weights.push_back(1);
    m.offset.push_back(m.weights.size());
  }
  return m;
}

IntegerMatrix scaled(const FloatTaps& taps, int in, int bits) {
  IntegerMatrix m;
  m.columns = in;
  m.first = taps.first;
  m.offset = taps.offset;
  for (float w : taps.weight) m.weights.push_back(static_cast<std::int32_t>(std::lrint(std::ldexp(w, bits))));
  return m;
}

BandedMatrix as_banded(const IntegerMatrix& m, double unit) {
  BandedMatrix b(m.columns);
  std::vector<double> row;
  for (int r = 0; r < m.rows(); ++r) {
    row.assign(m.row(r), m.row(r) + m.count(r));
    for (double& w : row) w *= unit;
    b.add_row(m.first[r], row);
  }
  return b;
}

class OpenCv final : public Model {
 public:
  OpenCv(ScalerInfo info, OpenCvFilter filter) : info_(info), filter_(filter) {}

  const ScalerInfo& info() const override { return info_; }

  SeparableOperator matrices(Size from, Size to) const override {
    switch (way(from, to)) {
      case Way::Copy:
        return SeparableOperator::identity(from);
      case Way::Blocks: {
        const int rx = from.width / to.width, ry = from.height / to.height;
        return {as_banded(ones(from.height, to.height, ry), 1. / ry),
                as_banded(ones(from.width, to.width, rx), 1. / rx)};
      }
      case Way::Area:
        return {as_banded(scaled(opencv_area_taps(from.height, to.height), from.height, 22), 0x1p-22),
                as_banded(scaled(opencv_area_taps(from.width, to.width), from.width, 22), 0x1p-22)};
      default: {
        const double unit = way(from, to) == Way::Pick ? 1 : way(from, to) == Way::Exact ? 1. / 256 : 1. / 2048;
        return {as_banded(integers(from.height, to.height, way(from, to)), unit),
                as_banded(integers(from.width, to.width, way(from, to)), unit)};
      }
    }
  }

  Image8 resize(const Image8& image, Size to) const override {
    Image8 out(to.height, to.width, image.channels());
    switch (way(image.size(), to)) {
      case Way::Copy:
        return image;
      case Way::Pick:
        resize_nearest(filter_, image, out);
        break;
      case Way::Blocks:
        resize_blocks(image, out, image.width() / to.width, image.height() / to.height);
        break;
      case Way::Area:
        resize_area(image, out);
        break;
      case Way::Exact:
        resize_exact(image, out);
        break;
      case Way::Fixed:
        resize_fixed(filter_, image, out);
        break;
    }
    return out;
  }

  std::optional<FixedPoint> fixed_point(Size from, Size to, int, int channels) const override {
    FixedPoint f;
    switch (way(from, to)) {
      case Way::Copy:
      case Way::Pick:
        f.horizontal =
            way(from, to) == Way::Copy ? ones(from.width, to.width, 1) : integers(from.width, to.width, Way::Pick);
        f.vertical =
            way(from, to) == Way::Copy ? ones(from.height, to.height, 1) : integers(from.height, to.height, Way::Pick);
        set_rounding_shift(f, 0);
        break;
      case Way::Blocks: {
        const int rx = from.width / to.width, ry = from.height / to.height;
        f.horizontal = ones(from.width, to.width, rx);
        f.vertical = ones(from.height, to.height, ry);
        f.low.fill(kFar);
        for (std::int32_t sum = 0; sum <= 255 * rx * ry; ++sum) {
          const std::uint8_t t = area_byte(sum, rx, ry, channels);
          f.low[t] = std::min<std::int64_t>(f.low[t], sum);
          f.high[t] = sum;
        }
        break;
      }
      case Way::Area: {
        constexpr int bits = 22;  // 255 · 2^22 still fits 32 bits between the passes
        f.horizontal = scaled(opencv_area_taps(from.width, to.width), from.width, bits);
        f.vertical = scaled(opencv_area_taps(from.height, to.height), from.height, bits);
        int taps = 0;
        for (const IntegerMatrix* m : {&f.horizontal, &f.vertical})
          for (int r = 0; r < m->rows(); ++r) taps = std::max(taps, m->count(r));
        // Rounding of the weights to 22 bits, and of OpenCV's float sums.
        set_margin(f, std::int64_t{1} << (2 * bits), std::min(0.25, 255. * (2 * taps + 4) * (0x1p-23 + 0x1p-24)));
        break;
      }
      case Way::Exact:
      case Way::Fixed:
        f.horizontal = integers(from.width, to.width, way(from, to));
        f.vertical = integers(from.height, to.height, way(from, to));
        if (way(from, to) == Way::Exact) {
          set_rounding_shift(f, 16);
        } else if (filter_ == OpenCvFilter::Lanczos4) {
          set_rounding_shift(f, 22);
        } else if (filter_ == OpenCvFilter::Cubic) {
          set_margin(f, 1 << 22, 0.0005);  // float rounding of four products and three sums below 1000 levels
        } else {
          f.shift_taken = 4;
          f.shift_tap = 16;
          set_rounding_shift(f, 2);
        }
        break;
    }
    return f;
  }

 private:
  enum class Way { Copy, Pick, Blocks, Area, Exact, Fixed };

  Way way(Size from, Size to) const {
    if (from == to) return Way::Copy;
    const int rx = opencv_whole_ratio(from.width, to.width), ry = opencv_whole_ratio(from.height, to.height);
    switch (filter_) {
      case OpenCvFilter::Nearest:
      case OpenCvFilter::NearestExact:
        return Way::Pick;
      case OpenCvFilter::LinearExact:
        return Way::Exact;
      case OpenCvFilter::Linear:
        return rx == 2 && ry == 2 ? Way::Blocks : Way::Fixed;
      case OpenCvFilter::Area:
        if (from.width < to.width || from.height < to.height) return Way::Fixed;
        return rx && ry ? Way::Blocks : Way::Area;
      default:
        return Way::Fixed;
    }
  }

  IntegerMatrix integers(int in, int out, Way way) const {
    if (way == Way::Pick) return picks(opencv_nearest(filter_, in, out), in);
    return way == Way::Exact ? opencv_exact_taps(in, out).merged() : opencv_fixed_taps(filter_, in, out).merged();
  }

  ScalerInfo info_;
  OpenCvFilter filter_;
};

std::shared_ptr<const Model> entry(OpenCvFilter filter, std::string_view id, std::string_view name,
                                   std::string_view call, std::string_view kernel, std::string_view arithmetic) {
  ScalerInfo i;
  i.id = id;
  i.name = name;
  i.call = call;
  i.program = i.library = "OpenCV";
  i.version = "4.6";
  i.kernel = kernel;
  i.arithmetic = arithmetic;
  i.antialiases = filter == OpenCvFilter::Area;
  return std::make_shared<OpenCv>(i, filter);
}

}  // namespace

std::vector<std::shared_ptr<const Model>> opencv_models() {
  using F = OpenCvFilter;
  return {
      entry(F::Linear, "opencv-linear", "OpenCV: INTER_LINEAR", "cv2.resize(image, size)", "triangle, not widened",
            "11-bit fixed point, truncating; 2:1 as area"),
      entry(F::Area, "opencv-area", "OpenCV: INTER_AREA", "cv2.resize(image, size, interpolation=INTER_AREA)", "box",
            "whole ratios: integer sums; others: float"),
      entry(F::Cubic, "opencv-cubic", "OpenCV: INTER_CUBIC", "cv2.resize(image, size, interpolation=INTER_CUBIC)",
            "Keys cubic, a = -0.75, not widened", "11-bit fixed point, then float; row ends fixed point"),
      entry(F::Lanczos4, "opencv-lanczos4", "OpenCV: INTER_LANCZOS4",
            "cv2.resize(image, size, interpolation=INTER_LANCZOS4)", "Lanczos, 4 lobes, not widened",
            "11-bit fixed point in both passes"),
      entry(F::Nearest, "opencv-nearest", "OpenCV: INTER_NEAREST",
            "cv2.resize(image, size, interpolation=INTER_NEAREST)", "none: the pixel at the corner", "copies bytes"),
      entry(F::NearestExact, "opencv-nearest-exact", "OpenCV: INTER_NEAREST_EXACT",
            "cv2.resize(image, size, interpolation=INTER_NEAREST_EXACT)", "none: the pixel before the centre",
            "copies bytes"),
      entry(F::LinearExact, "opencv-linear-exact", "OpenCV: INTER_LINEAR_EXACT",
            "cv2.resize(image, size, interpolation=INTER_LINEAR_EXACT)", "triangle, not widened",
            "8-bit fixed point in both passes"),
  };
}

}  // namespace bifocal::scaling
