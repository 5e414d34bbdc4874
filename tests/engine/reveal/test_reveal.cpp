// SPDX-License-Identifier: LGPL-3.0-or-later
// Reveal tells images that hide another one from untouched photographs.
#include <catch2/catch.hpp>

#include <cstdio>

#include <bifocal/error.hpp>
#include <bifocal/request.hpp>
#include <bifocal/reveal.hpp>
#include <bifocal/views.hpp>

#include "reveal/coarse.hpp"
#include "reveal/lattice.hpp"
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
  // The project's samples, and photographs that come with python3-skimage and opencv-doc; bricks, text, a circuit
  // board, a facade, and JPEG's blocks among them.
  const std::string skimage = "/usr/lib/python3/dist-packages/skimage/data/",
                    opencv = "/usr/share/doc/opencv-doc/examples/data/";
  for (const std::string& file :
       {std::string(IMAGES "/astronaut.png"), std::string(IMAGES "/chelsea.png"), std::string(IMAGES "/coffee.png"),
        std::string(IMAGES "/camera.png"), std::string(IMAGES "/rocket.jpg"), skimage + "coins.png",
        skimage + "motorcycle_left.png", skimage + "brick.png", skimage + "gravel.png",
        skimage + "hubble_deep_field.jpg", skimage + "grass.png", skimage + "ihc.png", skimage + "moon.png",
        skimage + "cell.png", opencv + "board.jpg", opencv + "building.jpg", opencv + "aero1.jpg",
        opencv + "baboon.jpg"}) {
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
                       {"coffee.png", "rocket.jpg", "pillow-bicubic", 600, 113, Appearance::Pixels},
                       {"astronaut.png", "coffee.png", "pillow-bicubic", 256, 64, Appearance::Pixels},
                       {"rocket.jpg", "astronaut.png", "pillow-lanczos", 405, 150, Appearance::Pixels},
                       {"chelsea.png", "astronaut.png", "pillow-box", 512, 256, Appearance::Pixels},
                       {"coffee.png", "astronaut.png", "pillow-bicubic", 512, 128, Appearance::Eye},
                       {"astronaut.png", "coffee.png", "pillow-lanczos", 512, 128, Appearance::Eye},
                       {"chelsea.png", "astronaut.png", "opencv-area", 400, 100, Appearance::Eye},
                       {"rocket.jpg", "coffee.png", "any", 512, 96, Appearance::Eye}};
  for (const Made& m : made) {
    Request request;
    request.cover = peer.load(std::string(IMAGES "/") + m.cover, 3, {m.side, m.side});
    request.target().picture = peer.load(std::string(IMAGES "/") + m.target, 3, {m.small, m.small});
    request.target().scaler = m.scaler;
    request.goal = goal_of(m.appearance);
    const Reveal r = reveal(run(request).image, few());
    CAPTURE(m.cover, m.target, m.scaler, m.appearance == Appearance::Eye, r.verdict, r.suspicion, r.mismatch);
    // Pixel by pixel for a scaler that averages, the image is the target at its own size, too: it hides nothing, but
    // its detail lies on the target's grid.
    if (m.appearance == Appearance::Pixels && Scaler::find(m.scaler).info().antialiases) {
      CHECK(r.finding != Finding::Nothing);
      continue;
    }
    CHECK(r.finding == Finding::Hides);
    CHECK(r.suspicion >= 0.5);
  }
}

TEST_CASE("the lattice of a thumbnail is found at its size, and JPEG's blocks are told from it", "[reveal][peer]") {
  Peer peer;
  const Image8 cover = coarse_view::luma(peer.load(IMAGES "/coffee.png", 3, {480, 360}));
  Request request;
  request.cover = cover;
  request.target().picture = coarse_view::luma(peer.load(IMAGES "/astronaut.png", 3, {100, 75}));
  for (const char* scaler : {"pillow-box", "pillow-bicubic", "opencv-area"}) {
    request.target().scaler = scaler;
    const lattice::Lattice found = lattice::strongest(run(request).image);
    CAPTURE(scaler, found.size.width, found.size.height, found.z, found.depth);
    CHECK(found.size == Size{100, 75});
    CHECK(found.evidence > 1.2);
  }
  CHECK(lattice::strongest(cover).evidence < 0.7);
  CHECK_FALSE(lattice::compressed_in_blocks(cover));
  for (const int quality : {50, 75, 85}) {
    const Image8 compressed =
        coarse_view::luma(peer.after_jpeg(peer.load(IMAGES "/coffee.png", 3, {480, 360}), quality, 2));
    CAPTURE(quality);
    CHECK(lattice::compressed_in_blocks(compressed));
    CHECK(lattice::strongest(compressed).evidence < 1);
  }
}

TEST_CASE("images that an eye and an enlargement see differently are found", "[reveal][peer]") {
  Peer peer;
  for (const char* scaler : {"pillow-bicubic", "opencv-nearest"}) {
    Request request;
    request.cover = peer.load(IMAGES "/chelsea.png", 3, {360, 270});
    request.goal = EyeGoal();
    Target large;
    large.picture = peer.load(IMAGES "/rocket.jpg", 3, {540, 405});
    large.factor = 1.5;
    large.scaler = scaler;
    request.targets.push_back(std::move(large));
    const Reveal r = reveal(run(request).image, few());
    CAPTURE(scaler, r.verdict, r.suspicion);
    CHECK(r.hides);
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
