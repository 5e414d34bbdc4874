// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <bifocal/appearance.hpp>

#include "image/mapped.hpp"
#include "matrix/kernel.hpp"
#include "progress/ask.hpp"
#include "tone/lens_fit.hpp"
#include "tone/looks.hpp"
#include "tone/similarity.hpp"

namespace bifocal::tone {
namespace {

double average(const Image& image, int c) {
  double sum = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) sum += image.plane(c).row(y)[x];
  return sum / (static_cast<double>(image.height()) * image.width());
}

/// The means of `planned` moved, by `share` of the way, to where they differ as those of `wish` do between its
/// channels.
std::array<float, 3> keep_differences(const Image& planned, const Image& wish, double contrast, double share) {
  const int n = std::min(3, planned.channels());
  std::array<float, 3> means{};
  double offset = 0;
  for (int c = 0; c < n; ++c) offset += (average(planned, c) - contrast * average(wish, c)) / n;
  for (int c = 0; c < n; ++c)
    means[c] = static_cast<float>((1 - share) * average(planned, c) + share * (offset + contrast * average(wish, c)));
  return means;
}

Means with_casts(const Plan& free, const Image& cover, const Image& target, double share) {
  return {keep_differences(free.seen, cover, free.cover_contrast, share),
          keep_differences(free.thumbnail, target, free.target_contrast, share)};
}

Image shrunk(const Image& image, Size to) {
  if (image.size() == to) return image;
  return SeparableOperator{matrix::resampling_matrix({matrix::box, 0.5}, image.height(), to.height),
                           matrix::resampling_matrix({matrix::box, 0.5}, image.width(), to.width)}
      .apply(image);
}

struct Found {
  Plan free;  ///< with free means
  double gain;
  double range = 0, similarity = 0;  ///< of its thumbnail: 2nd to 98th percentile, 0..1; structural, to the target
  double missed = 0;                 ///< 1: as much as may be
  LensState state;                   ///< where its fit ended
};

/// How far a plan is from what is wanted, 1: as far as it may be. What shows first differs from pair to pair: structure
/// lost in a smooth target, a ghost in a flat cover. Also fills in what `judged` says of the thumbnail.
double misses(const Plan& plan, const Image& cover, const Image& target, double ghosting, Found& judged) {
  constexpr double kAt = 0.18;  // the ghosting at which just this may be
  constexpr double kDissimilar = 0.06, kLeakInCover = 0.11, kLeakInTarget = 0.14, kError = 0.36, kNorm = 4;
  constexpr double kFlat = 0.01;  // rms, of 1: there is nothing that a leak could be compared with
  const auto levels = [](const Image& image) { return mapped(image, [](double v) { return 255 * v; }); };
  const Image c = levels(cover), t = levels(target);
  const Likeness eye = likeness(levels(plan.seen), c, t), thumbnail = likeness(levels(plan.thumbnail), t, c);
  judged.range = thumbnail.range, judged.similarity = thumbnail.ssim;
  const auto leak = [&](const Likeness& l, const Image& wanted) { return luma_rms(wanted, 1, 1) < kFlat ? 0 : l.leak; };
  double sum = 0;
  for (const double part : {(1 - thumbnail.ssim) / kDissimilar, leak(eye, cover) / kLeakInCover,
                            leak(thumbnail, target) / kLeakInTarget, plan.error / kError})
    sum += std::pow(std::max(part, 0.0), kNorm) / 4;
  return std::pow(sum, 1 / kNorm) / (ghosting / kAt);
}

constexpr int kTries = 5, kMoreTries = 3;  // at a gain
constexpr double kLeastGain = 0.08, kMostGain = 0.6, kLeastMissed = 0.1, kOutwards = 0.4;
constexpr double kDrowning = 0.74, kMoreCover = 4, kMostMoreCover = 0.35, kLeastMoreCover = 0.05;
constexpr double kMissedForCast = 1.05;
constexpr double kSpareRange = 0.17, kSpareSimilarity = 0.93;  // of the thumbnail, to be left

/// `state`: where a fit of the same pictures ended, or empty.
Found find_gain(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, double gain,
                int tries, LensState state) {
  Found found{{}, gain, 0, 0, 0, std::move(state)};
  // What is missed grows as a power of the gain, steeply: regula falsi on logarithms, once there are gains on both
  // sides of 1.
  struct {
    double gain = 0, missed = 0;  // logarithms
  } low, high;
  bool below = false, above = false;
  for (int i = 0; i < tries && (progress::ask() || i == 0); ++i) {
    found.free = fit_in_lens(cover, target, room, o, found.gain, false, nullptr, &found.state, &found.state);
    found.missed = misses(found.free, cover, target, o.ghosting, found);
    const double miss = std::log(std::max(found.missed, kLeastMissed)), at = std::log(found.gain);
    if (miss < 0)
      below = true, low = {at, miss};
    else
      above = true, high = {at, miss};
    const double next = below && above ? low.gain - low.missed * (high.gain - low.gain) / (high.missed - low.missed)
                                       : at - kOutwards * miss;
    found.gain = std::clamp(std::exp(next), kLeastGain, kMostGain);
  }
  return found;
}

/// How much of the casts can be kept: what that misses grows with the square of the share. One try says how fast.
double castable(const Image& cover, const Image& target, const Image& room, const PlanOptions& o, const Found& found) {
  const Means means = with_casts(found.free, cover, target, o.keep_cast);
  Found tried{{}, found.gain, 0, 0, 0, {}};
  const double missed = misses(fit_in_lens(cover, target, room, o, found.gain, false, &means, &found.state, nullptr),
                               cover, target, o.ghosting, tried);
  if (missed <= kMissedForCast) return o.keep_cast;
  const double spare = std::max(0.0, kMissedForCast - found.missed), costs = missed - found.missed;
  return std::max(o.least_cast, o.keep_cast * std::sqrt(std::min(1.0, spare / costs)));
}

}  // namespace

