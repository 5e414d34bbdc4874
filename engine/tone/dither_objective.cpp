// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/dither_objective.hpp"

#include <algorithm>
#include <array>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "light/transfer.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "tone/half_grid.hpp"

namespace bifocal::tone {
namespace {

constexpr std::array<float, 4> kTap{hot::kOuterTap, hot::kInnerTap, hot::kInnerTap, hot::kOuterTap};

int halved(int n) { return (n + 1) / 2; }

template <class Body>
void by_strips(int height, int rows, const Body& body) {
  parallel_for(0, (height + rows - 1) / rows, [&](int i) { body(i, i * rows, std::min(height, (i + 1) * rows)); });
}

}  // namespace

DitherObjective::Intake::Intake(DitherObjective& objective, int strip)
    : f_(objective), strip_(strip), y0_(strip * kStripRows), y1_(std::min(f_.size_.height, y0_ + kStripRows)) {}

void DitherObjective::Intake::row(int c, int y, const float* x) {
  const int w = f_.size_.width, hw = halved(w);
  const bool with_light = !f_.half_light_.empty(), with_half = !f_.half_.empty(), sharp = !f_.light_.empty();
  thread_local std::vector<float> line, halves;
  line.resize(w), halves.resize(static_cast<std::size_t>(8) * f_.channels_ * hw);
  const auto slot = [&](int kind, int y) {
    return halves.data() + static_cast<std::size_t>((c * 2 + kind) * 4 + (y & 3)) * hw;
  };
  float* light = sharp ? f_.light_.plane(c).row(y) : line.data();
  const float share = f_.channels_ == 1 ? 1 : light::luma_weights(Transfer::Srgb, f_.channels_)[c];
  float* luma = f_.luma_.empty() ? nullptr : f_.luma_.plane(0).row(y);
  if (luma || with_light || sharp) hot::dither().light_row(x, w, share, c > 0, light, luma);
  const auto take = [&](int kind, const float* in, Image& half, Image& edges) {
    hot::dither().halve_row(in, w, slot(kind, y));
    if (y == y0_ && strip_ > 0) std::copy_n(slot(kind, y), hw, edges.plane(c).row(2 * strip_));
    if (y == y1_ - 1 && y1_ < f_.size_.height) std::copy_n(slot(kind, y), hw, edges.plane(c).row(2 * strip_ + 1));
    // Row j of the half grid needs rows 2j − 1 .. 2j + 2; those of other strips follow in join_strips().
    const auto combine = [&](int j) {
      const int from = std::max(y0_, 2 * j - 1), to = std::min(y1_ - 1, 2 * j + 2);
      const float* rows[4];
      for (int k = from; k <= to; ++k) rows[k - from] = slot(kind, k);
      hot::eye().sum_rows(rows, kTap.data() + (from - 2 * j + 1), to - from + 1, hw, half.plane(c).row(j), false);
    };
    if (y % 2 == 0 && y > y0_) combine(y / 2 - 1);
    if (y == y1_ - 1) combine(y / 2);
  };
  if (with_half) take(0, x, f_.half_, f_.edges_);
  if (!f_.pairs_.empty()) {
    float* out = f_.pairs_.plane(c).row(y / 2);
    if (y % 2 == 1) {
      hot::dither().pair_rows(above_[c], x, w, out);
    } else if (y == f_.size_.height - 1) {
      const std::vector<float> none(w, 0.0f);
      hot::dither().pair_rows(x, none.data(), w, out);
    }
    above_[c] = x;
  }
  if (with_light) take(1, light, f_.half_light_, f_.light_edges_);
}

void DitherObjective::join_strips(const Image& edges, Image& half) {
  const int n = half.width();
  parallel_for(1, strips(), [&](int strip) {
    const int j = strip * kStripRows / 2;
    for (int c = 0; c < channels_; ++c) {
      hot::eye().axpy(kTap[3], edges.plane(c).row(2 * strip), n, half.plane(c).row(j - 1));
      hot::eye().axpy(kTap[0], edges.plane(c).row(2 * strip - 1), n, half.plane(c).row(j));
    }
  });
}

void DitherObjective::mix_half_luma() {
  const auto shares = light::luma_weights(Transfer::Srgb, channels_);
  parallel_for(0, half_luma_.height(), [&](int y) {
    const float* rows[3];
    for (int c = 0; c < 3; ++c) rows[c] = half_light_.plane(c).row(y);
    hot::eye().sum_rows(rows, shares.data(), 3, half_luma_.width(), half_luma_.plane(0).row(y), false);
  });
}

double DitherObjective::evaluate(const Image& x) {
  take_in(x);
  return look(x);
}

void DitherObjective::take_in(const Image& x) {
  parallel_for(0, strips(), [&](int i) {
    progress::ask();
    Intake intake(*this, i);
    for (int y = i * kStripRows; y < std::min(size_.height, (i + 1) * kStripRows); ++y)
      for (int c = 0; c < channels_; ++c) intake.row(c, y, x.plane(c).row(y));
  });
  join();
}

double DitherObjective::finish(const Image& x) {
  join();
  return look(x);
}

void DitherObjective::join() {
  if (!half_.empty()) join_strips(edges_, half_);
  if (!half_light_.empty()) join_strips(light_edges_, half_light_);
  if (!half_luma_.empty()) mix_half_luma();
}

double DitherObjective::look(const Image& x) {
  double cost = 0;
  const auto all = [&](const std::vector<Eye>& eyes, const Image& in, int channels, Image& out) {
    for (int c = 0; c < channels; ++c) {
      bool add = false;
      for (const Eye& e : eyes) cost += eye(e, in, c, c, out, add), add = true;
    }
  };
  all(luma_eyes_, luma_, 1, luma_gradient_);
  all(half_luma_eyes_, half_luma_, 1, half_luma_gradient_);
  all(sharp_eyes_, light_, channels_, light_gradient_);
  all(half_eyes_, half_light_, channels_, half_light_gradient_);
  if (!half_thumbnails_.empty()) cost += half_thumbnails_.show(half_, half_gradient_);
  if (!pair_thumbnails_.empty()) cost += pair_thumbnails_.show(pairs_, pair_gradient_);
  if (!full_thumbnails_.empty()) cost += full_thumbnails_.show(x, gradient_);
  if (chroma_ > 0) cost += chroma(x, gradient_, !full_thumbnails_.empty());
  return cost;
}

double DitherObjective::eye(const Eye& e, const Image& in, int plane, int picture_plane, Image& out, bool add) const {
  const int h = in.height(), w = in.width(), taps = static_cast<int>(e.kernel.size()), radius = taps / 2;
  std::vector<double> costs((h + kStripRows - 1) / kStripRows, 0.0);
  const auto source = in.plane(plane);
  const auto wanted = e.picture.plane(picture_plane);
  by_strips(h, kStripRows, [&](int strip, int y0, int y1) {
    progress::ask();
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
      hot::eye().sum_rows(rows.data(), e.kernel.data() + (from - y + radius), to - from + 1, w, out.plane(plane).row(y),
                          add);
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
  by_strips(h, kStripRows, [&](int strip, int y0, int y1) {
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

DitherObjective::Parts DitherObjective::gradient_parts(int channel, int y, Scratch& s) const {
  const int w = size_.width;
  Parts parts{};
  if (!luma_eyes_.empty()) parts.luma = luma_gradient_.plane(0).row(y);
  parts.share = light::luma_weights(Transfer::Srgb, channels_)[channel];
  s.light.resize(w), s.encoded.resize(w), s.a.resize(halved(w));
  const Image *light = half_eyes_.empty() ? nullptr : &half_light_gradient_,
              *luma = half_luma_eyes_.empty() ? nullptr : &half_luma_gradient_;
  if (light || luma) {
    doubled_row(light, channel, luma, parts.share, nullptr, y, w, s.a.data(), s.light.data());
    if (!sharp_eyes_.empty()) hot::eye().axpy(1, light_gradient_.plane(channel).row(y), w, s.light.data());
    parts.light = s.light.data();
  } else if (!sharp_eyes_.empty()) {
    parts.light = light_gradient_.plane(channel).row(y);
  }
  if (!half_thumbnails_.empty() || !pair_thumbnails_.empty()) {
    const Image *half = half_thumbnails_.empty() ? nullptr : &half_gradient_,
                *pairs = pair_thumbnails_.empty() ? nullptr : &pair_gradient_;
    doubled_row(half, channel, nullptr, 0, pairs, y, w, s.a.data(), s.encoded.data());
    if (!gradient_.empty()) hot::eye().axpy(1, gradient_.plane(channel).row(y), w, s.encoded.data());
    parts.encoded = s.encoded.data();
  } else if (!gradient_.empty()) {
    parts.encoded = gradient_.plane(channel).row(y);
  }
  return parts;
}

}  // namespace bifocal::tone
