// SPDX-License-Identifier: LGPL-3.0-or-later
// Requests of all kinds, from end to end.
#include <utility>

#include <bifocal/request.hpp>
#include <bifocal/views.hpp>

#include "entries.hpp"
#include "fingerprint.hpp"
#include "support/problems.hpp"
#include "support/random_image.hpp"
#include "support/text_request.hpp"

using namespace bifocal;

namespace {

/// What leaves as bytes, and the figures that are counted from these. Sums of floats, such as the objective, may differ
/// in their last digits from one processor to another.
std::uint64_t sum(const Result& r) {
  Fingerprint f;
  f.add(r.image).add(r.cover_psnr).add(to_string(r.outcome));
  for (const ViewReport& v : r.views) f.add(v.exact_pixels).add(static_cast<double>(v.unreached)).add(v.unreached_map);
  for (const Message& m : r.messages) f.add(m.text);
  return f.sum();
}

TextRequest pixels(int channels = 3) { return one_request("pillow-bicubic", {40, 32}, {10, 8}, channels, 40, 215); }

/// The text is read before.
Call run_of(const TextRequest& asked) {
  auto [request, said] = read(asked);
  return [request = std::move(request), options = said.solve] { return sum(run(request, options)); };
}

Call with(const char* options, int channels = 1) {
  TextRequest r = pixels(channels);
  r.options = options;
  return run_of(std::move(r));
}

TextRequest eye(int channels = 3) {
  TextRequest r = one_request("pillow-bicubic", {48, 40}, {12, 10}, channels, 0, 255);
  r.goal = EyeGoal();
  r.options = "iterations=3";
  return r;
}

Call eye_with(const char* options, const char* scaler, int channels = 3) {
  TextRequest r = eye(channels);
  r.options = options;
  r.target().scaler = scaler;
  return run_of(std::move(r));
}

TextRequest views() {
  TextRequest r;
  r.cover = smooth_image(21, 32, 40, 1);
  for (const char* scaler : {"pillow-bicubic", "opencv-linear"}) {
    Target v;
    v.picture = smooth_image(22, 8, 10, 1, 60, 190);
    v.scaler = scaler;
    r.targets.push_back(v);
  }
  r.options = "sweeps=20";
  return r;
}

Call enlarged() {
  TextRequest r = views();
  r.targets.pop_back();
  r.targets[0].picture = smooth_image(23, 48, 60, 1, 60, 190);
  return run_of(std::move(r));
}

Call eye_views() {
  TextRequest r = views();
  r.cover = smooth_image(21, 40, 48, 3);
  for (Target& v : r.targets) v.picture = smooth_image(22, 10, 12, 3);
  r.targets[1].scaler = "pillow-nearest";
  r.goal = EyeGoal();
  r.options = "iterations=3";
  return run_of(std::move(r));
}

Call selected() {
  TextRequest r = pixels();
  r.selection = smooth_image(31, 32, 40, 1);
  r.target().picture = smooth_image(32, 12, 12, 3);
  r.target().alpha = smooth_image(33, 12, 12, 1);
  r.target().size = {10, 8};
  r.fit = Fit::Inside;
  return run_of(std::move(r));
}

Call eye_selected() {
  TextRequest r = eye();
  r.selection = smooth_image(31, 40, 48, 1);
  return run_of(std::move(r));
}

/// A target that no image has: checks under a triangle.
Call out_of_reach(const char* options) {
  TextRequest r = one_request("pillow-bilinear", {48, 48}, {12, 12}, 1, 0, 255);
  for (int y = 0; y < 12; ++y)
    for (int x = 0; x < 12; ++x) r.target().picture.plane(0).row(y)[x] = x % 2 || y % 2 ? 0 : 255;
  r.options = options;
  return run_of(std::move(r));
}

Call plain_solve(const char* algorithm) {
  SolveOptions options;
  options.algorithm = algorithm;
  options.max_sweeps = 5;
  options.max_evaluations = 400;
  options.keep_continuous = true;
  return [problem = one_thumbnail("pillow-bicubic", {30, 24}, {10, 8}, 1, 20, 40, 215), options] {
    const Result r = solve(problem, options);
    return Fingerprint().add(r.image).sum();
  };
}

TextRequest large(Appearance appearance, const char* options) {
  TextRequest r = one_request("pillow-bicubic", {600, 480}, {150, 120}, 3, 40, 215);
  r.goal = goal_of(appearance);
  r.options = options;
  return r;
}

Call large_views() {
  TextRequest r = views();
  r.cover = smooth_image(21, 480, 600, 1);
  return run_of(std::move(r));
}

Call pixels_problem() {
  return [request = Request(pixels())] {
    const Problem p = make_problem(request).problem;
    return Fingerprint().add(p.cover).add(p.views[1].picture).add(p.views[1].look.vertical).sum();
  };
}

Call eye_problem() {
  return [request = Request(eye(1))] {
    const Problem p = make_problem(request).problem;
    return Fingerprint().add(p.cover).add(p.views[0].picture).sum();
  };
}

template <Appearance appearance>
Call views_problem() {
  TextRequest r = views();
  r.goal = goal_of(appearance);
  return [request = Request(r)] {
    const Problem p = make_problem(request).problem;
    return Fingerprint().add(p.cover).add(p.views[1].picture).sum();
  };
}

std::uint64_t sum(const TradeOff& t) {
  Fingerprint f;
  for (const TradeOffPoint& p : t.curve) f.add(p.cover).add(p.views.data(), sizeof(double) * p.views.size());
  return f.sum();
}

Call trade_off_of_views() {
  SolveOptions options;
  options.max_sweeps = 20;
  return [request = Request(views()), options] { return sum(trade_off(request, 2, options)); };
}

Call trade_off_as_json() {
  return [t = trade_off(views(), 2)] { return Fingerprint().add(to_json(t)).sum(); };
}

Call result_as_json() {
  Result r = run(eye(1));
  r.seconds = 0;
  r.warn("long", "a warning that is long enough to need memory of its own");
  r.note("no-utf-8", "äöü \xff");
  return [r = std::move(r)] { return Fingerprint().add(to_json(r)).sum(); };
}

}  // namespace

