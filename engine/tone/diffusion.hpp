// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <bifocal/image.hpp>

namespace bifocal::tone {

/// Error diffusion of two values at once (Floyd & Steinberg 1976, serpentine): levels whose local mean is `encoded`,
/// and whose light has the local mean `light`, as far as both can be had. `row` writes both wishes of row y of a
/// channel, 0..1; called for any rows, from any thread. `together`: one choice for all channels, so that the grain has
/// no colour. Levels 0..255, as floats or rounded to bytes.
using WishRow = std::function<void(int channel, int y, float* encoded, float* light)>;
template <class T>
Planes<T> diffuse(Size size, int channels, bool together, const WishRow& row);

}  // namespace bifocal::tone
