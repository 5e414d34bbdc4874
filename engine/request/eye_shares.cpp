// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/eye_shares.hpp"

namespace bifocal::request {
namespace {

constexpr double kOwnFigures = 0.25;  // of checking: the view and the cover

}  // namespace

EyeShares eye_shares(Size cover, Size thumbnail, double solve, bool repair, bool jpeg) {
  const double full = cover.area(), small = thumbnail.area();
  const double coarse = 15 * full, plan = coarse + 35 * full + 400 * small + 1.2e8;
  const double exact = repair ? 35 * full + 1500 * small : 0, check = 65 * full + 250 * small + (jpeg ? 120 * full : 0);
  const double all = plan + solve + exact + check;
  EyeShares s{};
  s.planned = plan / all;
  s.solved = s.planned + solve / all;
  s.repaired = s.solved + exact / all;
  s.checked = s.repaired + kOwnFigures * (1 - s.repaired);
  s.coarse = coarse / plan;
  return s;
}

}  // namespace bifocal::request
