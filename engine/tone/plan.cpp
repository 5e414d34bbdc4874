// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "light/transfer.hpp"
#include "scaling/kernel.hpp"
#include "tone/low_modes.hpp"

namespace bifocal::tone {
namespace {

constexpr double kExponent = 2.2, kLift = 0.01;
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

/// What the channels' means should be, for u and for v.
struct Means {
  std::array<float, 3> seen{0.52f, 0.52f, 0.52f}, thumbnail{0.25f, 0.25f, 0.25f};
};

double average(const Image& image, int c) {
  double sum = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) sum += image.plane(c).row(y)[x];
  return sum / (static_cast<double>(image.height()) * image.width());
}

/// The means of `planned` moved, by `share` of the way, to where they differ as those of `wish` do between its channels.
void keep_differences(const Image& planned, const Image& wish, double contrast, double share, std::array<float, 3>& means) {
  const int n = std::min(3, planned.channels());
  double offset = 0;
  for (int c = 0; c < n; ++c) offset += (average(planned, c) - contrast * average(wish, c)) / n;
  for (int c = 0; c < n; ++c)
    means[c] = static_cast<float>((1 - share) * average(planned, c) + share * (offset + contrast * average(wish, c)));
}

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

/// The lens: light(u) + room <= v <= u, drawn in by margins (shares of its height), because dither of black and white
/// only, or none at all, leaves no freedom to keep its noise invisible.
struct Lens {
  double low, high;

  /// (t + lift)^2.2 and its slope, t in 0..1, from a table.
  struct Curve {
    static constexpr int kSteps = 1024;
    std::array<float, kSteps + 2> value, slope;
    Curve() {
      for (int i = 0; i < kSteps + 2; ++i) {
        const double s = static_cast<double>(i) / kSteps + kLift;
        value[i] = static_cast<float>(std::pow(s, kExponent)), slope[i] = static_cast<float>(kExponent * std::pow(s, kExponent - 1));
      }
    }
    void at(double t, double& v, double& d) const {
      const double x = std::clamp(t, 0.0, 1.0) * kSteps;
      const int i = static_cast<int>(x);
      v = value[i] + (x - i) * (value[i + 1] - value[i]);
      d = slope[i] + (x - i) * (slope[i + 1] - slope[i]);
    }
  };

