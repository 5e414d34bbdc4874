// SPDX-License-Identifier: LGPL-3.0-or-later
// What has regular detail but hides nothing is not accused; text that a picking scaler shows is found.
// tests/bench/reveal_corpus.py does the same over some hundreds of pictures, and counts.
#include <catch2/catch.hpp>

#include <bifocal/reveal.hpp>

#include "support/drawings.hpp"
#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

RevealOptions few() {
  RevealOptions options;
  options.scalers = {"pillow-bicubic", "pillow-nearest", "opencv-linear", "opencv-lanczos4"};
  options.tile = 32;
  return options;
}

}  // namespace

TEST_CASE("text, tables, pixel art, mosaics, enlargements, dithers and the like are not called disguises",
          "[reveal][peer]") {
  Peer peer;
  for (const drawings::Innocent& i : drawings::innocents(peer.load(IMAGES "/coffee.png", 1, {256, 192}))) {
    const Reveal r = reveal(i.image, few());
    CAPTURE(i.kind, r.verdict, r.suspicion);
    CHECK_FALSE(r.hides);
    CHECK(r.suspicion < 0.5);
    for (const RevealTile& t : r.tiles) CHECK_FALSE(t.hides);
  }
}

TEST_CASE("hidden text is found, in the scalers that show it only", "[reveal][peer]") {
  Peer peer;
  for (const auto& [cover, ratio, lines, levels] :
       {std::tuple("coffee.png", 4, 1, 90), std::tuple("coffee.png", 4, 5, 60), std::tuple("astronaut.png", 3, 2, -75),
        std::tuple("chelsea.png", 5, 3, 100), std::tuple("rocket.jpg", 2, 2, 70)}) {
    const Image8 photo = peer.load(std::string(IMAGES "/") + cover, 3, {96 * ratio, 72 * ratio});
    RevealOptions options = few();
    options.sizes = {{96, 72}, {48, 36}};
    const Reveal r = reveal(drawings::with_hidden_text(photo, ratio, lines, levels), options);
    CAPTURE(cover, ratio, lines, levels, r.verdict);
    CHECK(r.finding == Finding::Hides);
    CHECK(r.verdict.find("pillow-nearest at 96x72") != std::string::npos);
    for (const RevealTile& t : r.tiles) {
      CAPTURE(t.scaler, t.size.width);
      // At an odd ratio what interpolates falls on the same single pixel.
      const bool picks = t.scaler == "pillow-nearest" || (ratio % 2 == 1 && t.scaler != "pillow-bicubic");
      if (t.x >= 0) CHECK(t.hides == (picks && t.size == Size{96, 72}));
    }
    // Where nobody looks at that size, the search does.
    options.sizes = {{48, 36}};
    CHECK(reveal(drawings::with_hidden_text(photo, ratio, lines, levels), options).hides);
    CHECK_FALSE(reveal(photo, options).hides);
  }
}
