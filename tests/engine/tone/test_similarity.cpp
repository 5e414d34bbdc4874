// SPDX-License-Identifier: LGPL-3.0-or-later
// What is expected of a dithered picture before it is made, and what tone planning makes of it.
#include <catch2/catch.hpp>

#include <cmath>

#include "tone/plan.hpp"
#include "tone/similarity.hpp"

using namespace bifocal;

namespace {

Image waves(int size, int channels, float mean, float height) {
  Image image(size, size, channels);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < size; ++y)
      for (int x = 0; x < size; ++x)
        image.plane(c).row(y)[x] =
            mean + height * std::sin(0.4f * static_cast<float>(x)) * std::cos(0.3f * static_cast<float>(y));
  return image;
}

}  // namespace

TEST_CASE("the expected similarity grows with contrast and with what there is to see", "[eye]") {
  const int channels = GENERATE(1, 3);
  const Image flat(48, 48, channels), strong = waves(48, channels, 0.5f, 0.4f), weak = waves(48, channels, 0.5f, 0.1f);
  double before = 0;
  for (double contrast : {0.1, 0.2, 0.4, 1.0}) {
    const double now = tone::expected_similarity(weak, flat, 4, contrast);
    CHECK(now > before);
    CHECK(now < 1);
    before = now;
  }
  CHECK(tone::expected_similarity(strong, flat, 4, 0.2) > tone::expected_similarity(weak, flat, 4, 0.2) + 0.05);
  // The same picture, spread over more pixels, has less in each window.
  CHECK(tone::expected_similarity(strong, flat, 16, 0.2) < tone::expected_similarity(strong, flat, 4, 0.2));
  // Detail beyond the thumbnail's grid counts.
  CHECK(tone::expected_similarity(weak, waves(48, channels, 0.02f, 0), 4, 0.2) >
        tone::expected_similarity(weak, flat, 4, 0.2) + 0.05);
  // Nothing to see: the index's constant alone against the grain.
  const double c = 0.03 * 0.03, grain = std::pow(2.0 / 255 / 0.2, 2);
  CHECK(tone::expected_similarity(flat, flat, 4, 0.2) == Approx(c / (c + grain)));
}

TEST_CASE("a cover that would drown in grain gets more contrast", "[eye]") {
  const Image flat(64, 64, 1), target = waves(64, 1, 0.5f, 0.3f);
  Image ramp(64, 64, 1);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) ramp.plane(0).row(y)[x] = 0.2f + 0.6f * static_cast<float>(x) / 63;
  // The target has contrast to spare. The same ramp, over so few pixels that it is steep and over so many that nothing
  // but grain is seen of it.
  const tone::Plan steep = tone::plan(ramp, target, flat, 0.05, {.target_strength = 2.5}),
                   slow = tone::plan(ramp, target, flat, 32, {.target_strength = 2.5});
  REQUIRE(tone::expected_similarity(ramp, flat, 0.05, steep.cover_contrast) > 0.9);
  CHECK(slow.cover_contrast / slow.target_contrast > 1.05 * steep.cover_contrast / steep.target_contrast);
  CHECK(slow.cover_contrast / slow.target_contrast < 1.4 * steep.cover_contrast / steep.target_contrast);
}