  /// Nearest (u, v) inside.
  void project(float& u, float& v, double room) const {
    static const Curve curve;
    double p, d;
    // Floor and ceiling at t, with their slopes.
    const auto floor = [&](double t, double& slope) {
      curve.at(t, p, d);
      slope = (1 - low) * d + low;
      return (1 - low) * (p + room) + low * t;
    };
    const auto ceiling = [&](double t, double& slope) {
      curve.at(t, p, d);
      const bool open = t > p + room;
      slope = open ? 1 - high * (1 - d) : 1;
      return open ? t - high * (t - p - room) : t;
    };
    double a = u, b = v, slope;
    if (b > ceiling(a, slope)) {
      double t = std::clamp(0.5 * (a + b), 0.0, 1.0);
      for (int i = 0; i < 4; ++i) {
        const double c = ceiling(t, slope);
        t = std::clamp(t - ((t - a) + (c - b) * slope) / (1 + slope * slope), 0.0, 1.0);
      }
      a = t, b = ceiling(t, slope);
    }
    if (b < floor(a, slope)) {
      // Newton on the foot of the perpendicular: (t − a) + (floor(t) − b) floor'(t) = 0.
      double t = std::clamp(static_cast<double>(u), 0.0, 1.0);
      for (int i = 0; i < 6; ++i) {
        const double gap = floor(t, slope) - v, bend = (kExponent - 1) * (1 - low) * d / (std::max(t, 0.0) + kLift);
        t = std::clamp(t - (t - u + gap * slope) / (1 + slope * slope + std::max(0.0, gap) * bend), 0.0, 1.0);
      }
      a = t, b = floor(t, slope);
      if (b > a) {  // beyond the lens' corners: stay between them
        a = std::clamp(a, 0.05, 0.9);
        b = std::min(a, floor(a, slope));
      }
    }
    u = static_cast<float>(std::clamp(a, 0.0, 1.0)), v = static_cast<float>(std::clamp(b, 0.0, 1.0));
  }
};

struct Side {
  Field wish, value, split, dual;  ///< A or B; u or v; its copy inside the lens; scaled multipliers
  std::vector<float> modes;        ///< of the wish
};

/// value = argmin Σ W/s² |value − wish|² + penalty |value − (split − dual)|².
void fit(Side& side, LowModes& low, const Weight& weight, double strength, double penalty) {
  const double inverse = strength * strength;
  Field pull(side.wish.size());
  for (std::size_t i = 0; i < pull.size(); ++i) pull[i] = side.split[i] - side.dual[i];
  const double top = weight.high() * inverse, share = top / (top + penalty);
  for (std::size_t i = 0; i < pull.size(); ++i) side.value[i] = static_cast<float>(share * side.wish[i] + (1 - share) * pull[i]);
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

struct Attempt {
  Plan plan;
  double error;
};

Attempt attempt(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, double gain, int iterations,
                const std::function<bool()>& proceed, const Means* planned = nullptr) {
  const int h = cover.height(), w = cover.width(), channels = cover.channels();
  LowModes low(h, w, kModes);
  const Weight weight{o.floor, o.corner}, held{o.floor, o.corner, planned ? kMeanWeight : weight.mean};
  const Means means = planned ? *planned : Means();
  const Lens lens{o.low_margin, o.high_margin};
  const auto contrast = [&](const Image& image, double strength) {
    return std::min(1.0, gain * strength / (4 * std::max(luma_rms(image, low, weight), 1e-4)));
  };
  Attempt out;
  out.plan.seen = Image(h, w, channels), out.plan.thumbnail = Image(h, w, channels);
  out.plan.gain = gain;
  const double kc = out.plan.cover_contrast = contrast(cover, o.cover_strength);
  const double hi = out.plan.detail = std::min(o.most_detail, o.detail * kc);
  const double kt = out.plan.target_contrast = contrast(target, o.target_strength);
  double cover_error = 0, target_error = 0, cover_energy = 0, target_energy = 0;
  for (int c = 0; c < channels; ++c) {
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
    for (int it = 0; it < iterations; ++it) {
      if (proceed && !proceed()) break;
      fit(u, low, held, o.cover_strength, o.penalty);
      fit(v, low, held, o.target_strength, o.penalty);
      for (std::size_t i = 0; i < free.size(); ++i) {
        float a = u.value[i] + u.dual[i], b = v.value[i] + v.dual[i];
        const float wa = a, wb = b;
        lens.project(a, b, free[i]);
        u.split[i] = a, v.split[i] = b;
        u.dual[i] = wa - a, v.dual[i] = wb - b;
      }
    }
    const auto difference = [&](const Side& side) {
      Field d(side.wish.size());
      for (std::size_t i = 0; i < d.size(); ++i) d[i] = side.split[i] - side.wish[i];
      return energy(d, low, weight);
    };
    cover_error += difference(u), target_error += difference(v);
    Field a = u.wish, b = v.wish;
    cover_energy += energy(a, low, weight), target_energy += energy(b, low, weight);
    put(u.split, out.plan.seen, c);
    put(v.split, out.plan.thumbnail, c);
  }
  out.error = out.plan.error = std::sqrt(0.5 * (cover_error / std::max(cover_energy, 1e-9) + target_error / std::max(target_energy, 1e-9)));
  return out;
}

Image shrunk(const Image& image, Size to) {
  if (image.size() == to) return image;
  return SeparableOperator{scaling::resampling_matrix({scaling::box, 0.5}, image.height(), to.height),
                           scaling::resampling_matrix({scaling::box, 0.5}, image.width(), to.width)}
      .apply(image);
}

}  // namespace

Plan plan(const Image& cover, const Image& target, const Image& detail, const PlanOptions& o, const std::function<bool()>& proceed) {
  Image room = detail;
  for (int c = 0; c < room.channels(); ++c)
    for (int y = 0; y < room.height(); ++y)
      for (int x = 0; x < room.width(); ++x) {
        const double u = cover.plane(c).row(y)[x];
        float& r = room.plane(c).row(y)[x];
        r = static_cast<float>(0.8 * 0.5 * 2.2 * 1.2 * std::pow(std::max(u, 0.1), 0.2) * r);  // times the square of its gain
      }
  // Gain and means are found on a small grid.
  const double shrink = std::min(1.0, 64.0 / std::max(cover.width(), cover.height()));
  const Size small{std::max(1, static_cast<int>(std::lround(cover.width() * shrink))),
                   std::max(1, static_cast<int>(std::lround(cover.height() * shrink)))};
  const Image small_cover = shrunk(cover, small), small_target = shrunk(target, small), small_room = shrunk(room, small);
  double gain = 0.25;
  Plan free;
  for (int i = 0; i < 5; ++i) {
    Attempt tried = attempt(small_cover, small_target, small_room, o, gain, o.iterations, proceed);
    gain = std::clamp(gain * std::clamp(std::pow(o.ghosting / std::max(tried.error, 1e-6), 0.7), 0.6, 1.6), 0.08, 0.6);
    free = std::move(tried.plan);
  }
  Means means;
  const bool held = o.keep_cast > 0 && cover.channels() >= 3;
  if (held) {
    keep_differences(free.seen, small_cover, free.cover_contrast, o.keep_cast, means.seen);
    keep_differences(free.thumbnail, small_target, free.target_contrast, o.keep_cast, means.thumbnail);
  }
  return attempt(cover, target, room, o, gain, o.iterations, proceed, held ? &means : nullptr).plan;
}

}  // namespace bifocal::tone
