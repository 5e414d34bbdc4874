// SPDX-License-Identifier: LGPL-3.0-or-later
// The solver of images "to the eye": its objective and gradient, its half grid, and JPEG.
#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include <bifocal/problem.hpp>
#include <bifocal/request.hpp>

#include "hot/dither.hpp"
#include "image/jpeg.hpp"
#include "light/eye.hpp"
#include "light/transfer.hpp"
#include "matrix/kernel.hpp"
#include "support/peer.hpp"
#include "support/random_image.hpp"
#include "support/text_request.hpp"
#include "tone/dither_solver.hpp"
#include "tone/half_grid.hpp"
#include "tone/ordered.hpp"

using namespace bifocal;

namespace {

Image noise(int height, int width, int channels, unsigned seed, float low = 0, float high = 255) {
  std::mt19937 random(seed);
  return random_levels(random, height, width, channels, low, high);
}

Image moved(const Image& x, const Image& direction, float t) {
  Image out = x;
  for (int c = 0; c < x.channels(); ++c)
    for (int y = 0; y < x.height(); ++y)
      for (int i = 0; i < x.width(); ++i) out.plane(c).row(y)[i] += t * direction.plane(c).row(y)[i];
  return out;
}

double inner(const Image& a, const Image& b) {
  double sum = 0;
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      for (int i = 0; i < a.width(); ++i) sum += static_cast<double>(a.plane(c).row(y)[i]) * b.plane(c).row(y)[i];
  return sum;
}

/// wish_row() gives the gradient times the root of the metric.
Image gradient(const tone::DitherObjective& f, const Image& x) {
  const int w = x.width();
  Image g(x.height(), w, x.channels());
  tone::DitherObjective::Scratch scratch;
  std::vector<float> none(w, 0.0f), low(w, -1e9f), high(w, 1e9f), root(w), wish(w);
  for (int c = 0; c < x.channels(); ++c)
    for (int y = 0; y < x.height(); ++y) {
      const auto p = f.gradient_parts(c, y, scratch);
      hot::dither().wish_row(x.plane(c).row(y), p.luma, p.share, p.light, p.encoded, none.data(), 0, 1, low.data(),
                             high.data(), w, root.data(), wish.data());
      for (int i = 0; i < w; ++i) g.plane(c).row(y)[i] = wish[i] / root[i];
    }
  return g;
}

}  // namespace

TEST_CASE("the gradient of two pictures in one agrees with finite differences", "[eye]") {
  const int channels = GENERATE(1, 3);
  const auto [size, small] = GENERATE(table<Size, Size>({{{70, 67}, {17, 16}},
                                                         {{37, 150}, {30, 60}},
                                                         {{96, 64}, {12, 8}},
                                                         {{13, 9}, {2, 3}},
                                                         {{40, 65}, {10, 16}},
                                                         {{33, 129}, {4, 16}}}));
  CAPTURE(channels, size.width, size.height, small.width);
  tone::TwoInOneOptions o;
  o.chosen = Scaler::find(small.width == 12 ? "opencv-linear" : "pillow-bicubic");
  o.eyes.push_back({0.9, false, 2});  // of colours, at full size
  o.chroma = 0.3;
  tone::DitherObjective f(noise(size.height, size.width, channels, 1, 30, 220),
                          noise(small.height, small.width, channels, 2, 30, 220),
                          noise(small.height, small.width, 1, 3, 0, 1), o);
  const Image x = noise(size.height, size.width, channels, 4, 20, 235);
  const double value = f.evaluate(x);
  const Image g = gradient(f, x);
  for (unsigned seed = 20; seed < 24; ++seed) {
    const Image direction = noise(size.height, size.width, channels, seed, -1, 1);
    const double slope = (f.evaluate(moved(x, direction, 1)) - f.evaluate(moved(x, direction, -1))) / 2;
    CHECK(slope == Approx(inner(g, direction)).epsilon(2e-3).margin(1e-5 * value));
  }
}

