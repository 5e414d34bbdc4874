// SPDX-License-Identifier: LGPL-3.0-or-later
// Transfer functions, eyes, and the gradient of problems with views that have them.
#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include <bifocal/problem.hpp>

#include "hot/eye.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "support/random_image.hpp"
#include "view/evaluator.hpp"

using namespace bifocal;

namespace {

Image noise(int height, int width, int channels, unsigned seed, float low = 0, float high = 255) {
  std::mt19937 random(seed);
  return random_levels(random, height, width, channels, low, high);
}

View scaled_view(const char* scaler, Size from, Size to, int channels, unsigned seed) {
  return View::scaled(Scaler::find(scaler), from, noise(to.height, to.width, channels, seed), 3.0);
}

/// Every kind of view at once, with pixel weights on some.
Problem mixed(Size size, int channels) {
  Problem p;
  p.cover = noise(size.height, size.width, channels, 1);
  p.views.push_back(View::pixels(size, 0.3));
  p.views.push_back(scaled_view("pillow-bicubic", size, {9, 7}, channels, 2));
  p.views.push_back(scaled_view("pillow-lanczos", size, {size.width + 5, size.height + 3}, channels, 3));
  View eye = View::eye(0.8, Channels::Each, noise(size.height, size.width, channels, 4), 2, Transfer::Srgb);
  eye.encode = Transfer::None;
  eye.pixel_weights = noise(size.height, size.width, 1, 5, 0, 2);
  p.views.push_back(eye);
  View luma = View::eye(1.3, Channels::Luma, noise(size.height, size.width, 1, 6), 4, Transfer::Srgb);
  luma.encode = Transfer::None;
  p.views.push_back(luma);
  View far = scaled_view("pillow-bilinear", size, {8, 6}, channels, 7);
  far.decode = far.encode = Transfer::Power;
  p.views.push_back(far);
  View plain = View::eye(1, Channels::Luma, noise(size.height, size.width, 1, 8), 1, Transfer::None);
  p.views.push_back(plain);
  return p;
}

}  // namespace

TEST_CASE("transfer functions and their inverses agree with their definitions", "[eye]") {
  for (const Transfer t : {Transfer::None, Transfer::Srgb, Transfer::Power})
    for (int level = 0; level < 256; ++level) {
      const double light = light::decode(t, level);
      CAPTURE(static_cast<int>(t), level);
      CHECK(light::encode(t, light) == Approx(level).margin(1e-3));
      CHECK(light::decode_table(t)[level] == Approx(light).margin(1e-4));
      if (level > 12 && level < 255) {
        const double e = 1e-4;
        CHECK(light::decode_slope(t, level) ==
              Approx((light::decode(t, level + e) - light::decode(t, level - e)) / (2 * e)).epsilon(1e-4));
        CHECK(light::encode_slope(t, light) == Approx(1 / light::decode_slope(t, level)).epsilon(1e-4));
      }
    }
  // IEC 61966-2-1: half of the light is level 187.5; level 128 is 21.6 % of it.
  CHECK(light::encode(Transfer::Srgb, 127.5) == Approx(187.516).margin(0.01));
  CHECK(light::decode(Transfer::Srgb, 128) / 255 == Approx(0.215861).margin(1e-5));
}

TEST_CASE("the fast sRGB curve stays near the exact one, and its slope is its own", "[eye]") {
  std::vector<float> level(2551), light(level.size()), ones(level.size(), 1.0f), slope(level.size(), 0.0f);
  for (std::size_t i = 0; i < level.size(); ++i) level[i] = 0.1f * i;
  hot::eye().srgb_light(level.data(), static_cast<int>(level.size()), light.data());
  hot::eye().srgb_chain(level.data(), ones.data(), static_cast<int>(level.size()), slope.data());
  for (std::size_t i = 0; i < level.size(); ++i) {
    CAPTURE(level[i]);
    REQUIRE(std::fabs(light[i] - light::decode(Transfer::Srgb, level[i])) < 0.09);
    REQUIRE(slope[i] > 0);
    if (i > 10 && i + 10 < level.size())
      REQUIRE(slope[i] ==
              Approx((light[i + 10] - light[i - 10]) / (level[i + 10] - level[i - 10])).epsilon(1e-2).margin(1e-3));
  }
}

