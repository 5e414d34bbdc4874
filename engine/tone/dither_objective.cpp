// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/dither_objective.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <tbb/parallel_for.h>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "tone/half_grid.hpp"
#include "tone/looks.hpp"

namespace bifocal::tone {
namespace {

constexpr int kStripRows = 64, kThumbnailRows = 8;
constexpr double kCut = 3;
constexpr double kHalfEye = 1.5;  // eyes of colours from this sigma on work on the half grid
constexpr double kCoarse = 1.5;       // sigma of what aim_again() mends, pixels of the half grid
constexpr double kWellFitted = 0.15;  // thumbnails that the half grid misses by more work on the full one
constexpr double kNearlyFitted = 0.3; // ... of sizes nearby, which stand for many

int halved(int n) { return (n + 1) / 2; }

std::vector<float> gaussian_kernel(double sigma) {
  if (sigma < 0.2) return {1.0f};
  const int radius = std::max(1, static_cast<int>(kCut * sigma + 0.5));
  std::vector<float> kernel(2 * radius + 1);
  double sum = 0;
  for (int k = -radius; k <= radius; ++k) sum += std::exp(-0.5 * k * k / (sigma * sigma));
  for (int k = -radius; k <= radius; ++k) kernel[k + radius] = static_cast<float>(std::exp(-0.5 * k * k / (sigma * sigma)) / sum);
  return kernel;
}

/// The kernel's share inside 0..n−1 around each sample.
std::vector<float> inside(const std::vector<float>& kernel, int n) {
  const int radius = static_cast<int>(kernel.size()) / 2;
  std::vector<float> share(n, 0.0f);
  for (int i = 0; i < n; ++i)
    for (int k = -radius; k <= radius; ++k)
      if (i + k >= 0 && i + k < n) share[i] += kernel[k + radius];
  return share;
}

/// picture *= what a flat field of 1 gives under the kernel cut at the borders.
void dim_borders(Image& picture, const std::vector<float>& kernel, bool halved_grid, Size full) {
  auto columns = inside(kernel, picture.width()), rows = inside(kernel, picture.height());
  if (halved_grid) {
    const auto grid = [](std::vector<float>& share, int n) {
      std::vector<float> ones(n, 1.0f), half(share.size());
      hot::dither().halve_row(ones.data(), n, half.data());
      // The borders of the halving itself, blurred little: taken as they are.
      for (std::size_t i = 0; i < share.size(); ++i) share[i] *= half[i];
    };
    grid(columns, full.width), grid(rows, full.height);
  }
  for (int c = 0; c < picture.channels(); ++c)
    for (int y = 0; y < picture.height(); ++y) {
      float* p = picture.plane(c).row(y);
      for (int x = 0; x < picture.width(); ++x) p[x] *= rows[y] * columns[x];
    }
}

/// A kernel cut at the borders, as a matrix.
BandedMatrix cut(const std::vector<float>& kernel, int n) {
  BandedMatrix m(n);
  const int radius = static_cast<int>(kernel.size()) / 2;
  for (int i = 0; i < n; ++i) {
    const int from = std::max(0, i - radius), to = std::min(n - 1, i + radius);
    m.add_row(from, std::vector<double>(kernel.begin() + (from - i + radius), kernel.begin() + (to - i + radius + 1)));
  }
  return m;
}

/// Row y of the adjoint of halving. scratch: a row of the half grid.
void doubled_row(const Image& half, int channel, int y, int width, float* scratch, float* out) {
  const int m = y / 2, other = y % 2 ? m + 1 : m - 1;
  const bool both = other >= 0 && other < half.height();
  const float* rows[2] = {half.plane(channel).row(m), both ? half.plane(channel).row(other) : nullptr};
  constexpr float tap[2] = {0.375f, 0.125f};
  hot::eye().sum_rows(rows, tap, both ? 2 : 1, half.width(), scratch, false);
  hot::dither().double_row(scratch, width, out);
}

template <class Body>
void strips(int height, int rows, const Body& body) {
  tbb::parallel_for(0, (height + rows - 1) / rows, [&](int i) { body(i, i * rows, std::min(height, (i + 1) * rows)); });
}

}  // namespace

float DitherObjective::eyes(int channel) const {
  const float share = channels_ == 1 ? 1 : light::luma_weights(Transfer::Srgb, channels_)[channel];
  return luma_sum_ * share * share + each_sum_;
}

DitherObjective::DitherObjective(const Image& seen, const Image& thumbnail, const Image& target_weights, const TwoInOneOptions& o)
    : size_(seen.size()), channels_(seen.channels()) {
  const int h = size_.height, w = size_.width, hh = halved(h), hw = halved(w);
  const float darkest = static_cast<float>(1 / light::encode_slope(Transfer::Srgb, 255 * o.dark));
  const auto shares = light::luma_weights(Transfer::Srgb, channels_);
  weights_ = Image(h, w, 1), half_weights_ = Image(hh, hw, 1);

  // Light, luma and weights of what should be seen.
  Image light(h, w, channels_), luma(h, w, 1);
  strips(h, kStripRows, [&](int, int y0, int y1) {
    std::vector<float> level(w);
    for (int y = y0; y < y1; ++y) {
      std::fill_n(luma.plane(0).row(y), w, 0.0f), std::fill(level.begin(), level.end(), 0.0f);
      for (int c = 0; c < channels_; ++c) {
        hot::dither().light_row(seen.plane(c).row(y), w, channels_ == 1 ? 1 : shares[c], light.plane(c).row(y), luma.plane(0).row(y));
        hot::eye().axpy(1.0f / channels_, seen.plane(c).row(y), w, level.data());
      }
      hot::dither().weight_row(level.data(), w, darkest, weights_.plane(0).row(y));
    }
  });
  weights_ = view::apply(light::gaussian(0.8 * o.sigma, size_, kCut), weights_);
  half_grid(weights_, half_weights_);
  Image half_picture;

  const double sharp = o.sharp * o.sigma;
  for (const EyeView& e : o.eyes) {
    const double sigma = e.sigma * o.sigma, wider = std::max(0.0, sigma * sigma - sharp * sharp);
    Eye eye;
    eye.weight = static_cast<float>(e.weight);
    const bool half = !e.luma && sigma >= kHalfEye;
    if (half) {
      if (half_picture.empty()) half_picture = Image(hh, hw, channels_), half_grid(light, half_picture);
      eye.kernel = gaussian_kernel(std::sqrt(std::max(0.0, sigma * sigma - kHalvingVariance)) / 2);
      const double more = (wider - kHalvingVariance) / 4;
      // Halving dims the outermost samples; undone before the blur, which replicates them.
      Image picture = half_picture;
      undim_halved(picture, size_);
      eye.picture = more > 0.05 ? view::apply(light::gaussian(std::sqrt(more), picture.size(), kCut), picture) : std::move(picture);
      eye.weights = &half_weights_;
      eye.weight *= 4;  // a quarter of the samples
    } else {
      eye.kernel = gaussian_kernel(sigma);
      const Image& source = e.luma ? luma : light;
      eye.picture = wider > 0.1 ? view::apply(light::gaussian(std::sqrt(wider), size_, kCut), source) : source;
      eye.weights = &weights_;
    }
    dim_borders(eye.picture, eye.kernel, half, size_);
    (e.luma ? luma_sum_ : each_sum_) += static_cast<float>(e.weight);
    (e.luma ? luma_eyes_ : half ? half_eyes_ : sharp_eyes_).push_back(std::move(eye));
  }
  light = Image(), luma = Image();

  // Thumbnails.
  const Size small = thumbnail.size();
  const double area = static_cast<double>(w) * h / (static_cast<double>(small.width) * small.height);
  for (const Look& l : looks(o, size_, small)) {
    Thumbnail t;
    double vertical_error = 0, horizontal_error = 0;
    BandedMatrix vertical = through_halving(l.look.vertical, vertical_error);
    BandedMatrix horizontal = through_halving(l.look.horizontal, horizontal_error);
    const bool half = std::max(vertical_error, horizontal_error) < (l.look.target() == small ? kWellFitted : kNearlyFitted);
    if (!half) vertical = l.look.vertical, horizontal = l.look.horizontal;
    t.vertical = view::Axis(vertical), t.vertical_transposed = view::Axis(vertical.transposed());
    t.horizontal = view::Axis(horizontal);
    t.weight = static_cast<float>(l.weight);
    t.picture = wanted(l, thumbnail);
    if (!target_weights.empty() && t.picture.size() == small) t.weights = target_weights;
    t.spread = Image(vertical.rows(), horizontal.columns() + t.horizontal.padding(), channels_);
    thumbnail_sum_ += static_cast<float>(l.weight / area);
    (half ? half_thumbnails_ : full_thumbnails_).push_back(std::move(t));
  }

  luma_ = Image(h, w, 1), luma_gradient_ = Image(h, w, 1);
  if (!sharp_eyes_.empty()) light_ = Image(h, w, channels_), light_gradient_ = Image(h, w, channels_);
  if (!half_eyes_.empty()) half_light_ = Image(hh, hw, channels_), half_light_gradient_ = Image(hh, hw, channels_);
  if (!half_thumbnails_.empty()) half_ = Image(hh, hw, channels_), half_gradient_ = Image(hh, hw, channels_);
  if (channels_ == 3) chroma_ = static_cast<float>(o.chroma);
  if (!full_thumbnails_.empty() || chroma_ > 0) gradient_ = Image(h, w, channels_);
}

double DitherObjective::eye(const Eye& e, const Image& in, int plane, int picture_plane, Image& out, bool add) const {
  const int h = in.height(), w = in.width(), taps = static_cast<int>(e.kernel.size()), radius = taps / 2;
  std::vector<double> costs((h + kStripRows - 1) / kStripRows, 0.0);
  const auto source = in.plane(plane);
  const auto wanted = e.picture.plane(picture_plane);
  strips(h, kStripRows, [&](int strip, int y0, int y1) {
    if (poll) poll();
    // Kept by the thread, so that memory of this size is not taken and cleared again for every strip.
    thread_local std::vector<float> line, ring;
    line.assign(w + 2 * radius, 0.0f), ring.resize(static_cast<std::size_t>(taps) * w);
    std::vector<const float*> rows(taps);
    for (int j = std::max(0, y0 - radius); j < y1 + radius; ++j) {
      if (j < h) {
        const int from = std::max(0, j - radius), to = std::min(h - 1, j + radius);
        for (int y = from; y <= to; ++y) rows[y - from] = source.row(y);
        float* middle = line.data() + radius;
        hot::eye().sum_rows(rows.data(), e.kernel.data() + (from - j + radius), to - from + 1, w, middle, false);
        float* spread = ring.data() + static_cast<std::size_t>(j % taps) * w;
        hot::eye().slide_row(line.data(), e.kernel.data(), taps, w, spread);
        const double cost = hot::eye().residual_row(spread, wanted.row(j), e.weights->plane(0).row(j), e.weight, w);
        if (j >= y0 && j < y1) costs[strip] += 0.5 * e.weight * cost;
        std::copy_n(spread, w, middle);
        hot::eye().slide_row(line.data(), e.kernel.data(), taps, w, spread);
      }
      const int y = j - radius;
      if (y < y0 || y >= y1) continue;
      const int from = std::max(0, y - radius), to = std::min(h - 1, y + radius);
      for (int k = from; k <= to; ++k) rows[k - from] = ring.data() + static_cast<std::size_t>(k % taps) * w;
      hot::eye().sum_rows(rows.data(), e.kernel.data() + (from - y + radius), to - from + 1, w, out.plane(plane).row(y), add);
    }
  });
  double cost = 0;
  for (double c : costs) cost += c;
  return cost;
}

double DitherObjective::show(std::vector<Thumbnail>& thumbnails, const Image& in, Image& out) {
  struct Task {
    Thumbnail* t;
    int plane, begin, end;
  };
  std::vector<Task> tasks;
  for (Thumbnail& t : thumbnails)
    for (int p = 0; p < channels_; ++p)
      for (int j = 0; j < t.vertical.rows(); j += kThumbnailRows) tasks.push_back({&t, p, j, std::min(t.vertical.rows(), j + kThumbnailRows)});
  std::vector<double> costs(tasks.size(), 0.0);
  const int w = in.width();
  tbb::parallel_for(std::size_t{0}, tasks.size(), [&](std::size_t i) {
    if (poll) poll();
    const Task& task = tasks[i];
    Thumbnail& t = *task.t;
    std::vector<float> line(w + t.horizontal.padding(), 0.0f), seen(t.horizontal.rows());
    for (int j = task.begin; j < task.end; ++j) {
      t.vertical.sum_rows(j, [&](int y) { return in.plane(task.plane).row(y); }, w, line.data(), false);
      t.horizontal.multiply(line.data(), 0, t.horizontal.rows(), seen.data());
      const float* weights = t.weights.empty() ? nullptr : t.weights.plane(0).row(j);
      costs[i] += 0.5 * t.weight * hot::eye().residual_row(seen.data(), t.picture.plane(task.plane).row(j), weights, t.weight, t.horizontal.rows());
      t.horizontal.multiply_transposed(seen.data(), t.spread.plane(task.plane).row(j));
    }
  });
  strips(in.height() * channels_, 16, [&](int, int begin, int end) {
    for (int i = begin; i < end; ++i) {
      const int c = i / in.height(), y = i % in.height();
      bool add = false;
      for (Thumbnail& t : thumbnails) {
        t.vertical_transposed.sum_rows(y, [&](int j) { return t.spread.plane(c).row(j); }, w, out.plane(c).row(y), add);
        add = true;
      }
    }
  });
  double cost = 0;
  for (double c : costs) cost += c;
  return cost;
}

/// chroma/2 · Σ (d − mean of d over its 2x2 pixels)², d = R − G and B − G.
double DitherObjective::chroma(const Image& x, Image& out, bool add) const {
  const int h = size_.height, w = size_.width;
  std::vector<double> costs((h + kStripRows - 1) / kStripRows, 0.0);
  strips(h, kStripRows, [&](int strip, int y0, int y1) {
    for (int y = y0; y < y1; y += 2) {
      const int rows = std::min(2, h - y);
      if (!add)
        for (int c = 0; c < 3; ++c)
          for (int k = 0; k < rows; ++k) std::fill_n(out.plane(c).row(y + k), w, 0.0f);
      double sum = 0;
      for (const int c : {0, 2})
        for (int k = 0; k < w; k += 2) {
          const int columns = std::min(2, w - k);
          float d[4], mean = 0;
          for (int i = 0; i < rows * columns; ++i) {
            d[i] = x.plane(c).row(y + i / columns)[k + i % columns] - x.plane(1).row(y + i / columns)[k + i % columns];
            mean += d[i];
          }
          mean /= static_cast<float>(rows * columns);
          for (int i = 0; i < rows * columns; ++i) {
            const float e = d[i] - mean, g = chroma_ * e;
            sum += e * e;
            out.plane(c).row(y + i / columns)[k + i % columns] += g;
            out.plane(1).row(y + i / columns)[k + i % columns] -= g;
          }
        }
      costs[strip] += 0.5 * chroma_ * sum;
    }
  });
  double cost = 0;
  for (double c : costs) cost += c;
  return cost;
}

double DitherObjective::evaluate(const Image& x) {
  const int h = size_.height, w = size_.width, hw = halved(w);
  const auto shares = light::luma_weights(Transfer::Srgb, channels_);
  const bool with_light = !half_eyes_.empty(), with_half = !half_thumbnails_.empty();
  strips(h, kStripRows, [&](int, int y0, int y1) {
    if (poll) poll();
    // Rows of the half grid that belong to this strip need one row more on both sides.
    std::vector<float> light(w), rows(static_cast<std::size_t>(8) * hw);
    const auto slot = [&](int kind, int y) { return rows.data() + static_cast<std::size_t>(kind * 4 + (y & 3)) * hw; };
    for (int y = y0; y < y1; ++y) std::fill_n(luma_.plane(0).row(y), w, 0.0f);
    for (int c = 0; c < channels_; ++c)
      for (int y = y0 - 1; y < y1 + 2; ++y) {
        const bool own = y >= y0 && y < y1;
        if (y >= 0 && y < h && y <= y1) {
          float* to = own && !sharp_eyes_.empty() ? light_.plane(c).row(y) : light.data();
          if (own || with_light)
            hot::dither().light_row(x.plane(c).row(y), w, channels_ == 1 ? 1 : shares[c], to, own ? luma_.plane(0).row(y) : nullptr);
          if (with_half) hot::dither().halve_row(x.plane(c).row(y), w, slot(0, y));
          if (with_light) hot::dither().halve_row(to, w, slot(1, y));
        }
        // Row j of the half grid is complete once 2j + 2 is there (or the image has ended).
        if (y % 2 || y < y0 + 2) continue;
        const int j = y / 2 - 1;
        if (2 * j < y0 || 2 * j >= y1) continue;
        constexpr std::array<float, 4> tap{0.125f, 0.375f, 0.375f, 0.125f};
        const int from = std::max(0, 2 * j - 1), to = std::min(h - 1, 2 * j + 2);
        const auto combine = [&](int kind, Image& out) {
          const float* in[4];
          for (int k = from; k <= to; ++k) in[k - from] = slot(kind, k);
          hot::eye().sum_rows(in, tap.data() + (from - 2 * j + 1), to - from + 1, hw, out.plane(c).row(j), false);
        };
        if (with_half) combine(0, half_);
        if (with_light) combine(1, half_light_);
      }
  });
  double cost = 0;
  bool add = false;
  for (const Eye& e : luma_eyes_) cost += eye(e, luma_, 0, 0, luma_gradient_, add), add = true;
  for (int c = 0; c < channels_; ++c) {
    add = false;
    for (const Eye& e : sharp_eyes_) cost += eye(e, light_, c, c, light_gradient_, add), add = true;
    add = false;
    for (const Eye& e : half_eyes_) cost += eye(e, half_light_, c, c, half_light_gradient_, add), add = true;
  }
  if (with_half) cost += show(half_thumbnails_, half_, half_gradient_);
  if (!full_thumbnails_.empty()) cost += show(full_thumbnails_, x, gradient_);
  if (chroma_ > 0) cost += chroma(x, gradient_, !full_thumbnails_.empty());
  return cost;
}

void DitherObjective::aim_again(double gain) {
  if (half_eyes_.empty()) return;
  const auto shares = light::luma_weights(Transfer::Srgb, channels_);
  const int hh = half_light_.height(), hw = half_light_.width();
  const Eye& widest = half_eyes_.back();
  Image missed = view::apply({cut(widest.kernel, hh), cut(widest.kernel, hw)}, half_light_);
  for (int c = 0; c < channels_; ++c)
    for (int y = 0; y < hh; ++y) {
      float* m = missed.plane(c).row(y);
      const float* wanted = widest.picture.plane(c).row(y);
      for (int x = 0; x < hw; ++x) m[x] = static_cast<float>(gain) * (wanted[x] - m[x]);
    }
  missed = view::apply(light::gaussian(kCoarse, missed.size(), kCut), missed);
  for (Eye& e : half_eyes_)
    for (int c = 0; c < channels_; ++c)
      for (int y = 0; y < hh; ++y) hot::eye().axpy(1, missed.plane(c).row(y), hw, e.picture.plane(c).row(y));
  strips(size_.height, kStripRows, [&](int, int y0, int y1) {
    std::vector<float> scratch(hw), line(size_.width);
    for (int y = y0; y < y1; ++y)
      for (int c = 0; c < channels_; ++c) {
        doubled_row(missed, c, y, size_.width, scratch.data(), line.data());
        // The adjoint of halving keeps a quarter of a flat field.
        for (Eye& e : luma_eyes_) hot::eye().axpy(4 * (channels_ == 1 ? 1 : shares[c]), line.data(), size_.width, e.picture.plane(0).row(y));
        for (Eye& e : sharp_eyes_) hot::eye().axpy(4, line.data(), size_.width, e.picture.plane(c).row(y));
      }
  });
}

DitherObjective::Parts DitherObjective::gradient_parts(int channel, int y, Scratch& s) const {
  const int w = size_.width;
  Parts parts{};
  if (!luma_eyes_.empty()) parts.luma = luma_gradient_.plane(0).row(y);
  parts.share = channels_ == 1 ? 1 : light::luma_weights(Transfer::Srgb, channels_)[channel];
  s.light.resize(w), s.encoded.resize(w), s.a.resize(halved(w));
  const auto doubled = [&](const Image& half, float* out) { doubled_row(half, channel, y, w, s.a.data(), out); };
  if (!half_eyes_.empty()) {
    doubled(half_light_gradient_, s.light.data());
    if (!sharp_eyes_.empty()) hot::eye().axpy(1, light_gradient_.plane(channel).row(y), w, s.light.data());
    parts.light = s.light.data();
  } else if (!sharp_eyes_.empty()) {
    parts.light = light_gradient_.plane(channel).row(y);
  }
  if (!half_thumbnails_.empty()) {
    doubled(half_gradient_, s.encoded.data());
    if (!gradient_.empty()) hot::eye().axpy(1, gradient_.plane(channel).row(y), w, s.encoded.data());
    parts.encoded = s.encoded.data();
  } else if (!gradient_.empty()) {
    parts.encoded = gradient_.plane(channel).row(y);
  }
  return parts;
}

}  // namespace bifocal::tone
