// SPDX-License-Identifier: LGPL-3.0-or-later
// One problem, every algorithm: the same optimum, and certificates that hold.
#include <catch2/catch.hpp>

#include <chrono>
#include <cmath>
#include <thread>

#include <bifocal/error.hpp>
#include <bifocal/solve.hpp>

#include "solver/controller.hpp"
#include "support/peer.hpp"
#include "support/problems.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

Problem pair(const Image8& cover, const Image8& target, const char* scaler, double weight, Norm norm) {
  Problem p;
  p.cover = to_float(cover);
  p.views.push_back(View::pixels(p.size()));
  p.views.push_back(View::scaled(Scaler::find(scaler), p.size(), to_float(target), weight));
  p.norm = norm;
  return p;
}

Result solved(const Problem& p, const char* algorithm, long evaluations = 0) {
  SolveOptions options;
  options.algorithm = algorithm;
  options.exact_bytes = false;
  options.keep_continuous = true;
  options.max_evaluations = evaluations;
  return solve(p, options);
}

}  // namespace

TEST_CASE("grey 256 to 128 by distances: every algorithm beats ten minutes of SciPy's annealing",
          "[algorithms][peer]") {
  Peer peer;
  const Image8 cover = peer.load(IMAGES "/astronaut.png", 1, {256, 256});
  const Image8 target = peer.load(IMAGES "/chelsea.png", 1, {128, 128});
  const double weight = GENERATE(1.0, 3.0);
  const Problem p = pair(cover, target, "pillow-bicubic", weight, Norm::Norms);
  const double untouched = objective(p, p.cover);
  if (weight == 1) CHECK(untouched == Approx(10490).epsilon(0.002));
  double certified = 0;
  for (const char* algorithm : {"dual", "accelerated", "lbfgs", "gradient", "annealing"}) {
    const Result r = solved(p, algorithm, 300);
    CAPTURE(weight, algorithm, r.objective, bound_of(r), r.why_stopped, untouched);
    CHECK(r.algorithm == algorithm);
    CHECK_FALSE(r.why_stopped.empty());
    CHECK(r.objective <= untouched * (1 + 1e-9));
    if (weight == 1) CHECK(r.objective < 32390);
    CHECK(objective(p, r.continuous) == Approx(r.objective).epsilon(1e-5));
    certified = std::max(certified, bound_of(r));
    CHECK(r.objective <= certified * 1.001);
    if (std::string(algorithm) == "dual") CHECK(r.certificate->gap <= 1e-3);
  }
}

TEST_CASE("32 to 16 by distances: annealing ends within 1 % of the certified optimum", "[algorithms][peer]") {
  Peer peer;
  const Problem p = pair(peer.load(IMAGES "/astronaut.png", 1, {32, 32}), peer.load(IMAGES "/chelsea.png", 1, {16, 16}),
                         "pillow-bicubic", GENERATE(1.0, 2.0, 3.0), Norm::Norms);
  const Result dual = solved(p, "dual");
  const Result annealing = solved(p, "annealing", 8000);
  CAPTURE(dual.objective, bound_of(dual), annealing.objective, annealing.why_stopped, annealing.evaluations);
  CHECK(dual.certificate->gap <= 1e-3);
  CHECK(annealing.objective <= bound_of(dual) * 1.01);
}

TEST_CASE("with nothing to see but the cover, every algorithm comes back to it from anywhere", "[algorithms]") {
  std::mt19937 random(7);
  Problem p;
  p.cover = random_levels(random, 7, 12, 4);
  p.start = random_levels(random, 7, 12, 4);
  p.views.push_back(View::pixels(p.size()));
  if (GENERATE(false, true)) p.views.push_back(View::pixels(p.size(), 105));
  const double start = objective(p, *p.start);
  for (const char* algorithm : {"dual", "accelerated", "lbfgs", "gradient"}) {
    const Result r = solved(p, algorithm);
    CAPTURE(algorithm, start, r.objective, bound_of(r), r.why_stopped);
    CHECK(r.outcome == Outcome::Solved);
    CHECK(r.objective <= 1e-6 * start);
    if (r.certificate) CHECK(r.certificate->lower_bound <= r.objective + 1e-6);
  }
}

