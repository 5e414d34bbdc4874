// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/report.hpp>
#include <bifocal/scaler.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

TEST_CASE("PSNR and SSIM are scikit-image's", "[report][peer]") {
  Peer peer;
  std::mt19937 random(5);
  const auto [height, width, channels] =
      GENERATE(table<int, int, int>({{64, 64, 1}, {37, 101, 3}, {200, 130, 3}, {11, 11, 1}}));
  CAPTURE(height, width, channels);
  const Image8 a = smooth_image(1, height, width, channels), noise = random_image(random, height, width, channels);
  Image8 b = a;
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        b.plane(c).row(y)[x] = static_cast<std::uint8_t>((3 * a.plane(c).row(y)[x] + noise.plane(c).row(y)[x]) / 4);
  CHECK(psnr(a, b) == Approx(peer.compare("psnr", a, b)).epsilon(1e-9));
  CHECK(ssim(a, b) == Approx(peer.compare("ssim", a, b)).margin(2e-5));
}

TEST_CASE("SSIM of a large image leaves out every second row and is scikit-image's to a thousandth", "[report][peer]") {
  Peer peer;
  const Image8 a = peer.load(IMAGES "/astronaut.png", 3, {512, 512}),
               b = peer.load(IMAGES "/astronaut.png", 3, {500, 401});
  const Image8 small = Scaler::find("pillow-bicubic").resize(a, {128, 128}),
               blurred = Scaler::find("pillow-bicubic").resize(small, {512, 512});
  const Image8 odd = Scaler::find("pillow-box").resize(Scaler::find("pillow-box").resize(b, {100, 90}), {500, 401});
  CHECK(ssim(a, blurred) == Approx(peer.compare("ssim", a, blurred)).margin(1e-3));
  CHECK(ssim(b, odd) == Approx(peer.compare("ssim", b, odd)).margin(1e-3));
  CHECK(ssim(a, a) == Approx(1));
}

TEST_CASE("equal images are infinitely alike", "[report]") {
  const Image8 a = smooth_image(2, 5, 4, 3);
  CHECK(std::isinf(psnr(a, a)));
  CHECK(ssim(a, a) == Approx(1));
  CHECK_THROWS_AS(psnr(a, Image8(5, 5, 3)), Error);
}
