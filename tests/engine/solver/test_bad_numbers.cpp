// SPDX-License-Identifier: LGPL-3.0-or-later
// What is no number, or too large for the arithmetic, is refused by name; nothing is "solved" without a finite
// objective.
#include <algorithm>
#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

#include <bifocal/appearance.hpp>
#include <bifocal/error.hpp>
#include <bifocal/learn.hpp>
#include <bifocal/solve.hpp>

#include "support/problems.hpp"
#include "support/random_image.hpp"

using namespace bifocal;
using Catch::Matchers::Contains;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN(), kInf = std::numeric_limits<double>::infinity();

Problem plain() {
  std::mt19937 random(2);
  const Size size{12, 12};
  Problem p;
  p.cover = random_levels(random, 12, 12, 1);
  p.views.push_back(View::pixels(size));
  p.views.push_back(View::scaled(Scaler::find("pillow-box"), size, random_levels(random, 4, 4, 1), 10));
  p.views.back().name = "small";
  return p;
}

}  // namespace

TEST_CASE("matrices hold finite numbers", "[bad-numbers]") {
  const double bad = GENERATE(as<double>(), kNan, kInf, -kInf);
  BandedMatrix m(4);
  const double row[] = {0.5, bad, 0.5};
  CHECK_THROWS_WITH(m.add_row(0, row), Contains("row 0 of a matrix holds"));
  CHECK(m.rows() == 0);
}

TEST_CASE("what is too large for the arithmetic is refused by name", "[bad-numbers]") {
  const std::string algorithm = GENERATE("auto", "dual", "accelerated", "lbfgs", "gradient", "annealing");
  SolveOptions o;
  o.algorithm = algorithm;
  o.max_sweeps = 5;
  Problem p = plain();
  SECTION("weights of matrices") {
    const double w = GENERATE(1e200, -1e200, 1e30, 2e3);
    BandedMatrix m(12);
    const double row[] = {w};
    for (int r = 0; r < 4; ++r) m.add_row(r, row);
    p.views[1].look.vertical = m;
    p.views[1].scaler.reset();
    CHECK_THROWS_WITH(solve(p, o), Contains("the view \"small\" makes levels up to"));
  }
  SECTION("weights of views") {
    p.views[1].weight = GENERATE(as<double>(), 1e100, 1e300, 1e-300, -1.0, kNan, kInf);
    CHECK_THROWS_WITH(solve(p, o), Contains("the view \"small\" has the weight"));
  }
  SECTION("weights that lie too far apart") {
    p.views[0].weight = 1e-12, p.views[1].weight = 1e14;
    CHECK_THROWS_WITH(solve(p, o), Contains("lie too far apart"));
  }
  SECTION("weights of pixels") {
    p.views[1].pixel_weights = Image(4, 4, 1);
    p.views[1].pixel_weights->plane(0).row(1)[2] = GENERATE(as<float>(), 1e20f, 1e-20f, std::nanf(""), HUGE_VALF, -1.f);
    CHECK_THROWS_WITH(solve(p, o), Contains("the weight map of the view \"small\" holds"));
  }
  SECTION("a start") {
    p.start = p.cover;
    p.start->plane(0).row(3)[4] = GENERATE(as<float>(), std::nanf(""), HUGE_VALF, -1e20f);
    CHECK_THROWS_WITH(solve(p, o), Contains("the start holds") && Contains("at (4, 3)"));
  }
}

TEST_CASE("large and small numbers that are allowed give true certificates", "[bad-numbers]") {
  Problem p = plain();
  p.views[0].weight = GENERATE(1e-9, 1.0, 1e9);
  p.views[1].weight = GENERATE(1e-9, 1.0, 1e9);
  CAPTURE(p.views[0].weight, p.views[1].weight);
  double bound = -HUGE_VAL, best = HUGE_VAL;
  for (const char* algorithm : {"dual", "accelerated", "gradient"}) {
    SolveOptions o;
    o.algorithm = algorithm;
    o.max_evaluations = 3000;  // the plain gradient gets nowhere when the weights lie far apart
    o.keep_continuous = true;
    const Result r = solve(p, o);
    CHECK(std::isfinite(r.objective));
    best = std::min(best, objective(p, r.continuous));
    bound = std::max(bound, bound_of(r));
  }
  // Levels of 0..255 in floats: what is exact is known to about 1e-5 of a level.
  const double noise = 1e-9 * (p.views[0].weight + p.views[1].weight);
  CHECK(bound <= best * (1 + 1e-5) + noise);
}

TEST_CASE("an eye's blur is a blur", "[bad-numbers]") {
  const double sigma = GENERATE(as<double>(), 0.0, -1.0, 1e-300, 1e300, kNan, kInf);
  CHECK_THROWS_WITH(View::eye(sigma, Channels::Each, Image(8, 8, 3), 1),
                    Contains("sigma must lie between 0.01 and 1000"));
}

TEST_CASE("likeness compares numbers", "[bad-numbers]") {
  std::mt19937 random(1);
  Image good = random_levels(random, 20, 20, 3), bad = good;
  bad.plane(1).row(5)[6] = GENERATE(as<float>(), std::nanf(""), HUGE_VALF, -HUGE_VALF, 1e30f);
  CHECK_THROWS_WITH(likeness(bad, good, good), Contains("what is seen holds") && Contains("at (6, 5)"));
  CHECK_THROWS_WITH(likeness(good, bad, good), Contains("the wanted picture holds"));
  CHECK_THROWS_WITH(likeness(good, good, bad), Contains("the other picture holds"));
  CHECK_THROWS_AS(likeness(Image(), Image(), Image()), Error);
}

TEST_CASE("nothing of a flat picture leaks", "[bad-numbers]") {
  std::mt19937 random(1);
  const Image shown = random_levels(random, 12, 20, 1), wanted = random_levels(random, 12, 20, 1);
  for (int i = 0; i <= 500; ++i) {
    Image flat(12, 20, 1);
    for (int y = 0; y < 12; ++y) std::fill_n(flat.plane(0).row(y), 20, 0.51f * static_cast<float>(i));
    CAPTURE(0.51 * i);
    CHECK(likeness(shown, wanted, flat).leak < 0.02);
    CHECK(std::fabs(likeness(shown, flat, wanted).zncc) < 0.01);
  }
}

TEST_CASE("probes have possible sizes", "[bad-numbers]") {
  CHECK_THROWS_WITH(make_probes({8, 8}, {0, 4}), Contains("0x4"));
  CHECK_THROWS_WITH(make_probes({8, 8}, {-3, -4}), Contains("-3x-4"));
  CHECK_THROWS_WITH(make_probes({0, 8}, {4, 4}), Contains("0x8"));
  CHECK_THROWS_WITH(make_probes({8, 70000}, {4, 4}), Contains("8x70000"));
}

TEST_CASE("an objective is asked of an image that fits", "[bad-numbers]") {
  const Problem p = plain();
  CHECK_THROWS_AS(objective(p, Image(11, 12, 1)), Error);
  CHECK_THROWS_AS(objective(p, Image(12, 12, 3)), Error);
}

TEST_CASE("a scaler looks at every channel", "[bad-numbers]") {
  Problem p = plain();
  p.views[1].channels = Channels::Luma;
  SolveOptions o;
  o.algorithm = "lbfgs";
  CHECK_THROWS_WITH(solve(p, o), Contains("has a scaler, which looks at every channel"));
}
