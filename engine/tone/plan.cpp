// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <bifocal/appearance.hpp>

#include "hot/dither.hpp"
#include "image/mapped.hpp"
#include "light/transfer.hpp"
#include "scaling/kernel.hpp"
#include "tone/ghosts.hpp"
#include "tone/low_modes.hpp"
#include "tone/similarity.hpp"

namespace bifocal::tone {
namespace {

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

struct Side {
  Field wish, value, split, dual;  ///< A or B; u or v; its copy inside the lens; scaled multipliers
  std::vector<float> modes;        ///< of the wish
};

/// value = argmin Σ W/s² |value − wish|² + penalty |value − (split − dual)|² + 2 ⟨push against ghosts, value⟩.
void fit(Side& side, const Ghosts& ghosts, LowModes& low, const Weight& weight, double strength, double penalty) {
  const double inverse = strength * strength;
  const float against = static_cast<float>(1 / penalty);
  Field pull(side.wish.size());
  for (std::size_t i = 0; i < pull.size(); ++i) pull[i] = side.split[i] - side.dual[i] - against * ghosts.push()[i];
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

Plan attempt(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, double gain, int iterations,
                const std::function<bool()>& proceed, const Means* planned = nullptr) {
  const int h = cover.height(), w = cover.width(), channels = cover.channels();
  LowModes low(h, w, kModes);
  const Weight weight{o.floor, o.corner}, held{o.floor, o.corner, planned ? kMeanWeight : weight.mean};
  const Means means = planned ? *planned : Means();
  const auto contrast = [&](const Image& image, double strength) {
    return std::min(1.0, gain * strength / (4 * std::max(luma_rms(image, low, weight), 1e-4)));
  };
  Plan out;
  out.seen = Image(h, w, channels), out.thumbnail = Image(h, w, channels);
  out.gain = gain;
  const double kc = out.cover_contrast = contrast(cover, o.cover_strength);
  const double hi = out.detail = std::min(o.most_detail, o.detail * kc);
  const double kt = out.target_contrast = contrast(target, o.target_strength);
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
    Ghosts in_cover(h, w, u.wish, v.wish), in_target(h, w, v.wish, u.wish);
    for (int it = 0; it < iterations; ++it) {
      if (proceed && !proceed()) break;
      if (it > 0) {
        in_cover.update(u.split, u.wish, o.cover_ghosts);
        in_target.update(v.split, v.wish, o.target_ghosts);
      }
      fit(u, in_cover, low, held, o.cover_strength, o.penalty);
      fit(v, in_target, low, held, o.target_strength, o.penalty);
      // The margins: dither of black and white only, or none at all, leaves no freedom to keep its noise invisible.
      hot::dither().project_row(static_cast<float>(o.low_margin), static_cast<float>(o.high_margin), free.data(),
                                {u.value.data(), u.split.data(), u.dual.data()}, {v.value.data(), v.split.data(), v.dual.data()},
                                static_cast<int>(free.size()));
    }
    const auto difference = [&](const Side& side) {
      Field d(side.wish.size());
      for (std::size_t i = 0; i < d.size(); ++i) d[i] = side.split[i] - side.wish[i];
      return energy(d, low, weight);
    };
    cover_error += difference(u), target_error += difference(v);
    Field a = u.wish, b = v.wish;
    cover_energy += energy(a, low, weight), target_energy += energy(b, low, weight);
    put(u.split, out.seen, c);
    put(v.split, out.thumbnail, c);
  }
  out.error = std::sqrt(0.5 * (cover_error / std::max(cover_energy, 1e-9) + target_error / std::max(target_energy, 1e-9)));
  return out;
}

Image shrunk(const Image& image, Size to) {
  if (image.size() == to) return image;
  return SeparableOperator{scaling::resampling_matrix({scaling::box, 0.5}, image.height(), to.height),
                           scaling::resampling_matrix({scaling::box, 0.5}, image.width(), to.width)}
      .apply(image);
}

struct Found {
  Plan free;  ///< with free means
  double gain;
  double range = 0, similarity = 0;  ///< of its thumbnail: 2nd to 98th percentile, 0..1; structural, to the target
};

/// How far a plan is from what is wanted, 1: as far as it may be. What shows first differs from pair to pair: structure lost
/// in a smooth target, a ghost in a flat cover. Also fills in what `judged` says of the thumbnail.
double misses(const Plan& plan, const Image& cover, const Image& target, Found& judged) {
  constexpr double kDissimilar = 0.06, kLeakInCover = 0.11, kLeakInTarget = 0.14, kError = 0.36, kNorm = 4;
  constexpr double kFlat = 0.01;  // rms, of 1: there is nothing that a leak could be compared with
  const auto levels = [](const Image& image) { return mapped(image, [](double v) { return 255 * v; }); };
  const Image c = levels(cover), t = levels(target);
  const Likeness eye = likeness(levels(plan.seen), c, t), thumbnail = likeness(levels(plan.thumbnail), t, c);
  judged.range = thumbnail.range, judged.similarity = thumbnail.ssim;
  LowModes low(cover.height(), cover.width(), kModes);
  const auto leak = [&](const Likeness& l, const Image& wanted) { return luma_rms(wanted, low, {1, 1}) < kFlat ? 0 : l.leak; };
  double sum = 0;
  for (const double part : {(1 - thumbnail.ssim) / kDissimilar, leak(eye, cover) / kLeakInCover, leak(thumbnail, target) / kLeakInTarget,
                            plan.error / kError})
    sum += std::pow(std::max(part, 0.0), kNorm) / 4;
  return std::pow(sum, 1 / kNorm);
}

constexpr int kTries = 5, kMoreTries = 3;  // at a gain
constexpr double kDrowning = 0.74, kMoreCover = 4, kMostMoreCover = 0.35, kLeastMoreCover = 0.05;
constexpr double kSpareRange = 0.17, kSpareSimilarity = 0.93;  // of the thumbnail, to be left

Found find_gain(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, double gain, int tries,
                const std::function<bool()>& proceed) {
  Found found{{}, gain};
  for (int i = 0; i < tries; ++i) {
    found.free = attempt(cover, target, room, o, found.gain, o.iterations, proceed);
    const double missed = misses(found.free, cover, target, found) / (o.ghosting / PlanOptions().ghosting);
    found.gain = std::clamp(found.gain * std::clamp(std::pow(std::max(missed, 1e-6), -0.7), 0.6, 1.6), 0.08, 0.6);
  }
  return found;
}

}  // namespace

Plan plan(const Image& cover, const Image& target, const Image& detail, double ratio, const PlanOptions& o, const std::function<bool()>& proceed) {
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
  PlanOptions options = o;
  Found found = find_gain(small_cover, small_target, small_room, options, 0.25, kTries, proceed);
  // A cover that would drown in grain gets more contrast, where the target can spare some of its own.
  double more = std::min(kMostMoreCover, kMoreCover * (kDrowning - expected_similarity(cover, detail, ratio, found.free.cover_contrast)));
  for (; more > kLeastMoreCover; more /= 2) {
    PlanOptions other = o;
    other.cover_strength *= 1 + more;
    Found tried = find_gain(small_cover, small_target, small_room, other, found.gain, kMoreTries, proceed);
    if (tried.range < kSpareRange || tried.similarity < kSpareSimilarity) continue;
    found = std::move(tried), options = other;
    break;
  }
  const Plan& free = found.free;
  Means means;
  const bool held = o.keep_cast > 0 && cover.channels() >= 3;
  if (held) {
    keep_differences(free.seen, small_cover, free.cover_contrast, o.keep_cast, means.seen);
    keep_differences(free.thumbnail, small_target, free.target_contrast, o.keep_cast, means.thumbnail);
  }
  return attempt(cover, target, room, options, found.gain, o.iterations, proceed, held ? &means : nullptr);
}

}  // namespace bifocal::tone
