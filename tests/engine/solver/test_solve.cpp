// SPDX-License-Identifier: LGPL-3.0-or-later
// Whole solves through TextRequest: exact bytes, progress, stopping, threads, odd sizes.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>
#include <sstream>
#include <thread>

#include <nlohmann/json.hpp>

#include <bifocal/error.hpp>
#include <bifocal/views.hpp>

#include "solver/algorithm.hpp"
#include "support/peer.hpp"
#include "support/problems.hpp"
#include "support/random_image.hpp"
#include "support/text_request.hpp"

using namespace bifocal;

namespace {

std::size_t wrong_in_library(Peer& peer, const TextRequest& r, const Image8& image) {
  const std::size_t dash = r.target().scaler.find('-');
  return mismatches(peer.resize(r.target().scaler.substr(0, dash), r.target().scaler.substr(dash + 1), image,
                                r.target().picture.size()),
                    r.target().picture);
}

}  // namespace

TEST_CASE("the real library shows the target, byte for byte", "[solve][peer]") {
  Peer peer;
  const auto [from, to] =
      GENERATE(table<Size, Size>({{{256, 256}, {64, 64}}, {{300, 200}, {57, 38}}, {{200, 100}, {100, 50}}}));
  for (const ScalerInfo& info : Scaler::catalogue()) {
    if (info.library != "Pillow" && info.library != "OpenCV") continue;
    if (info.exactness != Exactness::Bytes) continue;
    const TextRequest request = one_request(std::string(info.id), from, to, 3);
    const Result r = run(request);
    CAPTURE(info.id, from.width, to.width, r.why_stopped);
    CHECK(r.outcome == Outcome::Solved);
    CHECK(r.certificate->gap <= 1e-5);
    CHECK(r.views.at(0).exact_pixels == 1);
    CHECK(wrong_in_library(peer, request, r.image) == 0);
    CHECK(r.cover_psnr >= r.cover_psnr_continuous - 0.01);
  }
}

TEST_CASE("the report says what the real library does where the target is out of reach", "[solve][peer]") {
  Peer peer;
  TextRequest request = one_request("pillow-bilinear", {128, 128}, {32, 32}, 1, 0, 255);
  for (int y = 8; y < 24; ++y)  // single white pixels on black: a triangle kernel spreads what it takes
    for (int x = 8; x < 24; ++x) request.target().picture.plane(0).row(y)[x] = x % 2 || y % 2 ? 0 : 255;
  SolveOptions keep;
  keep.keep_continuous = true;
  const Result r = run(request, keep);
  CHECK(r.outcome == Outcome::OutOfReach);
  const ViewReport& view = r.views.at(0);
  CHECK(view.unreached == wrong_in_library(peer, request, r.image));
  CHECK(view.unreached > 64);
  CHECK(view.proven > 64);
  CHECK(view.proven <= view.unreached);
  CHECK(objective(make_problem(request).problem, r.continuous) == Approx(r.objective).epsilon(1e-4));
  CHECK(r.certificate->lower_bound <= r.objective);
  std::size_t marked = 0;
  for (int y = 0; y < 32; ++y)
    for (int x = 0; x < 32; ++x) marked += view.unreached_map.plane(0).row(y)[x] != 0;
  CHECK(marked == view.unreached);
}

TEST_CASE("a target out of reach can be fitted into reach", "[solve]") {
  TextRequest request = one_request("pillow-bilinear", {128, 128}, {32, 32}, 1, 0, 255);
  for (int y = 8; y < 24; ++y)
    for (int x = 8; x < 24; ++x) request.target().picture.plane(0).row(y)[x] = x % 2 || y % 2 ? 0 : 255;
  request.options = "out-of-reach=fit";
  SolveOptions o;
  double last = 0;
  o.progress = [&](const Progress& p) {
    CHECK(p.fraction >= last);
    last = p.fraction;
    return Verdict::Continue;
  };
  const Result r = run(request, o);
  CHECK(r.outcome == Outcome::Solved);
  CHECK(r.views.at(0).exact_pixels == 1);
  REQUIRE(r.texts(Severity::Warning).size() == 1);
  CHECK_THAT(r.texts(Severity::Warning)[0], Catch::Contains("contrast"));
  request.target().picture = smooth_image(22, 32, 32, 1, 60, 190);
  CHECK(run(request).texts(Severity::Warning).empty());
}

