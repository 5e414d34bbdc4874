// SPDX-License-Identifier: LGPL-3.0-or-later
// Integer repair: small changes of single samples until the scalers' own arithmetic gives the wanted bytes.
#pragma once
#include <cstdint>
#include <vector>

#include <bifocal/image.hpp>

#include "bytes/exact_view.hpp"
#include "image/levels.hpp"

namespace bifocal::bytes {

struct RepairLimits {
  std::uint64_t seed = 1;
  double farthest = 12;  ///< levels; what is off by more is left alone
  int tries = 12;        ///< forced moves per output before it is given up
};

/// Greedy, then as WalkSAT (Selman, Kautz & Cohen 1994): for a wrong output the change of one sample by 1 or 2 levels
/// that lowers Σ |need| over all views most; when none does, the least harmful one at random. `mask`, if its data is
/// not null, is Problem::mask and `cover` its centre: samples stay within. Ends with the state that had the fewest
/// wrong outputs. Asked to stop, it ends early (what is done stays). Returns the number of samples that changed.
std::size_t repair(Plane<std::uint8_t> image, Levels cover, Plane<const float> mask, std::vector<ExactView>& views,
                   const RepairLimits& limits);

}  // namespace bifocal::bytes
