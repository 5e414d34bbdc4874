// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Ordered dither (Bayer 1973) of two values at once: where an eye is to see light l and a scaler to measure v, the
// pixels of a 2x2 block take the levels clip(o + s·d), d their ranks, with the offset o and the spread s that give both
// means. Levels are continuous, so that flat and smooth parts have a pattern of period 2, which an eye averages away,
// and no grain; only where 4 pixels cannot hold both values do neighbouring blocks begin to differ (period 4).
#include <bifocal/image.hpp>

#include "tone/diffusion.hpp"

namespace bifocal::tone {

/// Levels. Green's dots lie beside those of red and blue, as luma is halved best; `together`: all in one place, so that
/// the pattern has little colour.
Image ordered(Size size, int channels, bool together, const WishRow& row);

}  // namespace bifocal::tone