Plan plan(const Image& cover, const Image& target, const Image& detail, double ratio, const PlanOptions& o) {
  Image room = detail;
  for (int c = 0; c < room.channels(); ++c)
    for (int y = 0; y < room.height(); ++y)
      for (int x = 0; x < room.width(); ++x) {
        const double u = cover.plane(c).row(y)[x];
        float& r = room.plane(c).row(y)[x];
        r = static_cast<float>(0.8 * 0.5 * 2.2 * 1.2 * std::pow(std::max(u, 0.1), 0.2) *
                               r);  // times the square of its gain
      }
  // Gain and means are found on a small grid.
  const Size small = within(cover.size(), 64);
  const Image small_cover = shrunk(cover, small), small_target = shrunk(target, small),
              small_room = shrunk(room, small);
  PlanOptions options = o;
  Found found = find_gain(small_cover, small_target, small_room, options, 0.25, kTries, {});
  // A cover that would drown in grain gets more contrast, where the target can spare some of its own.
  const double expected = expected_similarity(cover, detail, ratio, found.free.cover_contrast);
  for (double more = std::min(kMostMoreCover, kMoreCover * (kDrowning - expected));
       more > kLeastMoreCover && progress::ask(); more /= 2) {
    PlanOptions other = o;
    other.cover_strength *= 1 + more;
    Found tried = find_gain(small_cover, small_target, small_room, other, found.gain, kMoreTries, found.state);
    if (tried.range < kSpareRange || tried.similarity < kSpareSimilarity) continue;
    found = std::move(tried), options = other;
    break;
  }
  if (o.keep_cast <= 0 || cover.channels() < 3)
    return fit_in_lens(cover, target, room, options, found.gain, true, nullptr, &found.state, nullptr);
  const double share =
      o.keep_cast > o.least_cast ? castable(small_cover, small_target, small_room, options, found) : o.keep_cast;
  const Means means = with_casts(found.free, small_cover, small_target, share);
  return fit_in_lens(cover, target, room, options, found.gain, true, &means, &found.state, nullptr);
}

}  // namespace bifocal::tone
