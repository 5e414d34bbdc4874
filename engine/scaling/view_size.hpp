// SPDX-License-Identifier: LGPL-3.0-or-later
// How large an image may be scaled: its samples are held several times as floats, 4 bytes each, beside the original's.
#pragma once
#include <string>

#include <bifocal/image.hpp>

namespace bifocal::scaling {

constexpr int kMostTimes = 16;           // longer sides than the original's
constexpr int kLongestSide = 65535;      // pixels
constexpr double kMostPixels = 1 << 26;  // of all that one request asks for together: 8192x8192 ...
constexpr double kMostOriginals = 4;     // ... or so many times the original's

/// Throws InvalidArgument, as a sentence about `what`.
void check_view_size(const std::string& what, Size view, Size original);
/// The same for the sum of all views' pixels.
void check_pixels(double pixels, Size original);

}  // namespace bifocal::scaling
