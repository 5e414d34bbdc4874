// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <vector>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// Pillow's Image.resize: nearest, box, bilinear, hamming, bicubic, lanczos (modes L and RGB; checked with 9.4).
/// All but nearest: kernel widened by the ratio; weights (int)(w · 2^22 ± 0.5); horizontal, then vertical pass, each
/// clip8((2^21 + Σ) >> 22), with bytes between. A pass whose size does not change is left out.
std::vector<std::shared_ptr<const Model>> pillow_models();

}  // namespace bifocal::scaling
