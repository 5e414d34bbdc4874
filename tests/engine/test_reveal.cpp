// SPDX-License-Identifier: LGPL-3.0-or-later
// Reveal tells images that hide another one from untouched photographs.
#include <catch2/catch.hpp>

#include <cstdio>

#include <bifocal/error.hpp>
#include <bifocal/request.hpp>
#include <bifocal/reveal.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

RevealOptions few() {
  RevealOptions options;
  options.scalers = {"pillow-bicubic", "opencv-area", "opencv-linear", "pillow-nearest"};
  return options;
}

}  // namespace

TEST_CASE("untouched photographs hide nothing", "[reveal][peer]") {
  Peer peer;
  // The project's samples, and photographs that come with python3-skimage.
  const std::string skimage = "/usr/lib/python3/dist-packages/skimage/data/";
  for (const std::string& file : {std::string(IMAGES "/astronaut.png"), std::string(IMAGES "/chelsea.png"), std::string(IMAGES "/coffee.png"),
                                  std::string(IMAGES "/camera.png"), std::string(IMAGES "/rocket.jpg"), skimage + "coins.png",
                                  skimage + "motorcycle_left.png", skimage + "brick.png", skimage + "gravel.png", skimage + "hubble_deep_field.jpg",
                                  skimage + "grass.png", skimage + "ihc.png", skimage + "moon.png", skimage + "cell.png"}) {
    const Reveal r = reveal(peer.load(file, 3), few());
    CAPTURE(file, r.verdict, r.suspicion, r.mismatch);
    CHECK_FALSE(r.hides);
    CHECK(r.suspicion < 0.5);
  }
}

TEST_CASE("images made to become another one are found, at sizes that nobody named", "[reveal][peer]") {
  Peer peer;
  struct Made {
    const char *cover, *target, *scaler;
    int side, small;
    Appearance appearance;
  };
  const Made made[] = {{"astronaut.png", "chelsea.png", "pillow-nearest", 384, 96, Appearance::Pixels},
                       {"coffee.png", "astronaut.png", "opencv-nearest", 400, 100, Appearance::Pixels},
                       {"chelsea.png", "coffee.png", "opencv-linear", 384, 120, Appearance::Pixels},
                       {"rocket.jpg", "chelsea.png", "opencv-cubic", 512, 64, Appearance::Pixels},
                       {"astronaut.png", "rocket.jpg", "opencv-lanczos4", 512, 64, Appearance::Pixels},
                       {"astronaut.png", "chelsea.png", "pillow-bicubic", 512, 128, Appearance::Pixels},
                       {"coffee.png", "astronaut.png", "pillow-box", 512, 128, Appearance::Pixels},
                       {"chelsea.png", "coffee.png", "pillow-lanczos", 400, 100, Appearance::Pixels},
                       {"astronaut.png", "rocket.jpg", "pillow-bilinear", 512, 170, Appearance::Pixels},
                       {"coffee.png", "rocket.jpg", "opencv-area", 512, 64, Appearance::Pixels},
                       {"chelsea.png", "camera.png", "pillow-bicubic", 400, 133, Appearance::Pixels},
                       {"coffee.png", "astronaut.png", "pillow-bicubic", 512, 128, Appearance::Eye},
                       {"astronaut.png", "coffee.png", "pillow-lanczos", 512, 128, Appearance::Eye},
                       {"chelsea.png", "astronaut.png", "opencv-area", 400, 100, Appearance::Eye},
                       {"rocket.jpg", "coffee.png", "any", 512, 96, Appearance::Eye}};
  for (const Made& m : made) {
    Request request;
    request.cover = peer.load(std::string(IMAGES "/") + m.cover, 3, {m.side, m.side});
    request.target = peer.load(std::string(IMAGES "/") + m.target, 3, {m.small, m.small});
    request.scaler = m.scaler;
    request.appearance = m.appearance;
    const Reveal r = reveal(run(request).image, few());
    CAPTURE(m.cover, m.target, m.scaler, m.appearance == Appearance::Eye, r.verdict, r.suspicion, r.mismatch);
    CHECK(r.hides);
    CHECK(r.suspicion >= 0.5);
  }
}

TEST_CASE("the contact sheet holds every picture, and bad requests are named", "[reveal]") {
  RevealOptions options = few();
  options.sizes = {{32, 24}, {64, 48}};
  options.search = false;
  options.tile = 48;
  const Image8 image = smooth_image(4, 96, 128, 3);
  const Reveal r = reveal(image, options);
  REQUIRE(r.tiles.size() == 8);
  for (const RevealTile& t : r.tiles) {
    CHECK(t.x >= 0);
    CHECK(t.x + 2 * t.width <= r.sheet.width());
    CHECK(t.y + t.height <= r.sheet.height());
    const Image8 small = Scaler::find(t.scaler).resize(image, t.size);
    CHECK(r.sheet.plane(1).row(t.y)[t.x] == small.plane(1).row(0)[0]);
  }
  CHECK_THROWS_AS(reveal(Image8(), options), Error);
  options.scalers = {"photoshop"};
  CHECK_THROWS_AS(reveal(image, options), Error);
}
