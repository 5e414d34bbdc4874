// SPDX-License-Identifier: LGPL-3.0-or-later
// Cancel, and Stop and Keep: asked in every phase, obeyed at whatever moment; and progress that never falls.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <bifocal/request.hpp>
#include <bifocal/views.hpp>

#include "solver/controller.hpp"
#include "support/random_image.hpp"
#include "support/text_request.hpp"

using namespace bifocal;
using namespace std::chrono_literals;

namespace {

/// Every question reaches the callback, and what can be left out is left out at once: nothing here depends on a clock.
struct NoClock {
  const solver::Timing before = solver::timing();
  NoClock() { solver::timing() = {0ms, 0ms, 0ms, 0ms}; }
  ~NoClock() { solver::timing() = before; }
};

Image8 smooth(int height, int width, int channels, int kind) {
  Image8 image(height, width, channels);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        image.plane(c).row(y)[x] = static_cast<std::uint8_t>(std::lround(
            128 + 90 * std::sin(0.03 * (kind + 1) * (x + 20 * c)) * std::cos(0.05 * (kind + 1) * y + kind)));
  return image;
}

using Job = std::function<Result(SolveOptions)>;

struct Named {
  std::string name;
  Image8 cover;
  std::vector<Phase> phases;
  Job job;
};

std::vector<Named> jobs() {
  std::vector<Named> all;
  const std::vector<Phase> pixel{Phase::Preparing, Phase::Solving, Phase::Rounding, Phase::Checking};
  const std::vector<Phase> eye{Phase::Planning, Phase::Solving, Phase::Rounding, Phase::Checking};
  const auto one = [&](std::string name, std::vector<Phase> phases, int small, std::string scaler,
                       Appearance appearance, std::string options, bool selection = false) {
    TextRequest r;
    r.cover = smooth(96, 128, 3, 0);
    r.target().picture = smooth(small * 3 / 4, small, 3, 1);
    r.target().scaler = scaler, r.goal = goal_of(appearance), r.options = options;
    if (selection) r.selection = smooth(96, 128, 1, 2);
    all.push_back({std::move(name), r.cover, std::move(phases), [r](SolveOptions o) { return run(r, std::move(o)); }});
  };
  one("pixel by pixel, averaging", pixel, 64, "pillow-bicubic", Appearance::Pixels, "");
  one("pixel by pixel, few pixels", pixel, 32, "opencv-linear", Appearance::Pixels, "");
  one("pixel by pixel, fitted into reach", {Phase::Planning, Phase::Solving, Phase::Rounding, Phase::Checking}, 32,
      "pillow-lanczos", Appearance::Pixels, "out-of-reach=fit");
  one("pixel by pixel, distances", pixel, 32, "pillow-box", Appearance::Pixels, "objective=distances sweeps=4");
  one("to the eye", eye, 32, "pillow-bicubic", Appearance::Eye, "");
  one("to the eye, ratio 2", eye, 64, "pillow-lanczos", Appearance::Eye, "iterations=6");
  one("to the eye, a selection", eye, 32, "pillow-bicubic", Appearance::Eye, "iterations=6", true);
  one("to the eye, JPEG", {Phase::Planning, Phase::Solving, Phase::Checking}, 32, "pillow-bicubic", Appearance::Eye,
      "jpeg=85 iterations=4");
  one("to the eye, L-BFGS", eye, 32, "pillow-bicubic", Appearance::Eye, "algorithm=lbfgs iterations=4");
  one("to the eye, annealing", eye, 32, "pillow-bicubic", Appearance::Eye, "algorithm=annealing evaluations=40");
  one("pixel by pixel, annealing", pixel, 32, "pillow-bicubic", Appearance::Pixels,
      "algorithm=annealing evaluations=40");
  const auto several = [&](std::string name, std::vector<Phase> phases, Appearance appearance, std::string options) {
    TextRequest r;
    r.cover = smooth(72, 96, 3, 0);
    Target small, large;
    small.picture = smooth(18, 24, 3, 1), small.scaler = "pillow-bicubic";
    large.picture = smooth(108, 144, 3, 2), large.scaler = "pillow-bilinear";
    r.targets = {small, large};
    r.goal = goal_of(appearance), r.options = options;
    all.push_back({std::move(name), r.cover, std::move(phases), [r](SolveOptions o) { return run(r, std::move(o)); }});
  };
  several("several views, pixel by pixel", pixel, Appearance::Pixels, "sweeps=2");
  several("several views, to the eye", {Phase::Planning, Phase::Solving, Phase::Checking}, Appearance::Eye,
          "iterations=2");
  return all;
}

/// Some of 1..n: the first, the last and what lies between, about `count`.
std::vector<long> moments(long n, int count) {
  std::vector<long> at;
  for (int i = 0; i <= count; ++i) at.push_back(std::max(1L, std::lround(static_cast<double>(n) * i / count)));
  at.erase(std::unique(at.begin(), at.end()), at.end());
  return at;
}

}  // namespace