TEST_CASE("what is reachable is never proven out of reach", "[solve]") {
  // The target is what a real image shows, so it is in reach by construction.
  const char* scaler = GENERATE("pillow-bicubic", "pillow-lanczos", "pillow-bilinear", "opencv-area");
  std::mt19937 random(9);
  TextRequest request = one_request(scaler, {128, 128}, {32, 32}, 1);
  request.target().picture = Scaler::find(scaler).resize(random_image(random, 128, 128, 1, Noise::Extreme), {32, 32});
  const Result r = run(request);
  CAPTURE(scaler, r.views.at(0).unreached);
  CHECK(r.views.at(0).proven == 0);
}

TEST_CASE("the balance runs from the cover to the target", "[solve]") {
  TextRequest request = one_request("pillow-bicubic", {128, 128}, {32, 32}, 3);
  double last_cover = HUGE_VAL, last_error = HUGE_VAL;
  for (const double balance : {0., 25., 50., 90., 100.}) {
    request.balance = balance;
    const Result r = run(request);
    CAPTURE(balance);
    double error = 0;
    for (const ChannelError& c : r.views.at(0).channels) error += c.mean;
    CHECK(r.cover_psnr <= last_cover);
    CHECK(error <= last_error);
    if (balance == 0) CHECK(mismatches(r.image, request.cover) == 0);
    if (balance == 100) CHECK(error == 0);
    last_cover = r.cover_psnr;
    last_error = error;
  }
}

TEST_CASE("the same bytes on any number of threads, and side by side", "[solve]") {
  const TextRequest request = one_request("pillow-lanczos", {600, 300}, {75, 60}, 3, 0, 255);
  std::vector<Image8> images(6);
  std::vector<std::thread> workers;
  for (int i = 0; i < 6; ++i)
    workers.emplace_back([&, i] {
      SolveOptions o;
      o.threads = 1 + i % 3;
      images[i] = run(request, o).image;
    });
  for (std::thread& w : workers) w.join();
  for (const Image8& image : images) CHECK(mismatches(image, images[0]) == 0);
}

TEST_CASE("progress rises, shows the thumbnail, and can stop or cancel", "[solve]") {
  const TextRequest request = one_request("pillow-bilinear", {1200, 900}, {150, 100}, 3);
  SolveOptions o;
  double last = 0;
  int calls = 0, thumbnails = 0;
  SECTION("continue") {
    o.progress = [&](const Progress& p) {
      CHECK(p.fraction >= last);
      last = p.fraction;
      ++calls;
      if (p.thumbnail) {
        ++thumbnails;
        CHECK(p.thumbnail->size() == Size{150, 100});
        CHECK(p.thumbnail->channels() == 3);
      }
      return Verdict::Continue;
    };
    const Result r = run(request, o);
    CHECK(r.outcome == Outcome::Solved);
    CHECK(calls >= 3);
    CHECK(thumbnails >= 1);
    CHECK(last <= 1);
  }
  SECTION("stop and keep") {
    o.progress = [&](const Progress& p) {
      return p.phase == Phase::Solving ? Verdict::StopAndKeep : Verdict::Continue;
    };
    const Result r = run(request, o);
    CHECK(r.outcome == Outcome::Stopped);
    CHECK(r.image.same_shape(request.cover));
    CHECK(r.views.size() == 1);
  }
  SECTION("stop and keep while the target is brought into reach") {
    TextRequest fitted = request;
    fitted.options = "out-of-reach=fit";
    const Phase at = GENERATE(Phase::Planning, Phase::Solving);
    o.progress = [&](const Progress& p) { return p.phase >= at ? Verdict::StopAndKeep : Verdict::Continue; };
    const Result r = run(fitted, o);
    CHECK(r.outcome == Outcome::Stopped);
    CHECK(r.image.same_shape(request.cover));
  }
  SECTION("cancel") {
    const Phase at = GENERATE(Phase::Preparing, Phase::Solving, Phase::Rounding, Phase::Checking);
    o.progress = [&](const Progress& p) { return p.phase == at ? Verdict::Cancel : Verdict::Continue; };
    const Result r = run(request, o);
    CHECK(r.outcome == Outcome::Cancelled);
    CHECK(r.image.empty());
  }
}

TEST_CASE("limits end a solve with the best so far", "[solve]") {
  TextRequest request = one_request("pillow-bilinear", {400, 400}, {100, 100}, 1, 0, 255);
  request.options = "sweeps=2";
  const Result r = run(request);
  CHECK(r.outcome == Outcome::LimitReached);
  CHECK(r.image.same_shape(request.cover));
  CHECK(r.sweeps == 2);
}