TEST_CASE("the ordered dither of a flat part has both means in each 4x4 pixels", "[eye]") {
  const bool together = GENERATE(false, true);
  for (const float v : {0.125f, 0.25f, 0.4f, 0.7f})
    for (const float share : {0.05f, 0.5f, 0.9f}) {  // of the way from v's own light to v, all that there is
      const float own = static_cast<float>(light::decode(Transfer::Srgb, 255 * v) / 255), l = own + share * (v - own);
      CAPTURE(together, v, l);
      const Image x = tone::ordered({12, 8}, 3, together, [&](int, int, float* encoded, float* shines) {
        std::fill_n(encoded, 12, v), std::fill_n(shines, 12, l);
      });
      for (int c = 0; c < 3; ++c) {
        double value = 0, shines = 0;
        for (int y = 2; y < 6; ++y)
          for (int i = 3; i < 7; ++i) {
            value += x.plane(c).row(y)[i] / (16 * 255);
            shines += light::decode(Transfer::Srgb, x.plane(c).row(y)[i]) / (16 * 255);
          }
        CHECK(value == Approx(v).margin(0.003));
        CHECK(shines == Approx(l).margin(0.004));
        if (share < 0.5) CHECK(x.plane(c).row(0)[0] == Approx(x.plane(c).row(2)[2]).margin(255 * 0.05));
      }
    }
}

TEST_CASE("who samples the ordered dither unevenly sees a grey part grey", "[eye]") {
  const Image8 x = to_bytes(tone::ordered({128, 128}, 3, false, [&](int, int, float* encoded, float* shines) {
    std::fill_n(encoded, 128, 0.35f), std::fill_n(shines, 128, 0.25f);
  }));
  // Samples 4 pixels at 5 places before it averages.
  const Image8 seen = Scaler::find("imagemagick-thumbnail").resize(x, {32, 32});
  double means[3] = {};
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < 32; ++y)
      for (int i = 0; i < 32; ++i) means[c] += seen.plane(c).row(y)[i] / (32. * 32);
  CAPTURE(means[0], means[1], means[2]);
  for (const double mean : means) CHECK(mean == Approx(255 * 0.35).margin(5));
}

TEST_CASE("the fast objective is near to the same problem of plain views", "[eye]") {
  Peer peer;
  const Image8 cover = peer.load(IMAGES "/astronaut.png", 3, {256, 256});
  const Image target = to_float(peer.load(IMAGES "/chelsea.png", 3, {64, 64}));
  tone::TwoInOneOptions o;
  o.chosen = Scaler::find("pillow-bicubic");
  const tone::TwoInOne two = tone::two_in_one(cover, target, o);
  tone::DitherObjective f(two.seen, two.pictures.thumbnail, Image(), o);
  Image x = tone::start(two.pictures, two.seen);
  const double before = f.evaluate(x), plain_before = objective(two.problem, x);
  CHECK(before == Approx(plain_before).epsilon(0.25));
  tone::DitherOptions options;
  const auto solved = tone::solve_dither(f, x, options);
  CHECK(solved.objective < 0.3 * before);
  CHECK(objective(two.problem, x) < 0.3 * plain_before);
}

TEST_CASE("halving and doubling are adjoint, and what suits the half grid is kept", "[eye]") {
  for (int n : {1, 2, 3, 16, 17, 40, 67}) {
    CAPTURE(n);
    const Image a = noise(1, n, 1, 1), b = noise(1, (n + 1) / 2, 1, 2);
    Image half(1, (n + 1) / 2, 1), full(1, n, 1);
    hot::dither().halve_row(a.plane(0).row(0), n, half.plane(0).row(0));
    hot::dither().double_row(b.plane(0).row(0), nullptr, n, full.plane(0).row(0));
    CHECK(inner(half, b) == Approx(inner(a, full)).epsilon(1e-5));
    const Image second = noise(1, n, 1, 3), none(1, (n + 1) / 2, 1);
    hot::dither().pair_rows(a.plane(0).row(0), second.plane(0).row(0), n, half.plane(0).row(0));
    hot::dither().double_row(none.plane(0).row(0), b.plane(0).row(0), n, full.plane(0).row(0));
    CHECK(inner(half, b) == Approx(inner(a, full) + inner(second, full)).epsilon(1e-5));
  }
  double error = 1;
  const BandedMatrix fitted =
      tone::through_halving(matrix::resampling_matrix({matrix::catmull_rom, 2}, 512, 64), tone::Halving::Smooth, error);
  CHECK(fitted.rows() == 64);
  CHECK(error < 0.02);
  tone::through_halving(matrix::resampling_matrix({matrix::box, 0.5}, 512, 400), tone::Halving::Smooth, error);
  CHECK(error > 0.3);
  tone::through_halving(matrix::resampling_matrix({matrix::box, 0.5}, 512, 128), tone::Halving::Pairs, error);
  CHECK(error < 1e-6);
}

