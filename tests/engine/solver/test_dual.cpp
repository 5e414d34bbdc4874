// SPDX-License-Identifier: LGPL-3.0-or-later
// The dual solver: its certificate against an independent computation, and properties of its solutions.
#include <catch2/catch.hpp>

#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/solve.hpp>

#include "solver/gradient.hpp"
#include "support/problems.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

SolveOptions continuous(double gap = 1e-6) {
  SolveOptions o;
  o.keep_continuous = true;
  o.exact_bytes = false;
  o.gap_tolerance = gap;
  o.residual_tolerance = 1e9;
  return o;
}

/// Σ over the views of w/2 Σ ω (D x − t)² and its gradient, straight from the definition.
double value_and_gradient(const Problem& p, const Image& x, Image& gradient) {
  gradient = Image(x.height(), x.width(), x.channels());
  double value = 0;
  for (const View& v : p.views) {
    Image r = v.look.apply(x);
    for (int c = 0; c < r.channels(); ++c)
      for (int y = 0; y < r.height(); ++y)
        for (int i = 0; i < r.width(); ++i) {
          const Image& picture = v.picture.empty() ? p.cover : v.picture;
          const double d = r.plane(c).row(y)[i] - picture.plane(c).row(y)[i];
          const double w = v.weight * (v.pixel_weights ? v.pixel_weights->plane(0).row(y)[i] : 1.f);
          value += w / 2 * d * d;
          r.plane(c).row(y)[i] = static_cast<float>(w * d);
        }
    const Image back = v.look.adjoint(r);
    for (int c = 0; c < x.channels(); ++c)
      for (int y = 0; y < x.height(); ++y)
        for (int i = 0; i < x.width(); ++i) gradient.plane(c).row(y)[i] += back.plane(c).row(y)[i];
  }
  return value;
}

/// A lower bound of the optimum from the strong convexity (modulus 1) of the problem at x.
double independent_bound(const Problem& p, const Image& x) {
  Image g;
  const double value = value_and_gradient(p, x, g);
  solver::BoxFunction box;
  std::vector<double> at, slope;
  for (int c = 0; c < x.channels(); ++c)
    for (int y = 0; y < x.height(); ++y)
      for (int i = 0; i < x.width(); ++i) {
        const double center = p.cover.plane(c).row(y)[i], s = p.mask ? p.mask->plane(0).row(y)[i] : 1;
        box.lower.push_back(center * (1 - s));
        box.upper.push_back(center + (255 - center) * s);
        at.push_back(x.plane(c).row(y)[i]);
        slope.push_back(g.plane(c).row(y)[i]);
      }
  return solver::convex_bound(box, at, value, slope, 1);
}

}  // namespace

TEST_CASE("the dual's certificate holds by an independent computation", "[dual]") {
  const auto [scaler, cover, thumbnail] = GENERATE(table<const char*, Size, Size>({
      {"pillow-bicubic", {96, 80}, {24, 20}},
      {"pillow-lanczos", {90, 70}, {33, 26}},
      {"pillow-bilinear", {64, 64}, {16, 16}},
      {"pillow-box", {60, 45}, {20, 15}},
      {"opencv-linear", {64, 48}, {16, 12}},
      {"pillow-bicubic", {20, 20}, {30, 30}},  // enlarging: more outputs than samples
  }));
  const bool enlarges = thumbnail.width > cover.width;
  const double weight = GENERATE(0.5, 20., 2000.) * (enlarges ? 0.01 : 1);
  CAPTURE(scaler, cover.width, thumbnail.width, weight);
  const Problem p = one_thumbnail(scaler, cover, thumbnail, 3, weight);
  SolveOptions options = continuous(enlarges ? 1e-5 : 1e-6);
  options.algorithm = "dual";
  const Result r = solve(p, options);
  CHECK(r.algorithm == "dual");
  CHECK(r.outcome == Outcome::Solved);
  CHECK(r.certificate->gap <= (enlarges ? 1e-5 : 1e-6));
  CHECK(r.certificate->lower_bound <= r.objective);
  CHECK(r.objective == Approx(objective(p, r.continuous)).epsilon(1e-4));
  Image g;
  CHECK(r.objective == Approx(value_and_gradient(p, r.continuous, g)).epsilon(1e-4));
  // No image can be better than either bound, the best that another method finds among them; the two come from
  // different theorems. Nor is the other method's bound above what the dual found.
  options.algorithm = "accelerated";
  const Result other = solve(p, options);
  const double found = objective(p, other.continuous), bound = independent_bound(p, r.continuous);
  CHECK(r.certificate->lower_bound <= found * (1 + 1e-6));
  CHECK(bound <= found * (1 + 1e-5));
  CHECK(other.certificate->lower_bound <= r.objective * (1 + 1e-6));
  CHECK(found == Approx(r.objective).epsilon(2e-4));
  if (weight < 1000) CHECK(bound >= r.objective * (1 - 2e-2));
}