TEST_CASE("odd shapes work", "[solve]") {
  const auto [from, to, channels] = GENERATE(table<Size, Size, int>({{{2, 1}, {1, 1}, 1},
                                                                     {{1, 9}, {1, 2}, 3},
                                                                     {{5, 4}, {4, 4}, 3},
                                                                     {{301, 3}, {7, 1}, 1},
                                                                     {{3, 1000}, {2, 999}, 3},
                                                                     {{257, 255}, {256, 3}, 1}}));
  const char* scaler = GENERATE("pillow-bicubic", "pillow-box", "opencv-linear", "opencv-area");
  CAPTURE(scaler, from.width, from.height, to.width, to.height);
  const TextRequest request = one_request(scaler, from, to, channels, 60, 190);
  const Result r = run(request);
  CHECK(r.image.same_shape(request.cover));
  CHECK(r.views.at(0).unreached <= static_cast<std::size_t>(to.width) * to.height / 20);
}

TEST_CASE("a target of another shape is fitted", "[solve]") {
  TextRequest request = one_request("pillow-bicubic", {200, 200}, {60, 30}, 3);
  request.target().size = {50, 50};
  SECTION("inside leaves the borders to the cover") {
    request.fit = Fit::Inside;
    const Result r = run(request);
    CHECK(r.views.at(0).exact_pixels == 1);
    CHECK(std::equal(r.image.plane(0).row(2), r.image.plane(0).row(2) + 200, request.cover.plane(0).row(2)));
  }
  SECTION("fill and stretch use every pixel") {
    request.fit = GENERATE(Fit::Fill, Fit::Stretch);
    CHECK(run(request).views.at(0).exact_pixels == 1);
  }
  SECTION("transparent pixels of the target leave the cover alone") {
    request.target().alpha.emplace(30, 60, 1);
    const Result r = run(request);
    CHECK(mismatches(r.image, request.cover) == 0);
  }
}

TEST_CASE("bad requests are refused in plain words", "[solve]") {
  TextRequest r = one_request("pillow-bicubic", {40, 40}, {10, 10}, 3);
  std::string says;
  SECTION("scaler") { r.target().scaler = "pilow", says = "pillow-bicubic"; }
  SECTION("option") { r.options = "sede=1", says = "seed"; }
  SECTION("option's value") { r.options = "seed=x", says = "seed"; }
  SECTION("balance") { r.balance = 101, says = "balance"; }
  SECTION("far larger than the cover") { r.target().size = {5000, 10}, says = "too large"; }
  SECTION("as large as the cover") { r.target().size = {40, 40}, says = "only the cover can be seen"; }
  SECTION("any scaler, enlarging") {
    r.target().size = {50, 10}, r.target().scaler = kAnyScaler, r.goal = EyeGoal(), says = "smaller";
  }
  SECTION("no target") { r.targets.clear(), says = "no target"; }
  SECTION("zero") { r.target().size = {10, 0}, says = "size"; }
  SECTION("grey and colour") { r.target().picture = smooth_image(1, 10, 10, 1), says = "colour"; }
  try {
    run(r);
    FAIL("not refused");
  } catch (const Error& e) {
    CHECK_THAT(e.what(), Catch::Contains(says));
  }
}