std::vector<Entry> solving_entries() {
  return {
      {"run: pixel by pixel", [] { return with("", 3); }},
      {"run: a selection, alpha, fitted inside", [] { return selected(); }},
      {"run: distances", [] { return with("objective=distances sweeps=10"); }},
      {"run: accelerated", [] { return with("algorithm=accelerated sweeps=10"); }},
      {"run: lbfgs", [] { return with("algorithm=lbfgs sweeps=5"); }},
      {"run: gradient", [] { return with("algorithm=gradient sweeps=5 evaluations=50"); }},
      {"run: annealing", [] { return with("algorithm=annealing evaluations=2000"); }},
      {"run: out of reach", [] { return out_of_reach(""); }},
      {"run: brought into reach", [] { return out_of_reach("out-of-reach=fit"); }},
      {"run: to the eye", [] { return run_of(eye()); }},
      {"run: to the eye, no repair", [] { return eye_with("iterations=3 repair=no", "pillow-bicubic"); }},
      {"run: to the eye, a selection", [] { return eye_selected(); }},
      {"run: to the eye, any thumbnail", [] { return eye_with("iterations=3", "any", 1); }},
      {"run: to the eye, JPEG", [] { return eye_with("iterations=3 jpeg=85", "pillow-bicubic"); }},
      {"run: to the eye, lbfgs", [] { return eye_with("iterations=2 algorithm=lbfgs", "pillow-bicubic", 1); }},
      {"run: to the eye, linear light", [] { return eye_with("iterations=2", "gimp-cubic", 1); }},
      {"run: views", [] { return run_of(views()); }},
      {"run: views, enlarged", [] { return enlarged(); }},
      {"run: views, to the eye", [] { return eye_views(); }},
      {"solve: dual", [] { return plain_solve("dual"); }},
      {"solve: accelerated", [] { return plain_solve("accelerated"); }},
      {"solve: lbfgs", [] { return plain_solve("lbfgs"); }},
      {"solve: gradient", [] { return plain_solve("gradient"); }},
      {"solve: annealing", [] { return plain_solve("annealing"); }},
      {"make_problem: pixel by pixel", [] { return pixels_problem(); }},
      {"make_problem: to the eye", [] { return eye_problem(); }},
      {"make_problem: views", [] { return views_problem<Appearance::Pixels>(); }},
      {"make_problem: views, to the eye", [] { return views_problem<Appearance::Eye>(); }},
      {"trade_off", [] { return trade_off_of_views(); }},
      {"to_json: a trade-off", [] { return trade_off_as_json(); }},
      {"to_json: a result", [] { return result_as_json(); }},
  };
}

std::vector<Entry> large_entries() {
  return {
      {"large: pixel by pixel", [] { return run_of(large(Appearance::Pixels, "")); }},
      {"large: lbfgs", [] { return run_of(large(Appearance::Pixels, "algorithm=lbfgs sweeps=2")); }},
      {"large: to the eye", [] { return run_of(large(Appearance::Eye, "iterations=2")); }},
      {"large: views", [] { return large_views(); }},
  };
}
