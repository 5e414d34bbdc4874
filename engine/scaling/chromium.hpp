// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <vector>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// How Chromium and the browsers built on it draw a smaller img (measured on 156, software raster): the image at 1/2,
/// 1/4, 1/8... of its size (rounded up) that is just not smaller than wanted, made by halving and, for sides that do
/// not divide, by interpolation; then interpolated at phases of 1/16 pixel. Fractions are dropped in each step.
std::vector<std::shared_ptr<const Model>> chromium_models();

}  // namespace bifocal::scaling
