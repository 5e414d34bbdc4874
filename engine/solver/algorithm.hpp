// SPDX-License-Identifier: LGPL-3.0-or-later
// What every algorithm takes and gives back. One file per algorithm; solve.cpp chooses by name.
#pragma once
#include <functional>
#include <limits>
#include <memory>
#include <string>

#include <bifocal/problem.hpp>
#include <bifocal/solve.hpp>

#include "image/rows.hpp"
#include "solver/controller.hpp"
#include "words/words.hpp"

namespace bifocal::solver {

/// The name of the solver of one thumbnail to the eye.
inline constexpr char kDither[] = "heavy-ball";

/// SolveOptions::max_sweeps, or what suits an algorithm.
inline int sweeps_of(const SolveOptions& options, int suits) {
  return options.max_sweeps > 0 ? options.max_sweeps : suits;
}
constexpr int kSweeps = 300;  // of most algorithms

/// A continuous solution: levels inside the problem's box, not yet whole numbers. It may look at the problem.
class Solution {
 public:
  virtual ~Solution() = default;
  virtual void rows(int channel, const RowSink& sink) const = 0;
  /// What view k shows of it; empty where it is a pixel-by-pixel view, or nothing is known.
  virtual Image seen(std::size_t k) const = 0;
  /// All of it, of the problem's shape; the last thing asked of it.
  virtual Image take(Size size, int channels);

  std::string_view algorithm;                ///< its name
  std::shared_ptr<const Problem> in_floats;  ///< the problem that was solved, where it was made for that
  Image8 hurried;  ///< bytes at once, where the caller asked to stop before there was anything to round; else empty
  Outcome outcome = Outcome::Solved;  ///< Solved, Stopped or LimitReached
  std::string why_stopped;
  void end(const Ending& e) { outcome = e.outcome, why_stopped = _(e.why); }
  double objective = 0;
  double lower_bound = -std::numeric_limits<double>::infinity();
  int sweeps = 0;
  long evaluations = 0;
};

/// What a view shows of x: see(), quickly where it can be.
Image seen_of(const View& view, const Image& x);

/// The usual Solution: an image in memory.
class ImageSolution final : public Solution {
 public:
  ImageSolution(const Problem& problem, Image x) : problem_(problem), x_(std::move(x)) {}
  void rows(int channel, const RowSink& sink) const override;
  Image seen(std::size_t k) const override;
  Image take(Size, int) override { return std::move(x_); }

 private:
  const Problem& problem_;
  Image x_;
};

/// The view whose picture is shown while the work goes on: the first one of a scaler. Null: there is none.
const View* shown_view(const Problem& problem);
/// Both pictures of `x`, an image of the problem's: to be watched.
void show(const Problem& problem, const Image& x, Controller& controller);
/// The large one, channel by channel.
void show_channel(Size size, int channel, int channels, const RowSource& rows, Controller& controller);

/// How often an algorithm for any views evaluates a problem of so many samples, at most or as a rule: its work.
double evaluations_planned(const SolveOptions& options, double samples);

using Algorithm = std::unique_ptr<Solution> (*)(const Problem&, const SolveOptions&, Controller&);

std::unique_ptr<Solution> solve_dual(const Problem& problem, const SolveOptions& options, Controller& controller);
std::unique_ptr<Solution> solve_lbfgs(const Problem& problem, const SolveOptions& options, Controller& controller);
/// Generalised simulated annealing with local searches (annealing.hpp); any views.
std::unique_ptr<Solution> solve_annealing(const Problem& problem, const SolveOptions& options, Controller& controller);
/// Heavy-ball steps on the dither of Problem::two_pictures (tone/dither_solver.hpp).
std::unique_ptr<Solution> solve_dither(const Problem& problem, const SolveOptions& options, Controller& controller);
/// The plain reference (gradient.hpp).
std::unique_ptr<Solution> solve_gradient(const Problem& problem, const SolveOptions& options, Controller& controller);
/// Norm::Norms by an algorithm for Norm::Squares (norms.hpp).
std::unique_ptr<Solution> solve_norms(const Problem& problem, const SolveOptions& options, Controller& controller,
                                      Algorithm inner);

}  // namespace bifocal::solver
