// SPDX-License-Identifier: LGPL-3.0-or-later
// What the dual method needs to know of a problem before it starts, the same for all channels, and what it gives back
// for one channel. dual.cpp has the method's formulas.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include <bifocal/problem.hpp>
#include <bifocal/solve.hpp>

#include "solver/controller.hpp"
#include "solver/duals.hpp"
#include "solver/fused_sweep.hpp"
#include "solver/preconditioner.hpp"
#include "words/words.hpp"

namespace bifocal::solver {

/// What all channels share of one view.
struct DualView {
  const View* view;
  double rho;  // weight over the pixel view's weight
  Preconditioner preconditioner;
  Grid inverse_rho;        // 1/ρ per pixel
  Grid inverse_curvature;  // 1 over the curvature if nothing is clipped; 0 where there is none
  Grid matters;            // 0 where the pixel weight is 0, else 1; empty when all matter
};

/// Everything that is the same for all channels.
struct DualPlan {
  std::vector<DualView> views;
  std::unique_ptr<FusedSweep> sweep;
  const Image* picture = nullptr;  // the pixel-by-pixel one; null: the cover in bytes
  const Image8* whole = nullptr;   // the cover in bytes
  std::unique_ptr<Image> mean;     // the picture when there are several
  double weight = 0;               // of the pixel-by-pixel views together
  double constant = 0;             // of the objective, when pixel-by-pixel views disagree

  Levels center(int channel) const { return picture ? Levels(picture->plane(channel)) : Levels(whole->plane(channel)); }
};

/// Throws nothing of its own; the problem is convex and has a pixel-by-pixel view.
DualPlan make_dual_plan(const Problem& problem);

/// One channel at the end, values in units of the pixel-by-pixel views' weight.
struct DualChannel {
  Duals duals;
  std::vector<Grid> seen;  // D_k x
  double primal = 0, dual_value = 0;
  int sweeps = 0;
  bool softened = false;  // solved with a lower weight of the exact views
  Ending ending{Outcome::Solved, N_("nothing but the cover counts")};
};

/// By quasi-Newton steps over whole sweeps; any views.
DualChannel ascend(const DualPlan& plan, const Problem& problem, int channel, const SolveOptions& options,
                   Controller& controller);

}  // namespace bifocal::solver
