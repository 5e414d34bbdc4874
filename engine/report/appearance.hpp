// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <vector>

#include <bifocal/appearance.hpp>
#include <bifocal/scaler.hpp>

#include "image/jpeg.hpp"
#include "progress/ask.hpp"
#include "report/part.hpp"

namespace bifocal::report {

/// What the bytes show: to an eye of `sigma` pixels (the cover, it is hoped), to `chosen` and to a panel of common
/// scalers at the target's size. `target`: levels, at the thumbnail's size. `file`: what the panel reads the image
/// from. Only `parts` of the pictures are compared. Rows that `spare` does not do are left out.
std::vector<Showing> appearance(const Image8& image, const Image8& cover, const Image& target, const Scaler& chosen,
                                FileKind file, double sigma, const ChangedParts& parts, const progress::Spare& spare);

/// Two rows more: the eye, and the chosen scaler if it averages encoded values, after JPEG (image/jpeg.hpp).
void add_after_jpeg(const Image8& image, const Image8& cover, const Image& target, const Scaler& chosen, double sigma,
                    int quality, Subsampling subsampling, const ChangedParts& parts, std::vector<Showing>& rows,
                    const progress::Spare& spare);

}  // namespace bifocal::report
