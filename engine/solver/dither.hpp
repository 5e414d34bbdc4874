// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/image.hpp>

namespace bifocal::solver {

/// When the parts of the algorithm "heavy-ball" end, in nanoseconds: a model, by the pixels of the cover and of the
/// thumbnail, as bench-commands measured them.
struct DitherWork {
  double looked;    ///< what the eye is to see
  double started;   ///< ... dithered
  double prepared;  ///< the objective
  double solved;    ///< all iterations
};
DitherWork dither_work(Size cover, Size thumbnail, int iterations);

}  // namespace bifocal::solver
