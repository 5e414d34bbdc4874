// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <vector>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// OpenCV's cv::resize on 8-bit images of 1 to 4 channels, as built without IPP (checked with 4.6).
/// Linear, cubic, Lanczos4: 11-bit coefficients; horizontal pass in whole numbers, kept whole; vertical pass
///   linear    (((b0·(S0>>4))>>16) + ((b1·(S1>>4))>>16) + 2) >> 2;   shrinking by exactly 2 both ways: as area
///   cubic     float, S0·b0 + (S1·b1 + (S2·b2 + S3·b3)), halves to even, for the first ⌊width·channels/8⌋·8 samples of
///   a
///             row; (Σ + 2^21) >> 22 for the rest
///   Lanczos4  (Σ + 2^21) >> 22
/// Area: shrinking by whole ratios round(Σ · (1.f/area)); other ratios in float, horizontal, then vertical, halves to
/// even; when a side grows, linear with other positions.
std::vector<std::shared_ptr<const Model>> opencv_models();

}  // namespace bifocal::scaling
