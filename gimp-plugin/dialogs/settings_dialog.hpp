// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <libgimp/gimp.h>

#include "settings.hpp"

namespace plugin {

/// Shows the settings of plug-in-bifocal, beginning with `settings`, and what is to be said `about` the cover. False
/// when the user cancelled; else `settings` holds the user's choice, which is valid at that moment.
bool ask_settings(gint32 cover, const std::string& about, Settings& settings);

}  // namespace plugin
