// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <gtk/gtk.h>

namespace plugin {

/// A title and sentences below it, which can be selected; `icon` before each, or nullptr.
void add_part(GtkBox* box, const char* title, const std::vector<std::string>& lines, const char* icon);

/// Whether a person wants to see only results that there is something to warn of.
bool only_warnings();
void remember_only_warnings(bool only);

}  // namespace plugin
