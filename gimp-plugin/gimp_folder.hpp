// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <libgimp/gimp.h>

#include "text.hpp"

namespace plugin {

/// The path of a folder that is installed beside the plug-in.
Text beside_plugin(const char* folder);

/// The path of a file of ours in GIMP's folder of this user, where last values and presets are kept.
Text in_gimp_folder(const char* file);

/// A file of ours is never longer than this.
inline constexpr std::size_t kMostBytes = 1 << 20;

/// What that file says; nothing when there is none, or one that is longer.
std::string text_in_gimp_folder(const char* file);
/// All of the file or nothing is written; false: nothing.
bool write_in_gimp_folder(const char* file, const std::string& text);

}  // namespace plugin