namespace {

/// The names of an object's members that are null, and its other members' names.
struct Keys {
  std::set<std::string> null, figures;
  explicit Keys(const nlohmann::json& object) {
    for (const auto& [name, value] : object.items()) (value.is_null() ? null : figures).insert(name);
  }
};

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("the report is JSON with every figure, or null", "[solve]") {
  const Names all{"algorithm",  "appearance",  "cover_psnr", "cover_psnr_continuous",
                  "cover_ssim", "evaluations", "gap",        "lower_bound",
                  "messages",   "notes",       "objective",  "outcome",
                  "repaired",   "seconds",     "sweeps",     "verdict",
                  "views",      "warnings",    "why_stopped"};
  const auto without = [&](const Names& none) {
    Names rest;
    std::set_difference(all.begin(), all.end(), none.begin(), none.end(), std::inserter(rest, rest.end()));
    return rest;
  };
  TextRequest request = one_request("pillow-box", {64, 64}, {16, 16}, 3);
  const auto json = nlohmann::json::parse(to_json(run(request)));
  CHECK(Keys(json).figures == all);
  CHECK(json.at("outcome") == "solved");
  CHECK(json.at("algorithm") == "dual");
  CHECK(json.at("gap").get<double>() <= 1e-5);
  CHECK(json.at("lower_bound").get<double>() <= json.at("objective").get<double>());
  CHECK(json.at("objective").get<double>() > 0);
  CHECK(json.at("cover_psnr_continuous").get<double>() >= json.at("cover_psnr").get<double>() - 0.1);
  const auto& view = json.at("views").at(0);
  CHECK(Keys(view).null == Names{"psnr"});  // infinite, as all is exact: no number of JSON
  CHECK(view.at("exact_pixels") == 1.0);
  CHECK(view.at("channels").size() == 3);

  // Nothing is certified where the problem is not convex; to the eye there is no continuous solution to compare.
  request.options = "algorithm=lbfgs sweeps=5";
  CHECK(Keys(nlohmann::json::parse(to_json(run(request)))).null == Names{"gap", "lower_bound"});
  request.goal = EyeGoal();
  for (const bool own : {true, false}) {
    request.options = own ? "iterations=3" : "iterations=3 algorithm=lbfgs";
    const auto eye = nlohmann::json::parse(to_json(run(request)));
    const Names none{"cover_psnr_continuous", "gap", "lower_bound"};
    CHECK(Keys(eye).null == none);
    CHECK(Keys(eye).figures == without(none));
    for (const auto& row : eye.at("appearance")) {
      CHECK(Keys(row).null.empty());
      CHECK(Keys(row).figures == Names{"colour_leak", "colours", "contrast", "height", "jpeg", "leak", "name", "range",
                                       "role", "scaler", "shows", "ssim", "width", "zncc"});
    }
  }

  // Cancelled, there is no figure at all.
  SolveOptions options;
  options.progress = [](const Progress&) { return Verdict::Cancel; };
  for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye}) {
    request.goal = goal_of(appearance);
    const auto nothing = nlohmann::json::parse(to_json(run(request, options)));
    CHECK(Keys(nothing).null ==
          Names{"cover_psnr", "cover_psnr_continuous", "cover_ssim", "gap", "lower_bound", "objective"});
  }
}

TEST_CASE("the caller's options count, but for what the string sets", "[solve]") {
  TextRequest request = one_request("pillow-bicubic", {64, 48}, {16, 12}, 1);
  SolveOptions options;
  options.algorithm = "gradient";
  options.max_sweeps = 3;
  Result r = run(request, options);
  CHECK(r.algorithm == "gradient");
  CHECK(r.sweeps == 3);
  CHECK(r.outcome == Outcome::LimitReached);
  request.options = "algorithm=accelerated sweeps=4";
  r = run(request, options);
  CHECK(r.algorithm == "accelerated");
  CHECK(r.sweeps == 4);
  const Posed posed = make_problem(request, options);
  CHECK(posed.options.algorithm == "accelerated");
  CHECK(posed.options.max_sweeps == 4);
  request.goal = EyeGoal();
  request.options = "";
  options.algorithm = "lbfgs";
  CHECK(run(request, options).algorithm == "lbfgs");
}

TEST_CASE("no algorithm makes more sweeps than it may", "[solve]") {
  constexpr int kMost = 3;
  for (const AlgorithmInfo& a : algorithms())
    for (const char* also : {"", " objective=distances"}) {
      TextRequest request = one_request("pillow-bicubic", {40, 32}, {10, 8}, 1, 0, 255);
      request.options = "repair=no evaluations=400 sweeps=3 algorithm=" + std::string(a.name) + also;
      request.goal = goal_of(a.name == solver::kDither ? Appearance::Eye : Appearance::Pixels);
      CAPTURE(request.options);
      const Result r = run(request);
      CHECK(r.algorithm == a.name);
      CHECK(r.sweeps <= kMost);
      CHECK((r.sweeps > 0 || a.name == "annealing"));  // whose first search may take all evaluations
    }
  TextRequest views;
  views.cover = smooth_image(3, 32, 40, 1);
  views.targets.resize(2);
  views.targets[0].picture = smooth_image(4, 8, 10, 1);
  views.targets[1].picture = smooth_image(5, 50, 60, 1);  // enlarging: solved in rounds
  views.options = "sweeps=3";
  CHECK(run(views).sweeps == kMost);
  views.goal = EyeGoal();
  CHECK(run(views).sweeps <= kMost);
}

TEST_CASE("what can be had is refused to the eye", "[solve]") {
  TextRequest views;
  views.cover = smooth_image(3, 32, 40, 1);
  views.targets.resize(1);
  views.targets[0].picture = smooth_image(4, 8, 10, 1);
  CHECK(trade_off(views, 2).names.size() == 1);
  views.goal = EyeGoal();
  CHECK_THROWS_WITH(trade_off(views, 2), Catch::Contains("pixel by pixel"));
}

