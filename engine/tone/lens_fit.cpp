// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/lens_fit.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "hot/dither.hpp"
#include "light/transfer.hpp"
#include "progress/ask.hpp"
#include "progress/parallel.hpp"
#include "tone/ghosts.hpp"
#include "tone/looks.hpp"
#include "tone/low_modes.hpp"
#include "view/compiled.hpp"

namespace bifocal::tone {
namespace {

// Larger plans are made on a grid of kCoarse first; kAgain iterations then settle what is finer.
constexpr int kWhole = 256, kCoarse = 256, kAgain = 3;
constexpr int kModes = 24;  // W differs from its limit by less than a tenth beyond; twice as many change no figure

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

struct Weight {
  double floor, corner, mean = 1e-4;
  double high() const { return 1 + floor; }
  double operator()(double f) const { return f == 0 ? mean : f * f / (f * f + corner * corner) + floor; }
};

constexpr double kMeanWeight = 3;  // of means that are planned, not free

/// Σ_f W |modes|² over the sample count: the weighted mean square of a plane.
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

double luma_rms(const Image& image, LowModes& low, const Weight& weight) {
  const auto w = light::luma_weights(Transfer::None, image.channels());
  Field luma(static_cast<std::size_t>(image.height()) * image.width(), 0.0f);
  for (int c = 0; c < image.channels(); ++c) {
    const Field f = field(image, c);
    for (std::size_t i = 0; i < f.size(); ++i) luma[i] += w[c] * f[i];
  }
  return std::sqrt(energy(luma, low, weight));
}

struct Side {
  Field wish, value, split, dual;  ///< A or B; u or v; its copy inside the lens; scaled multipliers
  std::vector<float> modes;        ///< of the wish
};

/// Where an ADMM stands, on some grid; images of the pictures' shape.
struct LensState {
  struct Side {
    Image wish, split, dual, push;
  } seen, thumbnail;
};

/// Of what the wishes keep of cover and target.
struct Contrasts {
  double cover, target;
};

/// value = argmin Σ W/s² |value − wish|² + penalty |value − (split − dual)|² + 2 ⟨push against ghosts, value⟩.
void fit(Side& side, const Ghosts& ghosts, LowModes& low, const Weight& weight, double strength, double penalty,
         Field& pull) {
  const double inverse = strength * strength;
  const float against = static_cast<float>(1 / penalty);
  for (std::size_t i = 0; i < pull.size(); ++i) pull[i] = side.split[i] - side.dual[i] - against * ghosts.push()[i];
  const double top = weight.high() * inverse, share = top / (top + penalty);
  for (std::size_t i = 0; i < pull.size(); ++i)
    side.value[i] = static_cast<float>(share * side.wish[i] + (1 - share) * pull[i]);
  std::vector<float> modes;
  low.forward(pull.data(), modes);
  for (int p = 0; p < low.rows(); ++p)
    for (int q = 0; q < low.columns(); ++q) {
      const std::size_t i = static_cast<std::size_t>(p) * low.columns() + q;
      const double w = weight(LowModes::cycles(p, q)) * inverse;
      modes[i] = static_cast<float>((w / (w + penalty) - share) * (side.modes[i] - modes[i]));
    }
  low.add_inverse(modes, side.value.data());
}

}  // namespace

double luma_rms(const Image& image, double floor, double corner) {
  LowModes low(image.height(), image.width(), kModes);
  return luma_rms(image, low, {floor, corner});
}

namespace {

/// At these contrasts; from `start`, if given, on the same grid; leaves where it ends in `end`, if given.
Plan fit_in_lens(const Image& cover, const Image& target, const Image& room, const PlanOptions& o,
                 const Contrasts& contrasts, int iterations, const Means* planned, const LensState* start,
                 LensState* end) {
  const int h = cover.height(), w = cover.width(), channels = cover.channels();
  const Weight weight{o.floor, o.corner}, held{o.floor, o.corner, planned ? kMeanWeight : weight.mean};
  const Means means = planned ? *planned : Means();
  Plan out;
  out.seen = Image(h, w, channels), out.thumbnail = Image(h, w, channels);
  const double kc = out.cover_contrast = contrasts.cover, kt = out.target_contrast = contrasts.target;
  const double hi = out.detail = std::min(o.most_detail, o.detail * kc);
  if (end)
    for (LensState::Side* side : {&end->seen, &end->thumbnail})
      for (Image* image : {&side->wish, &side->split, &side->dual, &side->push}) *image = Image(h, w, channels);
  struct Errors {
    double cover = 0, target = 0, cover_energy = 0, target_energy = 0;
  };
  std::vector<Errors> errors(channels);
  parallel_for(0, channels, [&](int c) {
    LowModes low(h, w, kModes);
    Side u, v;
    const auto prepare = [&](Side& side, const Image& image, double k, float mean) {
      side.wish = field(image, c);
      double average = 0;
      for (float f : side.wish) average += f;
      average /= side.wish.size();
      for (float& f : side.wish) f = static_cast<float>(k * (f - average)) + mean;
      side.split = side.value = side.wish;
      side.dual.assign(side.wish.size(), 0.0f);
      low.forward(side.wish.data(), side.modes);
    };
    prepare(u, cover, kc, means.seen[c]);
    prepare(v, target, kt, means.thumbnail[c]);
    Field free = field(room, c);
    for (float& f : free) f = static_cast<float>(std::min(0.25, hi * hi * f));
    Ghosts in_cover(h, w, u.wish, v.wish), in_target(h, w, v.wish, u.wish);
    if (start) {
      const auto from = [&](Side& side, const LensState::Side& before, Ghosts& ghosts) {
        // What is finer than the state's own grid is as wished.
        const Field wish = field(before.wish, c), split = field(before.split, c);
        for (std::size_t i = 0; i < wish.size(); ++i) side.split[i] += split[i] - wish[i];
        side.value = side.split, side.dual = field(before.dual, c);
        ghosts.begin(field(before.push, c));
      };
      from(u, start->seen, in_cover);
      from(v, start->thumbnail, in_target);
    }
    Field pull(u.wish.size());
    // Once at least: only then the pictures are inside the lens.
    for (int it = 0; it < iterations && (progress::ask() || it == 0); ++it) {
      if (it > 0 || start) {
        in_cover.update(u.split, u.wish, o.cover_ghosts);
        in_target.update(v.split, v.wish, o.target_ghosts);
      }
      fit(u, in_cover, low, held, o.cover_strength, o.penalty, pull);
      fit(v, in_target, low, held, o.target_strength, o.penalty, pull);
      // The margins: dither of black and white only, or none at all, leaves no freedom to keep its noise invisible.
      hot::dither().project_row(static_cast<float>(o.low_margin), static_cast<float>(o.high_margin), free.data(),
                                {u.value.data(), u.split.data(), u.dual.data()},
                                {v.value.data(), v.split.data(), v.dual.data()}, static_cast<int>(free.size()));
    }
    const auto difference = [&](const Side& side) {
      for (std::size_t i = 0; i < pull.size(); ++i) pull[i] = side.split[i] - side.wish[i];
      return energy(pull, low, weight);
    };
    errors[c] = {difference(u), difference(v), energy(u.wish, low, weight), energy(v.wish, low, weight)};
    put(u.split, out.seen, c);
    put(v.split, out.thumbnail, c);
    if (!end) return;
    const auto keep = [&](const Side& side, const Ghosts& ghosts, LensState::Side& to) {
      put(side.wish, to.wish, c), put(side.split, to.split, c), put(side.dual, to.dual, c),
          put(ghosts.push(), to.push, c);
    };
    keep(u, in_cover, end->seen);
    keep(v, in_target, end->thumbnail);
  });
  Errors sum;
  for (const Errors& e : errors) {
    sum.cover += e.cover, sum.target += e.target;
    sum.cover_energy += e.cover_energy, sum.target_energy += e.target_energy;
  }
  out.error =
      std::sqrt(0.5 * (sum.cover / std::max(sum.cover_energy, 1e-9) + sum.target / std::max(sum.target_energy, 1e-9)));
  return out;
}

Contrasts contrasts(const Image& cover, const Image& target, const PlanOptions& o, double gain) {
  const auto contrast = [&](const Image& image, double strength) {
    return std::min(1.0, gain * strength / (4 * std::max(tone::luma_rms(image, o.floor, o.corner), 1e-4)));
  };
  return {contrast(cover, o.cover_strength), contrast(target, o.target_strength)};
}

}  // namespace

Plan fit_in_lens(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, double gain,
                 const Means* planned) {
  const Contrasts both = contrasts(cover, target, o, gain);
  Plan out;
  if (std::max(cover.width(), cover.height()) <= kWhole) {
    out = fit_in_lens(cover, target, room, o, both, o.iterations, planned, nullptr, nullptr);
  } else {
    const Size small = within(cover.size(), kCoarse);
    const auto coarse = [&](const Image& image) {
      return view::apply(resampling(kernel('b'), image.size(), small), image);
    };
    LensState state;
    fit_in_lens(coarse(cover), coarse(target), coarse(room), o, both, o.iterations, planned, nullptr, &state);
    const SeparableOperator larger = resampling(kernel('c'), small, cover.size());
    for (LensState::Side* side : {&state.seen, &state.thumbnail})
      for (Image* image : {&side->wish, &side->split, &side->dual, &side->push}) *image = view::apply(larger, *image);
    out = fit_in_lens(cover, target, room, o, both, kAgain, planned, &state, nullptr);
  }
  out.gain = gain;
  return out;
}

}  // namespace bifocal::tone
