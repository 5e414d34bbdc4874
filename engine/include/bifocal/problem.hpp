// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/view.hpp>

namespace BIFOCAL_API bifocal {

/// What make_problem() plans for the algorithm "heavy-ball".
struct TwoPictures;

/// How the views add up to one objective.
enum class Norm {
  Squares,  ///< Σ weight/2 · Σ pixel_weights · (see(x) − picture)², the views' costs
  Norms,    ///< Σ weight · √(Σ pixel_weights · (see(x) − picture)²): distances, not squared, over all channels
};

/// One problem: find x in [lower, upper] that minimises Σ cost of the views.
///   cover  the image before the change: the start, and the centre of the box that `mask` shrinks
///   views  at least one; View::pixels(cover) is the usual first one
///   mask   1 channel, the cover's size, 0..1: lower = cover·(1 − mask), upper = cover + (255 − cover)·mask.
///          0 keeps a pixel as it is, 1 leaves it free in 0..255. Empty: all free.
struct Problem {
  Image cover;
  /// Instead of `cover`, where its levels are whole: solvers that can work on bytes then need no floats of it.
  std::shared_ptr<const Image8> whole_cover;
  std::vector<View> views;
  std::optional<Image> mask;
  std::optional<Image> start;  ///< where general solvers begin, when not at the cover; finite, clipped to the box
  Norm norm = Norm::Squares;
  /// One thumbnail to the eye: the views' wishes as the algorithm "heavy-ball" takes them. Null: it cannot be chosen.
  std::shared_ptr<const TwoPictures> two_pictures;

  Size size() const { return whole_cover ? whole_cover->size() : cover.size(); }
  int channels() const { return whole_cover ? whole_cover->channels() : cover.channels(); }
  /// All views linear and a pixel-by-pixel view present: strictly convex over a box (a quadratic, with Norm::Squares).
  bool convex() const;
  /// Throws SizeMismatch or InvalidArgument, naming what does not fit, is no number or too large for the arithmetic:
  /// levels are 0..255, a view's A makes them at most 1000 times as large, weight · ‖A‖² is at most 1e15, and the
  /// views' weights lie at most 1e21 times apart.
  void check() const;
};

/// The objective at x, which has the cover's shape: levels² with Norm::Squares, levels with Norm::Norms. Throws as
/// Problem::check.
double objective(const Problem& problem, const Image& x);
/// What view `view` shows of x, in the units of its picture.
Image see(const View& view, const Image& x);

}  // namespace bifocal