TEST_CASE("the dual finds what plain projected gradient finds", "[dual]") {
  const Problem p = one_thumbnail("pillow-bicubic", {32, 24}, {8, 6}, 1, 30);
  const Result r = solve(p, continuous(1e-9));
  solver::BoxFunction f;
  const std::size_t n = 32 * 24;
  f.lower.assign(n, 0);
  f.upper.assign(n, 255);
  const auto evaluate = [&](std::span<const double> x, std::span<double> gradient) {
    Image image(24, 32, 1), g;
    for (int y = 0; y < 24; ++y)
      for (int i = 0; i < 32; ++i) image.plane(0).row(y)[i] = static_cast<float>(x[y * 32 + i]);
    const double value = value_and_gradient(p, image, g);
    for (int y = 0; y < 24 && !gradient.empty(); ++y)
      for (int i = 0; i < 32; ++i) gradient[y * 32 + i] = g.plane(0).row(y)[i];
    return value;
  };
  f.value = [&](std::span<const double> x) { return evaluate(x, {}); };
  f.value_and_gradient = evaluate;
  solver::GradientOptions o;
  o.lipschitz = 31;
  o.modulus = 1;
  o.gap_tolerance = 1e-6;
  const solver::GradientResult reference = projected_gradient(f, std::vector<double>(n, 128.), {}, o);
  REQUIRE(reference.converged);
  CHECK(r.objective == Approx(reference.value).epsilon(1e-5));
}

TEST_CASE("nearest has a solution on paper", "[dual]") {
  const Problem p = one_thumbnail("pillow-nearest", {40, 40}, {10, 10}, 1, 3);
  const Result r = solve(p, continuous());
  for (int y = 0; y < 10; ++y)
    for (int x = 0; x < 10; ++x) {
      const int i = 4 * y + 2, j = 4 * x + 2;
      const float wanted = (p.cover.plane(0).row(i)[j] + 3 * p.views[1].picture.plane(0).row(y)[x]) / 4;
      CHECK(r.continuous.plane(0).row(i)[j] == Approx(wanted).margin(1e-3));
      CHECK(r.continuous.plane(0).row(i)[j + 1] == p.cover.plane(0).row(i)[j + 1]);
    }
}

TEST_CASE("a mask limits where and how far the cover changes", "[dual]") {
  Problem p = one_thumbnail("pillow-bicubic", {64, 64}, {16, 16}, 3, 5000 * 16);
  p.mask.emplace(64, 64, 1);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x) p.mask->plane(0).row(y)[x] = x < 20 ? 0.f : x < 40 ? 0.5f : 1.f;
  p.views[1].exact = true;
  SolveOptions o = continuous();
  o.exact_bytes = true;
  const Result r = solve(p, o);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 64; ++x) {
        const float center = p.cover.plane(c).row(y)[x], v = r.image.plane(c).row(y)[x];
        if (x < 20)
          CHECK(v == center);
        else if (x < 40)
          CHECK((v >= center * 0.5f - 1 && v <= center + (255 - center) * 0.5f + 1));
      }
  p.views[1].exact = false;
  p.views[1].weight = 30;
  const Result soft = solve(p, continuous());
  CHECK(soft.certificate->gap <= 1e-6);
  CHECK(independent_bound(p, soft.continuous) <= soft.objective * (1 + 1e-5));
}