TEST_CASE("an eye keeps flat images, and sees a checkerboard as light", "[eye]") {
  Image flat(20, 30, 3);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < 20; ++y) std::fill_n(flat.plane(c).row(y), 30, 40.f + 60 * c);
  const Image seen = light::seen(flat, 1.5);
  for (int c = 0; c < 3; ++c) CHECK(seen.plane(c).row(0)[29] == Approx(40 + 60 * c).margin(0.01));
  Image board(40, 40, 1);
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 40; ++x) board.plane(0).row(y)[x] = (x + y) % 2 ? 255.f : 0.f;
  CHECK(light::seen(board, 1.5).plane(0).row(20)[20] == Approx(187.5).margin(0.5));
  for (const int side : {1000, 10, 3}) {  // whatever the size: the grain never shows
    const Image8 far = light::from_afar(board, side);
    CHECK(std::max(far.width(), far.height()) <= side);
    for (int y = 0; y < far.height(); ++y)
      for (int x = 0; x < far.width(); ++x) CHECK(std::abs(far.plane(0).row(y)[x] - 187.5) <= 1);
  }
}

TEST_CASE("the gradient of any mix of views agrees with finite differences", "[eye]") {
  const int channels = GENERATE(1, 3);
  const Size size = GENERATE(Size{37, 29}, Size{70, 67}, Size{13, 90});
  CAPTURE(channels, size.width, size.height);
  const Problem p = mixed(size, channels);
  view::Evaluator evaluate(p);
  const Image x = noise(size.height, size.width, channels, 11, 20, 235);
  Image gradient;
  const double value = evaluate(x, gradient);
  CHECK(value == Approx(objective(p, x)).epsilon(2e-3));  // objective() decodes exactly, the evaluator by a polynomial
  for (unsigned seed = 20; seed < 24; ++seed) {
    const Image direction = noise(size.height, size.width, channels, seed, -1, 1);
    const auto at = [&](double t) {
      Image moved = x;
      for (int c = 0; c < channels; ++c)
        for (int y = 0; y < size.height; ++y)
          for (int i = 0; i < size.width; ++i)
            moved.plane(c).row(y)[i] += static_cast<float>(t) * direction.plane(c).row(y)[i];
      return evaluate.value(moved);
    };
    double slope = 0;
    for (int c = 0; c < channels; ++c)
      for (int y = 0; y < size.height; ++y)
        for (int i = 0; i < size.width; ++i) slope += gradient.plane(c).row(y)[i] * direction.plane(c).row(y)[i];
    CHECK((at(1) - at(-1)) / 2 == Approx(slope).epsilon(2e-3).margin(1e-5 * value));
  }
}

TEST_CASE("each view's gradient is the adjoint of what it shows", "[eye]") {
  // A linear view's cost is quadratic: f(x + d) − f(x) − ⟨g, d⟩ = w/2 |A d|² exactly.
  const Size size{41, 33};
  for (const char* scaler : {"pillow-box", "pillow-bicubic", "opencv-area"})
    for (const Size to : {Size{10, 9}, Size{41, 33}, Size{60, 50}}) {
      if (std::string(scaler) == "opencv-area" && to.width > size.width) continue;
      CAPTURE(scaler, to.width);
      Problem p;
      p.cover = noise(size.height, size.width, 1, 1);
      p.views.push_back(View::scaled(Scaler::find(scaler), size, noise(to.height, to.width, 1, 2), 1.5));
      view::Evaluator evaluate(p);
      const Image x = noise(size.height, size.width, 1, 3), d = noise(size.height, size.width, 1, 4, -50, 50);
      Image moved = x, gradient;
      const double before = evaluate(x, gradient);
      double slope = 0;
      for (int y = 0; y < size.height; ++y)
        for (int i = 0; i < size.width; ++i) {
          moved.plane(0).row(y)[i] += d.plane(0).row(y)[i];
          slope += gradient.plane(0).row(y)[i] * d.plane(0).row(y)[i];
        }
      const Image ad = p.views[0].look.apply(d);
      double quadratic = 0;
      for (int y = 0; y < ad.height(); ++y)
        for (int i = 0; i < ad.width(); ++i) quadratic += 0.75 * ad.plane(0).row(y)[i] * ad.plane(0).row(y)[i];
      CHECK(evaluate.value(moved) - before - slope == Approx(quadratic).epsilon(1e-3));
    }
}
