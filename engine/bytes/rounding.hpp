// SPDX-License-Identifier: LGPL-3.0-or-later
// From a continuous solution to whole levels.
#pragma once
#include "image/levels.hpp"

#include "solver/algorithm.hpp"

namespace bifocal::bytes {

/// Rounds channel `channel` of the solution into `out` with an 8x8 ordered dither (Bayer 1973): what a solver adds to
/// the cover is smooth, so plain rounding would err the same way all over a kernel's footprint; the dither's errors
/// cancel there. Levels that are the reference's stay as they are; the others are lowered by `bias` first. Returns Σ
/// (continuous − reference)².
double round_dithered(const solver::Solution& solution, int channel, Levels reference, double bias,
                      Plane<std::uint8_t> out);

}  // namespace bifocal::bytes
