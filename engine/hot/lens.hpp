// SPDX-License-Identifier: LGPL-3.0-or-later
// What dither_loops.cpp takes from lens_loops.cpp. Documented in dither.hpp.
#pragma once
#include "hot/dither.hpp"

namespace bifocal::hot::BIFOCAL_HOT {

void project_row(const float* low, float high, const float* room, const float* care, LensSide u, LensSide v, int n);

}  // namespace bifocal::hot::BIFOCAL_HOT
