// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "scaling/fixed_point.hpp"

namespace bifocal::bytes {

/// How far the bytes of this arithmetic lie above the linear model's levels on average, in levels: halves that are
/// rounded up between and after the passes, products that are rounded down. Measured on some outputs of images of
/// noise.
double expected_bias(const scaling::FixedPoint& arithmetic);

}  // namespace bifocal::bytes
