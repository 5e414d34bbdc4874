// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_shares.hpp"

#include <algorithm>

namespace bifocal::request {
namespace {

double pixels(Size s) { return static_cast<double>(s.width) * s.height; }

}  // namespace

EyeShares eye_shares(Size cover, Size thumbnail, double iterations, IterationCost each, bool repair, bool jpeg) {
  const double full = pixels(cover), small = pixels(thumbnail);
  const double coarse = 15 * full, plan = coarse + 35 * full + 400 * small + 1.2e8, close = 15 * full,
               start = close + 35 * full;
  const double objective = 60 * full, solve = objective + iterations * (each.cover * full + each.thumbnail * small);
  const double exact = repair ? 35 * full + 1500 * small : 0, check = 65 * full + 250 * small + (jpeg ? 120 * full : 0);
  const double all = plan + start + solve + exact + check;
  EyeShares s;
  s.planned = plan / all;
  s.started = s.planned + start / all;
  s.solved = s.started + solve / all;
  s.repaired = s.solved + exact / all;
  s.coarse = coarse / plan, s.close = close / start, s.prepared = objective / solve;
  return s;
}

}  // namespace bifocal::request
