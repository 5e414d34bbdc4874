// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <libgimp/gimp.h>

#include "reveal_settings.hpp"
#include "settings.hpp"
#include "view_list.hpp"

namespace plugin {

// Where the values of the last run are kept: layers' ids for this GIMP session, all else in files in GIMP's folder. A
// file that cannot be read, or says something else, is none. What saves returns false when the file could not be
// written.

Settings load_last_values();
bool save_last_values(const Settings& settings);

/// The targets are layers that are open now, by id in the same session, else by name, else -1. No lines when there was
/// no run.
ViewList load_last_views(gint32 cover);
bool save_last_views(const ViewList& list);

RevealSettings load_last_reveal();
bool save_last_reveal(const RevealSettings& settings);

}  // namespace plugin
