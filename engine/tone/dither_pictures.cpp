// SPDX-License-Identifier: LGPL-3.0-or-later
// What a DitherObjective's views should show: made once, and aimed again.
#include <algorithm>
#include <cmath>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "tone/dither_objective.hpp"
#include "tone/half_grid.hpp"
#include "tone/looks.hpp"

namespace bifocal::tone {
namespace {

constexpr double kCut = 3;
constexpr double kHalfEye = 1.3;  // eyes from this sigma on work on the half grid
constexpr double kCoarse = 1.5;   // sigma of what aim_again() mends, pixels of the half grid
// Thumbnails that the half grid misses by more work on the full one: of the target's size; of others, which stand for
// many.
constexpr double kWellFitted = 0.15, kNearlyFitted = 0.25;

int halved(int n) { return (n + 1) / 2; }

std::vector<float> gaussian_kernel(double sigma) {
  if (sigma < 0.2) return {1.0f};
  const std::vector<double> weights = light::gaussian_weights(sigma, std::max(1, static_cast<int>(kCut * sigma + 0.5)));
  return {weights.begin(), weights.end()};
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
      if (y % 16 == 0) progress::ask();
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

template <class Body>
void by_strips(int height, const Body& body) {
  constexpr int kRows = DitherObjective::kStripRows;
  parallel_for(0, (height + kRows - 1) / kRows, [&](int i) {
    progress::ask();
    body(i * kRows, std::min(height, (i + 1) * kRows));
  });
}

/// Σ_c shares[c] · the channels of image.
Image mixed(const Image& image, const float* shares) {
  Image out(image.height(), image.width(), 1);
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y) {
      if (y % 64 == 0) progress::ask();
      hot::eye().axpy(shares[c], image.plane(c).row(y), image.width(), out.plane(0).row(y));
    }
  return out;
}

}  // namespace

float DitherObjective::eyes(int channel) const {
  const float share = light::luma_weights(Transfer::Srgb, channels_)[channel];
  return luma_sum_ * share * share + each_sum_;
}

DitherObjective::DitherObjective(const Image& seen, const Image& thumbnail, const Image& target_weights,
                                 const TwoInOneOptions& o)
    : size_(seen.size()), channels_(seen.channels()) {
  const int h = size_.height, w = size_.width, hh = halved(h), hw = halved(w);
  const float darkest = static_cast<float>(1 / light::encode_slope(Transfer::Srgb, 255 * o.dark));
  const auto shares = light::luma_weights(Transfer::Srgb, channels_);
  const auto on_half = [&](const EyeView& e) { return e.sigma * o.sigma >= kHalfEye; };
  const auto of_luma = [&](const EyeView& e) { return e.luma && channels_ > 1; };
  const int joints = 2 * strips();

  // What should be seen is taken in as what is seen will be.
  for (const EyeView& e : o.eyes) {
    if (on_half(e))
      half_light_ = Image(hh, hw, channels_), light_edges_ = Image(joints, hw, channels_);
    else if (of_luma(e))
      luma_ = Image(h, w, 1);
    else
      light_ = Image(h, w, channels_);
  }
  take_in(seen);

  weights_ = Image(h, w, 1), half_weights_ = Image(hh, hw, 1);
  by_strips(h, [&](int y0, int y1) {
    std::vector<float> level(w);
    for (int y = y0; y < y1; ++y) {
      std::fill(level.begin(), level.end(), 0.0f);
      for (int c = 0; c < channels_; ++c) hot::eye().axpy(1.0f / channels_, seen.plane(c).row(y), w, level.data());
      hot::dither().weight_row(level.data(), w, darkest, weights_.plane(0).row(y));
    }
  });
  weights_ = matrix::apply(light::gaussian(0.8 * o.sigma, size_, kCut), weights_);
  half_grid(weights_, half_weights_);

  const double sharp = o.sharp * o.sigma;
  for (const EyeView& e : o.eyes) {
    const double sigma = e.sigma * o.sigma, wider = std::max(0.0, sigma * sigma - sharp * sharp);
    Eye eye;
    eye.weight = static_cast<float>(e.weight);
    const bool luma_eye = of_luma(e), half = on_half(e);
    if (half) {
      eye.kernel = gaussian_kernel(std::sqrt(std::max(0.0, sigma * sigma - kHalvingVariance)) / 2);
      const double more = (wider - kHalvingVariance) / 4;
      // Halving dims the outermost samples; undone before the blur, which replicates them.
      Image picture = luma_eye ? mixed(half_light_, shares.data()) : half_light_;
      undim_halved(picture, size_);
      eye.picture = more > 0.05 ? matrix::apply(light::gaussian(std::sqrt(more), picture.size(), kCut), picture)
                                : std::move(picture);
      eye.weights = &half_weights_;
      eye.weight *= 4;  // a quarter of the samples
    } else {
      eye.kernel = gaussian_kernel(sigma);
      const Image& source = luma_eye ? luma_ : light_;
      eye.picture = wider > 0.1 ? matrix::apply(light::gaussian(std::sqrt(wider), size_, kCut), source) : source;
      eye.weights = &weights_;
    }
    dim_borders(eye.picture, eye.kernel, half, size_);
    (e.luma ? luma_sum_ : each_sum_) += static_cast<float>(e.weight);
    (half ? luma_eye ? half_luma_eyes_ : half_eyes_ : luma_eye ? luma_eyes_ : sharp_eyes_).push_back(std::move(eye));
  }

  // Thumbnails.
  const Size small = thumbnail.size();
  const double area = static_cast<double>(w) * h / (static_cast<double>(small.width) * small.height);
  for (const Look& l : looks(o, size_, small)) {
    const Image picture = wanted(l, thumbnail);
    Thumbnails* grid = &full_thumbnails_;
    SeparableOperator look = l.look;
    double least = picture.size() == small ? kWellFitted : kNearlyFitted;
    for (const Halving filter : {Halving::Smooth, Halving::Pairs}) {
      double vertical_error = 0, horizontal_error = 0;
      SeparableOperator fitted{through_halving(l.look.vertical, filter, vertical_error),
                               through_halving(l.look.horizontal, filter, horizontal_error)};
      const double error = std::max(vertical_error, horizontal_error);
      if (error >= least) continue;
      least = error, look = std::move(fitted);
      grid = filter == Halving::Smooth ? &half_thumbnails_ : &pair_thumbnails_;
    }
    grid->add(look.vertical, look.horizontal, picture, picture.size() == small ? target_weights : Image(), l.weight);
    thumbnail_sum_ += static_cast<float>(l.weight / area);
  }

  if (!luma_eyes_.empty()) luma_gradient_ = Image(h, w, 1);
  if (!sharp_eyes_.empty()) light_gradient_ = Image(h, w, channels_);
  if (!half_luma_eyes_.empty()) half_luma_ = Image(hh, hw, 1), half_luma_gradient_ = Image(hh, hw, 1);
  if (!half_eyes_.empty()) half_light_gradient_ = Image(hh, hw, channels_);
  if (!half_thumbnails_.empty())
    half_ = Image(hh, hw, channels_), half_gradient_ = Image(hh, hw, channels_), edges_ = Image(joints, hw, channels_);
  if (!pair_thumbnails_.empty()) pairs_ = Image(hh, hw, channels_), pair_gradient_ = Image(hh, hw, channels_);
  if (channels_ == 3) chroma_ = static_cast<float>(o.chroma);
  if (!full_thumbnails_.empty() || chroma_ > 0) gradient_ = Image(h, w, channels_);
}

void DitherObjective::note() {
  if (half_eyes_.empty()) return;
  const int hh = half_light_.height(), hw = half_light_.width();
  if (notes_++ == 0) noted_ = Image(hh, hw, channels_);
  parallel_for(0, hh, [&](int y) {
    for (int c = 0; c < channels_; ++c) hot::eye().axpy(1, half_light_.plane(c).row(y), hw, noted_.plane(c).row(y));
  });
}

void DitherObjective::aim_again(double gain) {
  if (half_eyes_.empty() || notes_ == 0) return;
  const auto shares = light::luma_weights(Transfer::Srgb, channels_);
  const int hh = half_light_.height(), hw = half_light_.width();
  const Eye& widest = half_eyes_.back();
  Image missed = matrix::apply({cut(widest.kernel, hh), cut(widest.kernel, hw)}, noted_);
  const float share = static_cast<float>(1.0 / notes_);
  noted_ = Image(), notes_ = 0;
  for (int c = 0; c < channels_; ++c)
    for (int y = 0; y < hh; ++y) {
      if (y % 64 == 0) progress::ask();
      float* m = missed.plane(c).row(y);
      const float* wanted = widest.picture.plane(c).row(y);
      for (int x = 0; x < hw; ++x) m[x] = static_cast<float>(gain) * (wanted[x] - share * m[x]);
    }
  missed = matrix::apply(light::gaussian(kCoarse, missed.size(), kCut), missed);
  if (!half_luma_eyes_.empty()) {
    const Image luma = mixed(missed, shares.data());
    for (Eye& e : half_luma_eyes_)
      for (int y = 0; y < hh; ++y) hot::eye().axpy(1, luma.plane(0).row(y), hw, e.picture.plane(0).row(y));
  }
  for (Eye& e : half_eyes_)
    for (int c = 0; c < channels_; ++c)
      for (int y = 0; y < hh; ++y) hot::eye().axpy(1, missed.plane(c).row(y), hw, e.picture.plane(c).row(y));
  by_strips(size_.height, [&](int y0, int y1) {
    std::vector<float> scratch(hw), line(size_.width);
    for (int y = y0; y < y1; ++y)
      for (int c = 0; c < channels_; ++c) {
        doubled_row(&missed, c, nullptr, 0, nullptr, y, size_.width, scratch.data(), line.data());
        // The adjoint of halving keeps a quarter of a flat field.
        for (Eye& e : luma_eyes_) hot::eye().axpy(4 * shares[c], line.data(), size_.width, e.picture.plane(0).row(y));
        for (Eye& e : sharp_eyes_) hot::eye().axpy(4, line.data(), size_.width, e.picture.plane(c).row(y));
      }
  });
}

}  // namespace bifocal::tone
