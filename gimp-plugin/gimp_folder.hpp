// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <libgimp/gimp.h>

#include "text.hpp"

namespace plugin {

/// The path of a file of ours in GIMP's folder of this user, where last values are kept.
inline Text in_gimp_folder(const char* file) { return Text(g_build_filename(gimp_directory(), file, nullptr)); }

}  // namespace plugin
