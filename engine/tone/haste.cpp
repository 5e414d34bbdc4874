// SPDX-License-Identifier: LGPL-3.0-or-later
#include "tone/haste.hpp"

#include <tbb/task_arena.h>

#include "image/mapped.hpp"
#include "matrix/compiled.hpp"
#include "progress/parallel.hpp"
#include "tone/looks.hpp"

namespace bifocal::tone {
namespace {

constexpr int kMost = 128;
/// PlanOptions::cover_colour, target_colour: without a solver that aims again, what is wished for beyond the lens comes
/// out as ghosts.
constexpr double kColour = 1;

/// Asks, and goes on whatever the answer; what is thrown ends it.
class Unhurried final : public progress::Asked {
 public:
  explicit Unhurried(progress::Asked& asked) : asked_(asked) {}
  bool go_on() override { return asked_.go_on(), true; }

 private:
  progress::Asked& asked_;
};

/// planned, which is that of `small`, on the grid of `image`: up(planned) + contrast (image − up(small)).
Image with_detail(const Image& planned, const Image& image, const Image& small, double contrast) {
  const SeparableOperator larger = resampling(kernel('c'), small.size(), image.size());
  Image out = matrix::apply(larger, planned);
  const Image smooth = matrix::apply(larger, small);
  const float k = static_cast<float>(contrast);
  parallel_for(0, image.height(), [&](int y) {
    for (int c = 0; c < image.channels(); ++c) {
      float* to = out.plane(c).row(y);
      const float *sharp = image.plane(c).row(y), *blurred = smooth.plane(c).row(y);
      for (int x = 0; x < image.width(); ++x) to[x] += k * (sharp[x] - blurred[x]);
    }
  });
  return out;
}

}  // namespace

Pictures pictures_in_haste(const Image8& cover, const Image& coarse, const Image& target, const TwoInOneOptions& o,
                           progress::Asked& asked) {
  Unhurried unhurried(asked);
  const SeparableOperator smaller = resampling(kernel('b'), target.size(), within(target.size(), kMost));
  TwoInOneOptions plain = o;
  plain.plan.cover_colour = plain.plan.target_colour = kColour;
  Pictures p;
  progress::run(tbb::this_task_arena::max_concurrency(), unhurried, [&] {
    const Image small_coarse = matrix::apply(smaller, coarse), small_target = matrix::apply(smaller, target);
    p = pictures(cover, small_coarse, small_target, plain);
    p.thumbnail = clipped(with_detail(p.thumbnail, target, small_target, p.plan.target_contrast), 0, 255);
    p.plan.thumbnail = mapped(p.thumbnail, [](double level) { return level / 255; });
    // The base is without the cover's detail beyond its grid, and the finer grid has more of that.
    p.base = with_detail(p.base, coarse, small_coarse, p.plan.cover_contrast - p.plan.detail);
  });
  return p;
}

}  // namespace bifocal::tone
