// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/operator.hpp>

namespace bifocal::scaling {

enum class Halo { No, Lo };

/// A separable stand-in for GEGL's nohalo and lohalo samplers, which are neither linear nor separable. With a = max(1,
/// ratio of the width), b = max(1, ratio of the height), a new pixel there is
///   (1 − 1/ab) · mean of the ellipse around it (Heckbert's EWA; nohalo: cone 1 − r; lohalo: Robidoux cubic, radius 2;
///   never more than 13 pixels away)  +  1/ab · an edge-preserving interpolation of the four pixels around its centre.
/// Here: each axis gets the ellipse's marginal, and a plain cubic (nohalo: Catmull-Rom; lohalo: Mitchell) for the rest.
SeparableOperator halo_operator(Halo halo, Size from, Size to);

}  // namespace bifocal::scaling
