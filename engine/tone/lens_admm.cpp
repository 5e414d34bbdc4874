// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/lens_admm.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "light/transfer.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "tone/ghosts.hpp"
#include "tone/low_modes.hpp"
#include "tone/masking.hpp"

namespace bifocal::tone {
namespace {

// W differs from its limit by less than a tenth beyond; twice as many change no figure.
constexpr int kLumaModes = 24;
// Across luma the weight falls up to kColourFall cycles, so all of those are modes.
constexpr double kColourWeight = 0.75, kColourFall = 24, kLeastFall = 0.5;
constexpr int kColourModes = 2 * 24;
// Ghosts of colour show more than their share in the error: they are pushed away harder than those of brightness.
constexpr float kColourGhosts = 1.8f;
constexpr double kFreeMean = 1e-4, kMeanWeight = 3;  // of means: free, planned
constexpr int kRows = 16;                            // in one task

using Field = std::vector<float>;  // one plane, rows after rows

Field field(const Image& image, int c) {
  Field f(static_cast<std::size_t>(image.height()) * image.width());
  for (int y = 0; y < image.height(); ++y)
    std::copy_n(image.plane(c).row(y), image.width(), f.data() + static_cast<std::size_t>(y) * image.width());
  return f;
}

void put(const Field& f, Image& image, int c) {
  for (int y = 0; y < image.height(); ++y)
    std::copy_n(f.data() + static_cast<std::size_t>(y) * image.width(), image.width(), image.plane(c).row(y));
}

/// An orthonormal basis of RGB: the axis of luma, and two across it; of grey, one axis.
struct Axes {
  int count;
  float of[3][3] = {};  ///< [axis][channel]

  explicit Axes(int channels) : count(channels) {
    if (channels < 3) {
      for (int k = 0; k < channels; ++k) of[k][k] = 1;
      return;
    }
    const auto luma = light::luma_weights(Transfer::None, channels);
    const double r = luma[0], g = luma[1], b = luma[2], flat = std::hypot(r, g), all = std::hypot(flat, b);
    const double axes[3][3] = {{r / all, g / all, b / all},
                               {g / flat, -r / flat, 0},
                               {r * b / (flat * all), g * b / (flat * all), -flat / all}};
    for (int k = 0; k < 3; ++k)
      for (int c = 0; c < 3; ++c) of[k][c] = static_cast<float>(axes[k][c]);
  }
};

/// W (plan.hpp) at f cycles per image.
struct FrequencyWeight {
  double floor, corner, mean;  ///< mean: at f = 0
  double high() const { return 1 + floor; }
  double operator()(double f) const { return f == 0 ? mean : f * f / (f * f + corner * corner) + floor; }
};

/// The weight of one axis.
struct AxisWeight {
  FrequencyWeight luma;
  bool colour;
  int modes() const { return colour ? kColourModes : kLumaModes; }
  double high() const { return luma.high() * (colour ? kColourWeight * kLeastFall : 1); }
  double operator()(double f) const {
    const double fall = 1 / (1 + (f / kColourFall) * (f / kColourFall));
    return luma(f) * (colour ? kColourWeight * std::max(kLeastFall, fall) : 1);
  }
};

/// Σ_f W |modes|² over the sample count: the weighted mean square of a plane.
template <class Weight>
double energy(const Field& f, LowModes& low, const Weight& weight) {
  double sum = 0;
  for (float v : f) sum += static_cast<double>(v) * v;
  sum *= weight.high();
  std::vector<float> modes;
  low.forward(f.data(), modes);
  for (int p = 0; p < low.rows(); ++p)
    for (int q = 0; q < low.columns(); ++q) {
      const double m = modes[static_cast<std::size_t>(p) * low.columns() + q];
      sum += (weight(LowModes::cycles(p, q)) - weight.high()) * m * m;
    }
  return sum / f.size();
}

/// u or v, per channel.
struct Side {
  std::vector<Field> wish, split, dual;   ///< A or B; the copy inside the lens; scaled multipliers
  std::vector<Field> value;               ///< while it is fitted, per axis
  std::vector<Ghosts> ghosts;             ///< of the other picture
  std::vector<std::vector<float>> modes;  ///< of the wish, per axis
  double strength, against_ghosts;
};

class Admm {
 public:
  Admm(const Wishes& wishes, const PlanOptions& options, const LensState* start);
  void iterate(bool with_ghosts);
  Plan end(LensState* state);