TEST_CASE("what is out of reach is reported for the problem that was given", "[dual]") {
  std::mt19937 random(5);
  Problem p;
  p.cover = random_levels(random, 24, 30, 2);
  p.views.push_back(View::pixels(p.size()));
  // More pixels than the image has, and noise: nothing shows that.
  p.views.push_back(View::scaled(Scaler::find("pillow-bicubic"), p.size(), random_levels(random, 40, 50, 2), 141));
  p.views[1].exact = true;
  for (const int sweeps : {30, 45, 0}) {
    SolveOptions o = continuous(1e-5);
    o.algorithm = "dual";
    o.max_sweeps = sweeps;
    const Result r = solve(p, o);
    CAPTURE(sweeps, r.objective, bound_of(r), r.why_stopped);
    CHECK(objective(p, r.continuous) == Approx(r.objective).epsilon(1e-4));
    CHECK(bound_of(r) <= r.objective);
    Image g;
    CHECK(bound_of(r) <= value_and_gradient(p, p.cover, g));
  }
}

TEST_CASE("several views are solved together, with one certificate", "[dual]") {
  Problem p = one_thumbnail("pillow-bicubic", {60, 60}, {15, 15}, 1, 40);
  p.views.push_back(View::scaled(Scaler::find("pillow-box"), {60, 60}, to_float(smooth_image(30, 20, 20, 1)), 15));
  p.views.push_back(View::scaled(Scaler::find("pillow-bilinear"), {60, 60}, to_float(smooth_image(31, 90, 90, 1)), 2));
  p.views.push_back(View::pixels(to_float(smooth_image(32, 60, 60, 1)), 0.5));
  SolveOptions options = continuous(1e-5);
  options.algorithm = GENERATE("dual", "accelerated");
  const Result r = solve(p, options);
  CHECK(r.algorithm == options.algorithm);
  CHECK(r.outcome == Outcome::Solved);
  CHECK(r.certificate->gap <= 1e-5);
  CHECK(r.objective == Approx(objective(p, r.continuous)).epsilon(1e-4));
  CHECK(independent_bound(p, r.continuous) >= r.objective * 0.98);
}

TEST_CASE("pixels that do not matter do not pull", "[dual]") {
  Problem p = one_thumbnail("pillow-box", {40, 40}, {10, 10}, 1, 1000);
  p.views[1].pixel_weights.emplace(10, 10, 1);
  for (int y = 0; y < 10; ++y)
    for (int x = 5; x < 10; ++x) p.views[1].pixel_weights->plane(0).row(y)[x] = 1;
  const Result r = solve(p, continuous());
  for (int y = 0; y < 40; ++y)
    for (int x = 0; x < 20; ++x) CHECK(r.continuous.plane(0).row(y)[x] == p.cover.plane(0).row(y)[x]);
}