TEST_CASE("JPEG is modelled as the real one does it", "[eye]") {
  Peer peer;
  const int channels = GENERATE(1, 3), subsampling = GENERATE(0, 1, 2), quality = GENERATE(75, 85, 95);
  if (channels == 1 && subsampling > 0) return;
  CAPTURE(channels, subsampling, quality);
  const Image8 image = peer.load(IMAGES "/astronaut.png", channels, {131, 90});
  const Image8 real = peer.after_jpeg(image, quality, subsampling);
  const Image8 ours = after_jpeg(to_float(image), quality, static_cast<Subsampling>(subsampling));
  // Up to libjpeg's whole numbers between the steps.
  CHECK(psnr(ours, real) > 42);
  if (quality < 90) CHECK(psnr(ours, real) > psnr(image, real) + 4);
}

TEST_CASE("an image made for JPEG keeps both pictures through the real one", "[eye]") {
  Peer peer;
  TextRequest request;
  request.cover = peer.load(IMAGES "/coffee.png", 3, {384, 256});
  request.target().picture = peer.load(IMAGES "/rocket.jpg", 3, {96, 64});
  request.goal = EyeGoal();
  const auto survived = [&](const char* options) {
    request.options = options;
    const Result r = run(request);
    const Image8 left = peer.after_jpeg(r.image, 85, 2);
    const Image target = to_float(request.target().picture);
    Image large(256, 384, 3);
    large = SeparableOperator{matrix::resampling_matrix({matrix::catmull_rom, 2}, 64, 256),
                              matrix::resampling_matrix({matrix::catmull_rom, 2}, 96, 384)}
                .apply(target);
    const Image8 small = peer.resize("pillow", "bicubic", left, {96, 64}),
                 small_cover = peer.resize("pillow", "bicubic", request.cover, {96, 64});
    const Likeness eye = likeness(light::seen(to_float(left), 1), to_float(request.cover), large);
    const Likeness thumbnail = likeness(to_float(small), target, to_float(small_cover));
    CAPTURE(options, eye.ssim, thumbnail.ssim);
    CHECK(thumbnail.zncc > 0.9);
    if (*options) {
      CHECK(eye.zncc > 0.85);
      // The report says the same of its own model of JPEG.
      const Showing &said = r.appearance.at(r.appearance.size() - 2), &said_small = r.appearance.back();
      CHECK(said.likeness.ssim == Approx(eye.ssim).margin(0.02));
      CHECK(said_small.likeness.ssim == Approx(thumbnail.ssim).margin(0.02));
    }
    return eye.ssim;
  };
  const double plain = survived(""), safe = survived("jpeg=85");
  CHECK(safe > plain + 0.05);
}

TEST_CASE("what the eye misses coarsely is aimed at again", "[eye]") {
  const int channels = GENERATE(1, 3);
  CAPTURE(channels);
  Image seen(64, 80, channels), x(64, 80, channels), thumbnail(16, 20, channels);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < 64; ++y)
      for (int i = 0; i < 80; ++i) seen.plane(c).row(y)[i] = 140, x.plane(c).row(y)[i] = 120;
  tone::TwoInOneOptions options;
  options.thumbnails.clear();
  tone::DitherObjective objective(seen, thumbnail, Image(), options);
  const double before = objective.evaluate(x);
  objective.note();
  objective.aim_again(0.5);
  // A flat error grows by half, its square to 2.25 times; the borders are seen dimmer.
  CHECK(objective.evaluate(x) / before == Approx(2.25).epsilon(0.03));
  // What is met is left alone.
  tone::DitherObjective met(seen, thumbnail, Image(), options);
  const double least = met.evaluate(seen);
  met.note();
  met.aim_again(0.5);
  CHECK(met.evaluate(seen) == Approx(least).margin(1e-3 * before));
}
