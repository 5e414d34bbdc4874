// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <vector>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// Image > Scale Image of GIMP 2.10 (gegl:scale-ratio of GEGL 0.4.42), found from GEGL's sources and checked with GIMP.
/// None copies bytes. The others average in linear light (sRGB), in float:
///   linear, cubic  as an interpolator (triangle; Mitchell-Netravali with B = 0.5, C = 0.25); when shrinking by 2 or
///   more,
///                  the mean of n = min(⌊ratio⌋, 4 or 5) of its samples per axis, evenly spaced over the new pixel
///   nohalo, lohalo not linear: see the comment at their models
std::vector<std::shared_ptr<const Model>> gimp_models();

}  // namespace bifocal::scaling
