// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/image.hpp>

namespace bifocal {

/// How software keeps colours in a JPEG: at full size, in half of the columns, or in half of the columns and rows.
enum class Subsampling { Full, Columns, Both };

/// What is left of an image after JPEG (ITU-T T.81, baseline, the quantisation tables of its annex K scaled as the
/// Independent JPEG Group's library does for `quality` 1..100), levels, whole numbers. As libjpeg-turbo decodes it, but
/// for its integer arithmetic: single levels may differ. Grey or RGB.
Image8 after_jpeg(const Image& image, int quality, Subsampling subsampling);

}  // namespace bifocal
