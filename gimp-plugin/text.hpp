// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>

#include <glib.h>

namespace plugin {

struct FreeString {
  void operator()(gchar* text) const { g_free(text); }
};
/// A string that GLib allocated.
using Text = std::unique_ptr<gchar, FreeString>;

}  // namespace plugin
