// SPDX-License-Identifier: LGPL-3.0-or-later
// The size of a thumbnail that keeps an image's shape: against the programs that make them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include <bifocal/request.hpp>
#include <bifocal/thumbnail_size.hpp>

#include "support/peer.hpp"

using namespace bifocal;

namespace {

struct Program {
  const char *library, *scaler;
  int random_cases;  // on top of the fixed ones
};

}  // namespace

TEST_CASE("thumbnails that keep the shape have the size that real software gives them", "[thumbnail-size][peer]") {
  Peer peer;
  for (const Program& program : {Program{"pillow", "pillow-bicubic", 3000},
                                 {"imagemagick", "imagemagick-thumbnail", 4},
                                 {"graphicsmagick", "graphicsmagick-resize", 4},
                                 {"libvips", "libvips-thumbnail", 4}}) {
    struct Case {
      Size image, box;
    };
    // The first ones are where Pillow's rule and the nearest number differ, or a half is to be rounded.
    std::vector<Case> cases{{{490, 200}, {6, 6}},   {{200, 490}, {6, 6}},     {{300, 100}, {50, 50}},
                            {{200, 100}, {25, 25}}, {{600, 400}, {100, 100}}, {{600, 400}, {100, 66}},
                            {{64, 48}, {10, 10}},   {{1000, 3}, {20, 20}}};
    std::mt19937 random(5);
    const auto up_to = [&](int most) { return std::uniform_int_distribution(2, most)(random); };
    for (int i = 0; i < program.random_cases; ++i) {
      const Size image{up_to(900), up_to(900)};
      cases.push_back({image, {up_to(std::max(2, image.width / 2)), up_to(std::max(2, image.height / 2))}});
    }
    for (const auto& [image, box] : cases) {
      if (box.width >= image.width && box.height >= image.height) continue;  // no thumbnail
      const Size real = peer.thumbnail_size(program.library, image, box),
                 ours = thumbnail_size(image, box, program.scaler);
      CAPTURE(program.library, image.width, image.height, box.width, box.height, real.width, real.height, ours.width,
              ours.height);
      REQUIRE(ours == real);
      REQUIRE(keeps_shape(image, real, program.scaler) == (thumbnail_size(image, real, program.scaler) == real));
    }
  }
}

TEST_CASE("a small image of another shape is told from one of the image's own", "[thumbnail-size]") {
  CHECK(keeps_shape({600, 400}, {100, 67}, "pillow-bicubic"));
  CHECK_FALSE(keeps_shape({600, 400}, {100, 66}, "pillow-bicubic"));  // thumbnail((100, 66)) makes 99x66
  CHECK_FALSE(keeps_shape({600, 400}, {100, 100}, "pillow-bicubic"));
  CHECK_FALSE(keeps_shape({600, 400}, {100, 100}, "opencv-area"));
  CHECK(keeps_shape({600, 400}, {100, 66}, "opencv-area"));  // int(100 * 400 / 600), as most scripts write it
  CHECK(keeps_shape({600, 400}, {100, 67}, "opencv-area"));
  CHECK(keeps_shape({600, 400}, {100, 67}, kAnyScaler));
  CHECK(keeps_shape({512, 512}, {100, 100}, "imagemagick-resize"));
  CHECK(keeps_shape({5000, 3}, {100, 1}, "libvips-thumbnail"));
}

TEST_CASE("options are checked without a request", "[options]") {
  check_options("");
  check_options("seed=3  jpeg=85 ");
  CHECK_THROWS_WITH(check_options("colour=blue"),
                    Catch::Contains("no option \"colour\"") && Catch::EndsWith("target-strength"));
  CHECK_THROWS_WITH(check_options("colour=blue", ", fit"), Catch::EndsWith("target-strength, fit"));
  CHECK_THROWS_WITH(check_options("jpeg"), Catch::Contains("jpeg=0"));
  CHECK_THROWS_WITH(check_options("jpeg=20"), Catch::Contains("50 to 100"));
}