TEST_CASE("every phase asks, its share is above nothing, and the fraction never falls", "[commands]") {
  const NoClock none;
  for (const Named& n : jobs()) {
    CAPTURE(n.name);
    std::map<Phase, long> asked;
    std::map<Phase, double> most;
    double fraction = 0;
    bool fell = false, thumbnail_early = false, pictured = false;
    SolveOptions o;
    o.threads = 1;
    const Result r = (n.job)([&] {
      o.progress = [&](const Progress& p) {
        ++asked[p.phase];
        fell |= p.fraction < fraction;
        fraction = p.fraction;
        most[p.phase] = std::max(most[p.phase], p.fraction);
        thumbnail_early |= p.thumbnail && p.fraction < 0.5;
        if (p.picture) {
          pictured = true;
          CHECK(p.picture->size() == Size{(n.cover.width() + 3) / 4, (n.cover.height() + 3) / 4});
          CHECK(p.picture->channels() == n.cover.channels());
        }
        return Verdict::Continue;
      };
      return o;
    }());
    CHECK(!r.image.empty());
    CHECK(!fell);
    CHECK(fraction > 0.9);
    CHECK(fraction <= 1);
    double before = -1;
    for (const Phase phase : n.phases) {
      CAPTURE(to_string(phase));
      CHECK(asked[phase] > (phase == Phase::Preparing ? 0 : 1));
      CHECK(most[phase] > before);
      before = most[phase];
    }
    CHECK(thumbnail_early);
    CHECK(pictured);
  }
}

TEST_CASE("the time that is left is told by the pace of what is done now, and not where there is none", "[commands]") {
  const NoClock none;
  std::vector<Progress> told;
  SolveOptions options;
  options.progress = [&](const Progress& p) {
    told.push_back(p);
    return Verdict::Continue;
  };
  solver::Controller controller(options);
  controller.phase(Phase::Planning, 0, 0.4);
  CHECK(told.back().seconds_left < 0);
  controller.done(1);
  CHECK(told.back().seconds_left >= 0);
  controller.phase(Phase::Solving, 0.4, 1);
  CHECK(told.back().fraction == Approx(0.4));
  CHECK(told.back().seconds_left < 0);
  controller.done(0.001);
  CHECK(told.back().seconds_left < 0);
  controller.done(0.5);
  CHECK(told.back().seconds_left >= 0);
  // A step of a phase, and one whose pictures are not the result's.
  controller.step(0.6, 0.8, true);
  controller.picture(Image8(2, 2, 1));
  controller.done(0.5);
  CHECK(told.back().fraction == Approx(0.82));
  CHECK(told.back().picture == nullptr);
  controller.step(0.8, 1);
  controller.picture(Image8(2, 2, 1));
  controller.done(0);
  CHECK(told.back().fraction == Approx(0.88));
  CHECK(told.back().picture != nullptr);
}

namespace {

/// How often a job asks whether to go on.
long questions(const Named& n) {
  long calls = 0;
  SolveOptions o;
  o.threads = 1;
  o.progress = [&](const Progress&) { return ++calls, Verdict::Continue; };
  n.job(o);
  return calls;
}

}  // namespace

TEST_CASE("a cancel is obeyed whenever it comes", "[commands]") {
  const NoClock none;
  for (const Named& n : jobs()) {
    CAPTURE(n.name);
    SolveOptions o;
    o.threads = 1;
    long calls = 0;
    const long all = questions(n);
    for (const long k : moments(all, 12)) {
      CAPTURE(k, all);
      calls = 0;
      o.progress = [&](const Progress&) { return ++calls >= k ? Verdict::Cancel : Verdict::Continue; };
      const Result r = n.job(o);
      CHECK(r.outcome == Outcome::Cancelled);
      CHECK(r.image.empty());
      CHECK(calls == k);  // a cancel is final: nobody asks again
    }
  }
}

TEST_CASE("stopped at whatever moment there is an image, and only figures that were computed", "[commands]") {
  const NoClock none;
  for (const Named& n : jobs()) {
    CAPTURE(n.name);
    SolveOptions o;
    o.threads = 1;
    long calls = 0;
    const long all = questions(n);
    for (const long k : moments(all, 10)) {
      CAPTURE(k, all);
      calls = 0;
      o.progress = [&](const Progress&) { return ++calls >= k ? Verdict::StopAndKeep : Verdict::Continue; };
      const Result r = n.job(o);
      CHECK(r.outcome == Outcome::Stopped);
      REQUIRE(r.image.same_shape(n.cover));
      const auto json = nlohmann::json::parse(to_json(r));
      CHECK(json["outcome"] == "stopped");
      // What is told is true; what is not known is not told.
      if (std::isnan(r.cover_psnr))
        CHECK(json["cover_psnr"].is_null());
      else
        CHECK(r.cover_psnr == Approx(psnr(r.image, n.cover)));
      if (std::isnan(r.cover_ssim))
        CHECK(json["cover_ssim"].is_null());
      else
        CHECK(r.cover_ssim == Approx(ssim(r.image, n.cover)));
      for (std::size_t v = 0; v < r.views.size(); ++v)
        CHECK(json["views"][v].contains("exact_pixels") == !r.views[v].channels.empty());
    }
  }
}

