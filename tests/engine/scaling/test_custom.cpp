// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <bifocal/error.hpp>
#include <bifocal/scaler.hpp>

#include "support/random_image.hpp"

using namespace bifocal;

TEST_CASE("a custom scaler is what its words say", "[custom]") {
  std::mt19937 random(5);
  const Image8 image = random_image(random, 120, 90, 3);
  const Size to{31, 40};
  struct Same {
    std::string custom, known;
  };
  // Named scalers that are one float kernel and one rounding.
  for (const Same& s : {Same{"custom:kernel=triangle,rounding=down", "imagemagick-triangle"},
                        Same{"custom:kernel=catmull-rom,rounding=down", "imagemagick-catrom"},
                        Same{"custom:kernel=lanczos3", "swscale-lanczos"}}) {
    CAPTURE(s.custom);
    CHECK(mismatches(Scaler::find(s.custom).resize(image, to), Scaler::find(s.known).resize(image, to)) == 0);
  }
  CHECK(Scaler::find("custom:kernel=box,light=linear").info().light == Light::Linear);
  CHECK_FALSE(Scaler::find("custom:kernel=box,antialias=no").info().antialiases);
  CHECK(Scaler::find("custom:kernel=triangle,antialias=no").matrices({100, 100}, {25, 25}).horizontal.support() <= 2);
  CHECK(Scaler::find("custom:kernel=lanczos3,support=6").matrices({100, 100}, {25, 25}).horizontal.support() >= 40);
  CHECK(Scaler::find("custom:kernel=mitchell").info().id == "custom:kernel=mitchell");
}

TEST_CASE("every kernel keeps a flat image, in every size", "[custom]") {
  for (const char* kernel : {"box", "triangle", "hermite", "hamming", "catmull-rom", "mitchell", "b-spline", "gaussian",
                             "lanczos2", "lanczos3", "lanczos4"})
    for (const char* more : {"", ",antialias=no", ",support=0.25", ",support=16", ",light=linear"}) {
      const std::string id = std::string("custom:kernel=") + kernel + more;
      CAPTURE(id);
      Image8 flat(7, 60, 1);
      for (int y = 0; y < 7; ++y) std::fill_n(flat.plane(0).row(y), 60, std::uint8_t{77});
      for (const Size to : {Size{1, 1}, Size{13, 3}, Size{60, 7}, Size{100, 21}}) {
        const Image8 out = Scaler::find(id).resize(flat, to);
        for (int y = 0; y < to.height; ++y)
          for (int x = 0; x < to.width; ++x) REQUIRE(out.plane(0).row(y)[x] == 77);
      }
    }
}

TEST_CASE("a custom scaler refuses words that it does not know", "[custom]") {
  for (const char* id : {"custom:", "custom:kernel=square", "custom:kernel=box,light=red", "custom:kernel=box,blur=2",
                         "custom:kernel=box,support=0", "custom:kernel=box,support=nan", "custom:kernel=box,antialias",
                         "custom:kernel=box,rounding=up", "custom:support=2"}) {
    CAPTURE(id);
    CHECK_THROWS_AS(Scaler::find(id), Error);
  }
  CHECK_THROWS_WITH(Scaler::find("custom:kernel=square"), Catch::Contains("lanczos3"));
}