 private:
  template <class Body>
  void over_rows(const Body& body) {
    parallel_for(0, (height_ + kRows - 1) / kRows, [&](int i) {
      for (int y = i * kRows; y < std::min(height_, (i + 1) * kRows); ++y) body(static_cast<std::size_t>(y) * width_);
    });
  }
  /// body(side, its channel or axis, all counted)
  template <class Body>
  void over_planes(const Body& body) {
    parallel_for(0, 2 * channels_, [&](int i) { body(sides_[i / channels_], i % channels_, i); });
  }
  void wish_for(Side& side, const Image& image, double contrast, double colour, const std::array<float, 3>& means);
  /// How far an axis follows the wish beyond its modes.
  double share(const Side& side, int axis) const {
    const double top = weights_[axis].high() * side.strength * side.strength;
    return top / (top + options_.penalty);
  }
  void pull(Side& side, std::size_t row);
  void fit(Side& side, int axis, LowModes& low);
  void back_to_channels(Side& side, std::size_t row);

  const Wishes& wishes_;
  const PlanOptions& options_;
  const int height_, width_, channels_;
  const Axes axes_;
  std::vector<AxisWeight> weights_;
  std::vector<LowModes> low_;
  Side sides_[2];  ///< u, v
  std::vector<Field> room_;
  Field low_margin_, care_;
  double detail_;
};

Admm::Admm(const Wishes& wishes, const PlanOptions& o, const LensState* start)
    : wishes_(wishes), options_(o), height_(wishes.cover.height()), width_(wishes.cover.width()),
      channels_(wishes.cover.channels()), axes_(channels_),
      detail_(std::min(o.most_detail, o.detail * wishes.cover_contrast)) {
  const Means means = wishes.planned ? *wishes.planned : Means();
  const FrequencyWeight weight{o.floor, o.corner, wishes.planned ? kMeanWeight : kFreeMean};
  for (int k = 0; k < channels_; ++k) weights_.push_back({weight, k > 0});
  for (int i = 0; i < 2 * channels_; ++i) low_.emplace_back(height_, width_, weights_[i % channels_].modes());
  Side &u = sides_[0], &v = sides_[1];
  u.strength = o.cover_strength, u.against_ghosts = o.cover_ghosts;
  v.strength = o.target_strength, v.against_ghosts = o.target_ghosts;
  wish_for(u, wishes.cover, wishes.cover_contrast, wishes.cover_colour, means.seen);
  wish_for(v, wishes.target, wishes.target_contrast, wishes.target_colour, means.thumbnail);
  for (int c = 0; c < channels_; ++c) {
    room_.push_back(field(wishes.room, c));
    for (float& f : room_.back()) f = static_cast<float>(std::min(0.25, detail_ * detail_ * f));
  }
  low_margin_ = low_margins(room_, height_, width_, o);
  care_ = cares(room_, u.wish, height_, width_, o);
  for (int c = 0; c < channels_; ++c) {
    u.ghosts.emplace_back(height_, width_, u.wish[c], v.wish[c], care_);
    v.ghosts.emplace_back(height_, width_, v.wish[c], u.wish[c]);
  }
  over_planes([&](Side& side, int k, int i) {
    Field along(side.wish[0].size(), 0.0f);
    for (int c = 0; c < channels_; ++c)
      hot::eye().axpy(axes_.of[k][c], side.wish[c].data(), along.size(), along.data());
    low_[i].forward(along.data(), side.modes[k]);
  });
  if (!start) return;
  over_planes([&](Side& side, int c, int) {
    const LensState::Side& before = &side == &u ? start->seen : start->thumbnail;
    // What is finer than the state's own grid is as wished.
    const Field wish = field(before.wish, c), split = field(before.split, c);
    for (std::size_t i = 0; i < wish.size(); ++i) side.split[c][i] += split[i] - wish[i];
    side.dual[c] = field(before.dual, c);
    side.ghosts[c].begin(field(before.push, c));
  });
}

void Admm::wish_for(Side& side, const Image& image, double contrast, double colour, const std::array<float, 3>& means) {
  const auto luma = light::luma_weights(Transfer::None, channels_);
  for (int c = 0; c < channels_; ++c) side.wish.push_back(field(image, c));
  if (channels_ >= 3) {
    const float s = static_cast<float>(colour);
    for (std::size_t i = 0; i < side.wish[0].size(); ++i) {
      float y = 0;
      for (int c = 0; c < 3; ++c) y += luma[c] * side.wish[c][i];
      for (int c = 0; c < 3; ++c) side.wish[c][i] = y + s * (side.wish[c][i] - y);
    }
  }
  for (int c = 0; c < channels_; ++c) {
    double average = 0;
    for (float f : side.wish[c]) average += f;
    average /= side.wish[c].size();
    for (float& f : side.wish[c]) f = static_cast<float>(contrast * (f - average)) + means[c];
  }
  side.split = side.value = side.wish;
  side.dual.assign(channels_, Field(side.wish[0].size(), 0.0f));
  side.modes.resize(channels_);
}

/// split − dual − what is pushed against ghosts, along the axes.
void Admm::pull(Side& side, std::size_t row) {
  const float* rows[9];
  for (int c = 0; c < channels_; ++c)
    rows[c] = side.split[c].data() + row, rows[channels_ + c] = side.dual[c].data() + row,
    rows[2 * channels_ + c] = side.ghosts[c].push().data() + row;
  for (int k = 0; k < channels_; ++k) {
    const float against = (k > 0 ? kColourGhosts : 1.0f) / static_cast<float>(options_.penalty);
    float weights[9];
    for (int c = 0; c < channels_; ++c)
      weights[c] = axes_.of[k][c], weights[channels_ + c] = -axes_.of[k][c],
      weights[2 * channels_ + c] = -against * axes_.of[k][c];
    hot::eye().sum_rows(rows, weights, 3 * channels_, width_, side.value[k].data() + row, false);
  }
}

/// value = argmin Σ W/s² |value − wish|² + penalty |value − pull|² along an axis, less the wish's share beyond the
/// modes.
void Admm::fit(Side& side, int axis, LowModes& low) {
  const double beyond = share(side, axis), inverse = side.strength * side.strength;
  Field& value = side.value[axis];
  std::vector<float> modes;
  low.forward(value.data(), modes);
  for (int p = 0; p < low.rows(); ++p)
    for (int q = 0; q < low.columns(); ++q) {
      const std::size_t i = static_cast<std::size_t>(p) * low.columns() + q;
      const double w = weights_[axis](LowModes::cycles(p, q)) * inverse;
      modes[i] = static_cast<float>((w / (w + options_.penalty) - beyond) * (side.modes[axis][i] - modes[i]));
    }
  const float rest = static_cast<float>(1 - beyond);
  for (float& f : value) f *= rest;
  low.add_inverse(modes, value.data());
}

/// The values of channels, with the wish's share.
void Admm::back_to_channels(Side& side, std::size_t row) {
  thread_local std::vector<float> along;
  along.resize(static_cast<std::size_t>(channels_) * width_);
  const float* rows[6];
  for (int k = 0; k < channels_; ++k) {
    rows[k] =
        std::copy_n(side.value[k].data() + row, width_, along.data() + static_cast<std::size_t>(k) * width_) - width_;
    rows[channels_ + k] = side.wish[k].data() + row;
  }
  for (int c = 0; c < channels_; ++c) {
    float weights[6];
    for (int k = 0; k < channels_; ++k) {
      weights[k] = axes_.of[k][c];
      double sum = 0;
      for (int a = 0; a < channels_; ++a) sum += share(side, a) * axes_.of[a][c] * axes_.of[a][k];
      weights[channels_ + k] = static_cast<float>(sum);
    }
    hot::eye().sum_rows(rows, weights, 2 * channels_, width_, side.value[c].data() + row, false);
  }
}

void Admm::iterate(bool with_ghosts) {
  if (with_ghosts)
    over_planes(
        [](Side& side, int c, int) { side.ghosts[c].update(side.split[c], side.wish[c], side.against_ghosts); });
  over_rows([&](std::size_t row) {
    for (Side& side : sides_) pull(side, row);
  });
  over_planes([&](Side& side, int k, int i) { fit(side, k, low_[i]); });
  over_rows([&](std::size_t row) {
    for (Side& side : sides_) back_to_channels(side, row);
    // The margins: dither of black and white only, or none at all, leaves no freedom to keep its noise invisible.
    const auto at = [&](Side& s, int c) {
      return hot::LensSide{s.value[c].data() + row, s.split[c].data() + row, s.dual[c].data() + row};
    };
    for (int c = 0; c < channels_; ++c)
      hot::dither().project_row(low_margin_.data() + row, static_cast<float>(options_.high_margin),
                                room_[c].data() + row, care_.data() + row, at(sides_[0], c), at(sides_[1], c), width_);
  });
}

Plan Admm::end(LensState* state) {
  Plan out;
  out.cover_contrast = wishes_.cover_contrast, out.target_contrast = wishes_.target_contrast;
  out.detail = detail_;
  out.plain = plain_share(care_, options_);
  out.seen = out.thumbnail = Image(height_, width_, channels_);
  const FrequencyWeight weight{options_.floor, options_.corner, kFreeMean};
  std::vector<double> errors(2 * channels_), energies(2 * channels_);
  if (state)
    for (LensState::Side* side : {&state->seen, &state->thumbnail})
      for (Image* image : {&side->wish, &side->split, &side->dual, &side->push})
        *image = Image(height_, width_, channels_);
  over_planes([&](Side& side, int c, int i) {
    const bool seen = &side == &sides_[0];
    put(side.split[c], seen ? out.seen : out.thumbnail, c);
    LowModes low(height_, width_, kLumaModes);
    Field& difference = side.value[c];
    for (std::size_t k = 0; k < difference.size(); ++k) difference[k] = side.split[c][k] - side.wish[c][k];
    errors[i] = energy(difference, low, weight), energies[i] = energy(side.wish[c], low, weight);
    if (!state) return;
    LensState::Side& to = seen ? state->seen : state->thumbnail;
    put(side.wish[c], to.wish, c), put(side.split[c], to.split, c), put(side.dual[c], to.dual, c),
        put(side.ghosts[c].push(), to.push, c);
  });
  double relative = 0;
  for (int side = 0; side < 2; ++side) {
    double error = 0, wished = 0;
    for (int c = 0; c < channels_; ++c) error += errors[side * channels_ + c], wished += energies[side * channels_ + c];
    relative += 0.5 * error / std::max(wished, 1e-9);
  }
  out.error = std::sqrt(relative);
  return out;
}

}  // namespace

double luma_rms(const Image& image, double floor, double corner) {
  const auto w = light::luma_weights(Transfer::None, image.channels());
  Field luma(static_cast<std::size_t>(image.height()) * image.width(), 0.0f);
  for (int c = 0; c < image.channels(); ++c) hot::eye().axpy(w[c], field(image, c).data(), luma.size(), luma.data());
  LowModes low(image.height(), image.width(), kLumaModes);
  return std::sqrt(energy(luma, low, FrequencyWeight{floor, corner, kFreeMean}));
}

Plan admm(const Wishes& wishes, const PlanOptions& options, int iterations, const LensState* start, LensState* end) {
  Admm all(wishes, options, start);
  // Once at least: only then the pictures are inside the lens.
  for (int i = 0; i < iterations && (progress::ask() || i == 0); ++i) all.iterate(i > 0 || start);
  return all.end(end);
}

}  // namespace bifocal::tone