TEST_CASE("all algorithms agree on random convex problems, and no image undercuts their bounds", "[algorithms]") {
  const int seed = GENERATE(1, 2, 3, 4);
  const Norm norm = GENERATE(Norm::Squares, Norm::Norms);
  std::mt19937 random(seed);
  const Image8 cover = smooth_image(seed, 24, 30, seed % 2 ? 3 : 1);
  Problem p = pair(cover, smooth_image(seed + 50, 12, 11, cover.channels()), "pillow-lanczos", 1 + seed, norm);
  p.views.push_back(View::scaled(Scaler::find("opencv-linear"), p.size(),
                                 to_float(smooth_image(seed + 90, 7, 9, cover.channels())), 2));
  p.views.push_back(View::scaled(Scaler::find("pillow-bilinear"), p.size(),
                                 to_float(smooth_image(seed + 70, 36, 45, cover.channels())), 0.3));
  if (seed > 2) {
    p.mask.emplace(24, 30, 1);
    for (int y = 0; y < 24; ++y)
      for (int x = 0; x < 30; ++x) p.mask->plane(0).row(y)[x] = x < 8 ? 0.f : x < 15 ? 0.5f : 1.f;
  }
  const Result dual = solved(p, "dual"), gradient = solved(p, "gradient", 4000),
               annealing = solved(p, "annealing", 3000);
  const Result accelerated = solved(p, "accelerated");
  const double bound = std::max({bound_of(dual), bound_of(gradient), bound_of(accelerated)});
  for (const Result* r : {&dual, &accelerated, &gradient, &annealing}) {
    CAPTURE(seed, norm == Norm::Norms, r->algorithm, r->objective, bound_of(*r), bound, r->why_stopped);
    CHECK(r->objective >= bound * (1 - 1e-6));
    CHECK(r->objective <= bound * 1.001);
    CHECK(objective(p, r->continuous) == Approx(r->objective).epsilon(1e-4));
  }
  for (int trial = 0; trial < 200; ++trial) {
    Image x = trial % 2 ? dual.continuous : p.cover;
    const float amount = trial % 2 ? 3.f : 60.f;
    const Image noise = random_levels(random, 24, 30, cover.channels(), -amount, amount);
    for (int c = 0; c < cover.channels(); ++c)
      for (int y = 0; y < 24; ++y)
        for (int k = 0; k < 30; ++k) {
          const float m = p.mask ? p.mask->plane(0).row(y)[k] : 1.f, v = p.cover.plane(c).row(y)[k];
          float& level = x.plane(c).row(y)[k];
          level = std::clamp(level + noise.plane(c).row(y)[k], v * (1 - m), v + (255 - v) * m);
        }
    CHECK(objective(p, x) >= bound * (1 - 1e-6));
  }
}

TEST_CASE("annealing and the plain gradient take views with light, too", "[algorithms]") {
  Problem p;
  p.cover = to_float(smooth_image(5, 32, 32, 1));
  p.views.push_back(View::eye(1, Channels::Each, p.cover, 1));
  p.views.push_back(
      View::scaled(Scaler::find("pillow-box"), p.size(), to_float(smooth_image(6, 8, 8, 1, 40, 120)), 20));
  const double untouched = objective(p, p.cover);
  const Result lbfgs = solved(p, "lbfgs"), annealing = solved(p, "annealing", 600),
               gradient = solved(p, "gradient", 600);
  CAPTURE(untouched, lbfgs.objective, annealing.objective, gradient.objective, gradient.why_stopped,
          annealing.why_stopped);
  CHECK(annealing.objective < untouched / 2);
  CHECK(annealing.objective <= lbfgs.objective * 1.2);
  CHECK(gradient.objective < untouched / 2);
}

TEST_CASE("limits and names of algorithms", "[algorithms]") {
  const Problem p = pair(smooth_image(1, 40, 40, 1), smooth_image(2, 20, 20, 1), "pillow-bicubic", 500, Norm::Squares);
  SolveOptions options;
  options.algorithm = "annealing";
  options.max_evaluations = 3;
  const Result r = solve(p, options);
  CHECK(r.outcome == Outcome::LimitReached);
  CHECK(r.why_stopped == "the limit of evaluations was reached");
  CHECK(r.evaluations <= 4);
  CHECK(r.objective <= objective(p, p.cover));
  options.max_evaluations = 0;
  options.progress = [](const Progress&) { return Verdict::Cancel; };
  CHECK(solve(p, options).outcome == Outcome::Cancelled);
  options.progress = [](const Progress& at) {
    return at.phase == Phase::Solving ? Verdict::StopAndKeep : Verdict::Continue;
  };
  const Result stopped = solve(p, options);
  CHECK(stopped.outcome == Outcome::Stopped);
  CHECK_FALSE(stopped.image.empty());
  options.progress = {};
  options.algorithm = "magic";
  CHECK_THROWS_WITH(solve(p, options), Catch::Contains("annealing") && Catch::Contains("gradient"));
}

TEST_CASE("progress speaks of the worst channel, also of one that has not begun", "[algorithms]") {
  SolveOptions options;
  Progress told;
  options.progress = [&](const Progress& p) { return told = p, Verdict::Continue; };
  const auto after = [&](const std::vector<solver::Controller::Figures>& figures) {
    solver::Controller controller(options);
    for (const auto& f : figures) controller.tick(f);
    controller.phase(Phase::Solving, 0, 1);  // forgets them
    told = {};
    for (std::size_t i = 0; i + 1 < figures.size(); ++i) {
      options.progress = {};
      controller.tick(figures[i]);
    }
    options.progress = [&](const Progress& p) { return told = p, Verdict::Continue; };
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    controller.tick(figures.back());
    return told;
  };
  const solver::Controller::Figures right{1, 3, 1e-6, 0.1, 1, 0, 3}, wrong{0.4, 5, 1e-2, 7, 0.8, 1, 3},
      last{1, 2, 1e-6, 0.1, 1, 2, 3};
  CHECK(after({right}).exact_share == 0);
  CHECK(after({right, last}).exact_share == 0);
  const Progress all = after({right, wrong, last});
  CHECK(all.exact_share == 0.8);
  CHECK(all.residual_max == 7);
  CHECK(all.gap == 1e-2);
  CHECK(all.fraction == Approx(0.8));
}
