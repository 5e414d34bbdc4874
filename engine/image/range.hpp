// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <bifocal/image.hpp>

namespace bifocal {

/// Throws InvalidArgument when a sample lies outside low..high or is no number: "<what> holds 300 at (4, 7)". With
/// `zero`, 0 is allowed besides.
void check_range(const Image& image, float low, float high, const std::string& what, bool zero = false);

}  // namespace bifocal
