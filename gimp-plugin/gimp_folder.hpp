// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>

#include <libgimp/gimp.h>

namespace plugin {

struct FreeString {
  void operator()(gchar* text) const { g_free(text); }
};
/// A string that GLib allocated.
using Text = std::unique_ptr<gchar, FreeString>;

/// The path of a file of ours in GIMP's folder of this user, where last values are kept.
inline Text in_gimp_folder(const char* file) { return Text(g_build_filename(gimp_directory(), file, nullptr)); }

}  // namespace plugin
