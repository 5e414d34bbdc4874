// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "view_list.hpp"

namespace plugin {

/// Shows the list of views: layer, size, scaler and weight of each, with add and remove, the presets and the balance.
/// False when the user cancelled; else `list` holds at least one view.
bool ask_views(gint32 cover, ViewList& list);

}  // namespace plugin