TEST_CASE("outputs that share no pixel are solved directly, to what another method finds", "[dual]") {
  const auto [scaler, cover, thumbnail] = GENERATE(table<const char*, Size, Size>({
      {"pillow-nearest", {45, 37}, {15, 11}},
      {"opencv-linear", {61, 45}, {17, 13}},
      {"pillow-box", {60, 44}, {12, 11}},
      {"opencv-area", {600, 24}, {2, 8}},  // a footprint wider than what is taken at once
  }));
  const double weight = GENERATE(1., 80000.);
  CAPTURE(scaler, weight);
  Problem p = one_thumbnail(scaler, cover, thumbnail, 3, weight);
  std::mt19937 random(7);
  const Image8 wild = random_image(random, thumbnail.height, thumbnail.width, 3);
  p.views[1].picture = to_float(wild);  // much of it is out of reach under the mask
  if (GENERATE(false, true)) {
    const Image8 free = random_image(random, cover.height, cover.width, 1),
                 matters = random_image(random, thumbnail.height, thumbnail.width, 1);
    p.mask = to_float(free);
    for (int y = 0; y < cover.height; ++y)
      for (int x = 0; x < cover.width; ++x) p.mask->plane(0).row(y)[x] /= 255;
    p.views[1].pixel_weights = to_float(matters);
    for (int y = 0; y < thumbnail.height; ++y)
      for (int x = 0; x < thumbnail.width; ++x) {
        float& w = p.views[1].pixel_weights->plane(0).row(y)[x];
        w = w < 80 ? 0.f : w / 255;
      }
  }
  SolveOptions options = continuous(1e-5);
  const Result direct = solve(p, options);
  CHECK(direct.algorithm == "dual");
  CHECK(direct.outcome == Outcome::Solved);
  CHECK(direct.certificate->gap <= 1e-5);
  CHECK(direct.objective == Approx(objective(p, direct.continuous)).epsilon(1e-4));
  CHECK(independent_bound(p, direct.continuous) <= direct.objective * (1 + 1e-5));
  options.algorithm = "accelerated";
  options.max_sweeps = 5000;
  const Result other = solve(p, options);
  CHECK(direct.certificate->lower_bound <= other.objective * (1 + 1e-5));
  CHECK(other.certificate->lower_bound <= direct.objective * (1 + 1e-5));
}

TEST_CASE("a cover kept as bytes gives the same image", "[dual]") {
  const auto algorithm = GENERATE("dual", "lbfgs");
  const auto scaler = GENERATE("pillow-bicubic", "pillow-box");
  Problem p = one_thumbnail(scaler, {77, 50}, {11, 10}, 3, 300);
  p.views[1].exact = true;
  const Image8 cover = to_bytes(p.cover);
  p.cover = to_float(cover);
  SolveOptions options;
  options.algorithm = algorithm;
  const Result floats = solve(p, options);
  p.cover = Image();
  p.whole_cover = std::make_shared<const Image8>(cover);
  const Result bytes = solve(p, options);
  CHECK(mismatches(floats.image, bytes.image) == 0);
  CHECK(floats.objective == bytes.objective);
  CHECK(objective(p, to_float(bytes.image)) > 0);
  p.cover = to_float(cover);
  CHECK_THROWS_AS(solve(p, options), Error);
}

TEST_CASE("bad problems are refused with the value that is wrong", "[dual]") {
  Problem p = one_thumbnail("pillow-box", {40, 40}, {10, 10}, 1, 1);
  SECTION("nothing to see") { p.views.clear(); }
  SECTION("another size") { p.cover = Image(41, 40, 1); }
  SECTION("another number of channels") { p.views[1].picture = Image(10, 10, 3); }
  SECTION("a level beyond 255") { p.views[1].picture.plane(0).row(3)[4] = 256; }
  SECTION("not a number") { p.cover.plane(0).row(3)[4] = std::nanf(""); }
  SECTION("a weight below 0") { p.views[1].weight = -1; }
  SECTION("a mask of another size") { p.mask.emplace(10, 10, 1); }
  SECTION("a mask beyond 1") { p.mask.emplace(40, 40, 1).plane(0).row(0)[0] = 2; }
  CHECK_THROWS_AS(solve(p), Error);
}

TEST_CASE("bad options are refused", "[dual]") {
  const Problem p = one_thumbnail("pillow-box", {40, 40}, {10, 10}, 1, 1);
  SolveOptions o;
  SECTION("threads") { o.threads = -1; }
  SECTION("sweeps") { o.max_sweeps = -1; }
  SECTION("gap") { o.gap_tolerance = 0; }
  SECTION("algorithm") { o.algorithm = "magic"; }
  CHECK_THROWS_AS(solve(p, o), Error);
}