TEST_CASE("stopped before there was a plan, both pictures are there all the same", "[commands]") {
  const NoClock none;
  solver::timing().after_stop = 60s;  // long enough for all figures
  TextRequest r;
  r.cover = smooth(384, 512, 3, 0);
  r.target().picture = smooth(192, 256, 3, 1);  // finer than the grid of a plan in haste
  r.goal = EyeGoal();
  for (const char* options : {"iterations=4", "algorithm=lbfgs iterations=4"})
    for (const long k : {1L, 30L}) {
      CAPTURE(options, k);
      r.options = options;
      long calls = 0;
      Phase phase = Phase::Checking;
      SolveOptions o;
      o.threads = 1;
      o.progress = [&](const Progress& p) {
        if (++calls == k) phase = p.phase;
        return calls >= k ? Verdict::StopAndKeep : Verdict::Continue;
      };
      const Result result = run(r, o);
      REQUIRE(result.outcome == Outcome::Stopped);
      CHECK(phase <= Phase::Planning);
      REQUIRE(result.appearance.size() >= 2);
      for (int side : {0, 1}) {
        const Likeness& seen = result.appearance[side].likeness;
        CAPTURE(side, seen.zncc, seen.leak);
        CHECK(seen.zncc > 0.93);
        CHECK(seen.leak < 0.22);
      }
    }
}

TEST_CASE("a stop leaves what lies outside the selection as it is", "[commands]") {
  const NoClock none;
  TextRequest r;
  r.cover = smooth(96, 128, 3, 0);
  r.target().picture = smooth(24, 32, 3, 1);
  r.goal = EyeGoal();
  r.selection = Image8(96, 128, 1);
  for (int y = 0; y < 96; ++y)
    for (int x = 0; x < 128; ++x) r.selection->plane(0).row(y)[x] = x < 40 ? 0 : x < 50 ? 100 : 255;
  for (const char* options : {"iterations=4", "algorithm=lbfgs iterations=4"})
    for (const long k : {1L, 20L, 60L, 150L}) {
      CAPTURE(options, k);
      r.options = options;
      long calls = 0;
      SolveOptions o;
      o.threads = 1;
      o.progress = [&](const Progress&) { return ++calls >= k ? Verdict::StopAndKeep : Verdict::Continue; };
      const Result result = run(r, o);
      REQUIRE(result.outcome == Outcome::Stopped);
      for (int c = 0; c < 3; ++c)
        for (int y = 0; y < 96; ++y)
          REQUIRE(std::equal(r.cover.plane(c).row(y), r.cover.plane(c).row(y) + 40, result.image.plane(c).row(y)));
    }
}

TEST_CASE("a trade-off is cancelled and stopped at whatever moment", "[commands]") {
  const NoClock none;
  TextRequest r;
  r.cover = smooth(48, 64, 3, 0);
  Target v;
  v.picture = smooth(12, 16, 3, 1), v.scaler = "pillow-bicubic";
  r.targets = {v};
  for (const Verdict verdict : {Verdict::Cancel, Verdict::StopAndKeep})
    for (const long k : {1L, 5L, 25L}) {
      long calls = 0, after = 0;
      double fraction = 0;
      SolveOptions o;
      o.threads = 1;
      o.progress = [&](const Progress& p) {
        CHECK(p.fraction >= fraction);
        fraction = p.fraction;
        after += ++calls > k;
        return calls >= k ? verdict : Verdict::Continue;
      };
      const TradeOff t = trade_off(r, 5, o);
      CHECK(t.curve.size() < 5);
      if (verdict == Verdict::Cancel) CHECK(after == 0);
    }
}

TEST_CASE("to the eye no figure is told that means nothing there", "[commands]") {
  const NoClock none;
  for (const Named& n : jobs()) {
    CAPTURE(n.name);
    if (n.name.find("pixel by pixel, averaging") == std::string::npos && n.name.find("to the eye") == std::string::npos)
      continue;
    bool measured = false;
    SolveOptions o;
    o.threads = 1;
    o.progress = [&](const Progress& p) {
      measured |= p.measured && p.phase != Phase::Rounding;
      return Verdict::Continue;
    };
    n.job(o);
    CHECK(measured == (n.name.find("eye") == std::string::npos));
  }
}
