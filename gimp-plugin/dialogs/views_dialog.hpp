// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <bifocal/views.hpp>

#include "view_list.hpp"

namespace plugin {

/// How far each view of a list can be had. Throws Cancelled, or whatever is wrong with the list.
using Foresee = std::function<bifocal::TradeOff(const ViewList&)>;

/// Shows the list of views: layer, size, scaler and weight of each, with add and remove, the presets and the balance;
/// and on demand what `foresee` says about it; and what is to be said `about` the cover. False when the user cancelled;
/// else `list` holds at least one view.
bool ask_views(gint32 cover, const std::string& about, ViewList& list, const Foresee& foresee);

}  // namespace plugin
