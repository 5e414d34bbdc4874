// SPDX-License-Identifier: LGPL-3.0-or-later
// One thumbnail to the eye: the plan's two pictures dithered, and heavy-ball steps from there.
#include "solver/dither.hpp"

#include <utility>

#include "solver/algorithm.hpp"
#include "tone/dither_solver.hpp"
#include "tone/two_in_one.hpp"
#include "view/cover.hpp"
#include "words/words.hpp"

namespace bifocal::solver {
namespace {

constexpr int kIterations = 40;  // what suits a small image
/// DitherOptions::aim_gain with a chroma term: what that keeps the eye from seeing is not to be had by asking for more.
constexpr double kChromaAimGain = 0.8;

}  // namespace

DitherWork dither_work(Size cover, Size thumbnail, int iterations) {
  DitherWork w{};
  w.looked = 15 * cover.area();
  w.started = w.looked + 35 * cover.area();
  w.prepared = w.started + 60 * cover.area();
  w.solved = w.prepared + iterations * (24 * cover.area() + 8 * thumbnail.area());
  return w;
}

std::unique_ptr<Solution> solve_dither(const Problem& problem, const SolveOptions& options, Controller& controller) {
  using namespace std::chrono_literals;
  const TwoPictures& two = *problem.two_pictures;
  const bool together = two.tones.chroma > 0;
  Image8 rounded;
  const Image8& cover = cover_bytes(problem, rounded);
  const int iterations = sweeps_of(options, kIterations);
  const DitherWork work = dither_work(cover.size(), two.pictures.thumbnail.size(), iterations);
  Image x, seen;
  const bool started = controller.spare(0ms, [&] {
    seen = tone::look_closely(two.pictures, cover);
    controller.done(work.looked / work.solved);
    x = tone::start(two.pictures, seen, together);
    controller.done(work.started / work.solved);
  });
  if (!started) {
    auto s = std::make_unique<ImageSolution>(problem, Image());
    s->hurried = tone::start_in_bytes(two.pictures, cover, together);
    s->end(controller.ending());
    s->objective = Result::kNone;
    return s;
  }
  tone::DitherResult result;
  result.objective = Result::kNone;  // until it is known
  const bool whole = controller.spare(0ms, [&] {
    tone::DitherObjective objective(seen, two.pictures.thumbnail, two.weights, two.tones);
    seen = {};  // large, and no longer needed
    tone::DitherOptions d;
    d.iterations = iterations;
    if (together) d.aim_gain = kChromaAimGain;
    if (problem.mask) d.cover = &cover, d.mask = &*problem.mask;
    d.proceed = [&](const tone::DitherResult& now, const Image& image) {
      result = now;
      controller.when_picture_due([&] { show(problem, image, controller); });
      Controller::Figures figures;
      figures.fraction = (work.prepared + (work.solved - work.prepared) * now.iterations / iterations) / work.solved;
      figures.sweeps = now.iterations;
      return controller.tick(figures);
    };
    result = tone::solve_dither(objective, x, d);
  });
  auto s = std::make_unique<ImageSolution>(problem, std::move(x));
  s->end(result.converged ? Ending{Outcome::Solved, N_("an iteration gained less than the tolerance")}
         : !whole || result.interrupted || controller.stopped() ? controller.ending()
                                                                : kSweepsUsed);
  s->objective = result.objective;
  s->sweeps = result.iterations;
  s->evaluations = result.evaluations;
  return s;
}

}  // namespace bifocal::solver
