// SPDX-License-Identifier: LGPL-3.0-or-later
// From a continuous solution to whole levels.
#pragma once
#include "image/levels.hpp"
#include "image/rows.hpp"

namespace bifocal::bytes {

/// Rounds the `levels` of one channel into `out` with an 8x8 ordered dither (Bayer 1973): what a solver adds to
/// the cover is smooth, so plain rounding would err the same way all over a kernel's footprint; the dither's errors
/// cancel there. Levels that are the reference's stay as they are; the others are lowered by `bias` first. Returns Σ
/// (continuous − reference)².
double round_dithered(const RowSource& levels, Levels reference, double bias, Plane<std::uint8_t> out);
/// Rounds the `levels` of one channel into `out`, halves up, held to 0..255.
void round_nearest(const RowSource& levels, Plane<std::uint8_t> out);

/// Brings one channel's bytes back into the box that a mask leaves (Problem::mask).
void hold(Plane<std::uint8_t> bytes, Levels cover, Plane<const float> mask);

}  // namespace bifocal::bytes
