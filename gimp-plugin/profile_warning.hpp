// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <libgimp/gimp.h>

namespace plugin {

/// Empty, or what the user must know about the image's colour profile: software that converts it to sRGB reads other
/// numbers than the ones that the file holds.
std::string profile_warning(gint32 image);

}  // namespace plugin
