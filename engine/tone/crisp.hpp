// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Local tone mapping before the tone plan: contrast that a picture has much of in one place and little in another is
// evened out, so that what is fine or faint is seen in the little contrast that the lens leaves.
#include <bifocal/image.hpp>

namespace bifocal::tone {

struct CrispOptions {
  double evenness;  ///< 0: as the picture is, 1: every band of detail as strong everywhere
  double coarsest;  ///< gain of what is coarser than all bands
};

/// The luma's bands (Laplacian pyramid, Burt & Adelson 1983), each times (its rms / its local rms)^evenness; then its
/// contrast is brought back to what it was, as the plan counts it (`floor`, `corner`: plan.hpp, W). Colours keep their
/// difference from luma. Levels of any unit.
Image crisp(const Image& image, const CrispOptions& options, double floor, double corner);

}  // namespace bifocal::tone
