// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <vector>

#include <bifocal/view.hpp>

namespace bifocal {

/// One problem: find x in [lower, upper] that minimises Σ cost of the views.
///   cover  the image before the change: the start, and the centre of the box that `mask` shrinks
///   views  at least one; View::pixels(cover) is the usual first one
///   mask   1 channel, the cover's size, 0..1: lower = cover·(1 − mask), upper = cover + (255 − cover)·mask.
///          0 keeps a pixel as it is, 1 leaves it free in 0..255. Empty: all free.
struct Problem {
  Image cover;
  std::vector<View> views;
  std::optional<Image> mask;
  std::optional<Image> start;  ///< where general solvers begin, when not at the cover

  Size size() const { return cover.size(); }
  int channels() const { return cover.channels(); }
  /// All views linear and a pixel-by-pixel view present: a strictly convex quadratic over a box.
  bool convex() const;
  /// Throws SizeMismatch or InvalidArgument, naming the view that does not fit.
  void check() const;
};

/// Σ of the views' costs at x (levels²).
double objective(const Problem& problem, const Image& x);
/// What view `view` shows of x, in the units of its picture.
Image see(const View& view, const Image& x);

}  // namespace bifocal