TEST_CASE("the options' table has the defaults that a caller has", "[solve]") {
  std::istringstream lines(known_options());
  std::string all;
  for (std::string line; std::getline(lines, line);) all += line.substr(0, line.find(':')) + " ";
  CHECK(option_list().size() == 17);
  for (const OptionInfo& o : option_list()) CHECK_FALSE(o.meaning.empty());
  for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye}) {
    const Options none = read_options("", {appearance}), named = read_options(all, {appearance});
    CHECK(none.remarks.empty());
    CHECK(named.remarks.size() > 3);  // those of the other appearance
    CHECK(none.goal == goal_of(appearance));
    CHECK(named.goal == none.goal);
    const SolveOptions c;
    for (const SolveOptions* o : {&none.solve, &named.solve}) {
      CHECK(o->algorithm == c.algorithm);
      CHECK(o->seed == c.seed);
      CHECK(o->max_sweeps == c.max_sweeps);
      CHECK(o->max_seconds == c.max_seconds);
      CHECK(o->max_evaluations == c.max_evaluations);
      CHECK(o->gap_tolerance == c.gap_tolerance);
      CHECK(o->exact_bytes == c.exact_bytes);
    }
  }
}

TEST_CASE("an option that changes nothing is looked at, remarked on and left out", "[solve]") {
  const Options views = read_options("jpeg=85 sigma=2", {Appearance::Eye, true});
  EyeGoal wider;
  wider.sigma = 2;
  CHECK(views.goal == Goal(wider));
  CHECK(views.remarks.size() == 1);
  CHECK(std::get<EyeGoal>(read_options("jpeg=85", {Appearance::Eye}).goal).jpeg == 85);
  CHECK(read_options("out-of-reach=fit", {Appearance::Pixels, false, 90}).goal == goal_of(Appearance::Pixels));
  CHECK_THROWS_AS(read_options("jpeg=20", {Appearance::Pixels}), Error);
}

TEST_CASE("a goal that nobody can mean is refused", "[solve]") {
  Request r = one_request("pillow-bicubic", {40, 32}, {10, 8}, 1);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (double EyeGoal::*figure :
       {&EyeGoal::cover_strength, &EyeGoal::target_strength, &EyeGoal::ghosting, &EyeGoal::crisp, &EyeGoal::sigma})
    for (const double value : {-1.0, 99.0, nan}) {
      EyeGoal goal;
      goal.*figure = value;
      r.goal = goal;
      CHECK_THROWS_WITH(run(r), Catch::Contains("it takes a number from"));
    }
  for (int EyeGoal::*figure : {&EyeGoal::iterations, &EyeGoal::jpeg, &EyeGoal::subsampling})
    for (const int value : {-1, 20000}) {
      EyeGoal goal;
      goal.*figure = value;
      r.goal = goal;
      CHECK_THROWS_AS(run(r), Error);
    }
}

TEST_CASE("a mask keeps the cover, whatever picture the pixels are to show", "[solve]") {
  std::mt19937 random(3);
  const Size size{9, 7};
  const bool halves = GENERATE(false, true), scaled = GENERATE(false, true);
  const std::string algorithm = GENERATE("auto", "dual", "accelerated", "lbfgs");
  CAPTURE(halves, scaled, algorithm);
  Problem p;
  p.cover = random_levels(random, size.height, size.width, 1);
  p.views.push_back(View::pixels(size));
  p.views.push_back(View::pixels(random_levels(random, size.height, size.width, 1), 4));
  if (scaled) p.views.push_back(View::scaled(Scaler::find("pillow-box"), size, random_levels(random, 3, 3, 1), 9));
  p.mask = Image(size.height, size.width, 1);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) p.mask->plane(0).row(y)[x] = halves ? 0.5f : static_cast<float>((x + y) % 2);
  SolveOptions options;
  options.algorithm = algorithm;
  options.keep_continuous = true;
  if (algorithm == "dual") {
    CHECK_THROWS_WITH(solve(p, options), Catch::Contains("with a mask"));
    return;
  }
  const Result r = solve(p, options);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x) {
      const float cover = p.cover.plane(0).row(y)[x], free = p.mask->plane(0).row(y)[x],
                  level = r.continuous.plane(0).row(y)[x];
      CHECK(level >= cover * (1 - free) - 1e-3f);
      CHECK(level <= cover + (255 - cover) * free + 1e-3f);
    }
}
