// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// A dithered start that carries two pictures at once: by encoded value a, by light b (all 0..1).
//   x from 17 levels minimises (x − a − e_a)² + (light(x) − b − e_b)²; both errors are diffused (Floyd-Steinberg weights,
//   serpentine, clamped to ±1.5).
#include <bifocal/image.hpp>

namespace bifocal::tone {

/// encoded, light: same shape, 0..1. Returns levels 0..255. Bands of rows are diffused on their own, so the bytes do not
/// depend on the number of threads.
Image diffuse(const Image& encoded, const Image& light);

}  // namespace bifocal::tone
