// SPDX-License-Identifier: LGPL-3.0-or-later
// A plain cover shows ghosts that a textured one hides: tone planning keeps them out of it.
#include <catch2/catch.hpp>

#include <cmath>

#include <algorithm>

#include <bifocal/appearance.hpp>
#include <bifocal/request.hpp>

#include "image/mapped.hpp"
#include "tone/masking.hpp"
#include "tone/plan.hpp"

using namespace bifocal;

namespace {

constexpr int kSide = 64;

Image drawn(int channels, float (*value)(float x, float y)) {
  Image image(kSide, kSide, channels);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < kSide; ++y)
      for (int x = 0; x < kSide; ++x)
        image.plane(c).row(y)[x] = value(static_cast<float>(x) / (kSide - 1), static_cast<float>(y) / (kSide - 1));
  return image;
}

float sky(float, float y) { return 0.2f + 0.6f * y; }
float waves(float x, float y) { return 0.5f + 0.35f * std::sin(25 * x) * std::cos(19 * y); }
float smooth(float, float) { return 0; }

}  // namespace

TEST_CASE("errors of what is seen count most where the cover is flat", "[eye]") {
  const tone::PlanOptions o;
  std::vector<float> seen(kSide * kSide), room(kSide * kSide, 0.0f);
  // A ramp; texture of the grid's own in its upper quarter, beyond the grid in its lowest quarter.
  for (int y = 0; y < kSide; ++y)
    for (int x = 0; x < kSide; ++x) {
      const std::size_t at = static_cast<std::size_t>(y) * kSide + x;
      seen[at] = 0.3f + 0.3f * static_cast<float>(x) / kSide;
      if (y < kSide / 4) seen[at] += (x + y) % 2 ? 0.05f : -0.05f;
      if (y >= 3 * kSide / 4) room[at] = 0.002f;
    }
  const std::vector<float> cares = tone::cares({room}, {seen}, kSide, kSide, o),
                           margins = tone::low_margins({room}, kSide, kSide, o);
  const auto middle = [&](const std::vector<float>& plane, int y) { return plane[y * kSide + kSide / 2]; };
  CHECK(middle(cares, kSide / 8) < o.textured_care + 0.2);
  CHECK(middle(cares, kSide / 2) > o.flat_care - 0.2);
  CHECK(middle(cares, 7 * kSide / 8) < o.textured_care + 0.2);
  // Grain is hidden by what is as fine as grain.
  CHECK(middle(margins, kSide / 8) == Approx(o.flat_margin));
  CHECK(middle(margins, 7 * kSide / 8) == Approx(o.low_margin).margin(0.005));
}

TEST_CASE("a plain cover keeps most of a target's ghost out", "[eye]") {
  const int channels = GENERATE(1, 3);
  const Image cover = drawn(channels, sky), target = drawn(channels, waves), detail = drawn(channels, smooth);
  const auto leak = [&](const tone::PlanOptions& o) {
    const auto levels = [](const Image& image) { return mapped(image, [](double v) { return 255 * v; }); };
    return likeness(levels(tone::plan(cover, target, detail, 4, o).seen), levels(cover), levels(target)).leak;
  };
  const double with = leak({}), without = leak({.flat_care = 1, .textured_care = 1});
  CAPTURE(with, without);
  CHECK(with < 0.5 * without);
}

TEST_CASE("that a plain cover hides little is said, of one thumbnail and of several views", "[eye]") {
  const int views = GENERATE(1, 2);
  const auto levels = [](const Image& image) { return to_bytes(mapped(image, [](double v) { return 255 * v; })); };
  const auto said = [&](const Image& cover) {
    Request r;
    r.cover = levels(cover);
    r.goal = EyeGoal{};
    r.targets.clear();
    for (int k = 0; k < views; ++k)
      r.targets.push_back({levels(drawn(1, waves)), {}, {16, 16}, 0, k ? "opencv-area" : "pillow-bicubic", 1});
    SolveOptions few;
    few.max_sweeps = 1;
    const Result result = run(r, few);
    return std::ranges::any_of(result.messages, [](const Message& m) { return m.code == kPlainCover; });
  };
  CAPTURE(views);
  CHECK(said(drawn(1, sky)));
  CHECK_FALSE(said(drawn(1, waves)));
}
