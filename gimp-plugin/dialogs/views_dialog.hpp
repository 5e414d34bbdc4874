// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>
#include <string>

#include <bifocal/views.hpp>

#include "dialogs/form.hpp"
#include "dialogs/pages.hpp"
#include "view_list.hpp"

namespace plugin {

/// How far each view of a list can be had. Throws Cancelled, or whatever is wrong with the list.
using Foresee = std::function<bifocal::TradeOff(const ViewList&)>;

/// The list of views as a page of `window`: layer, size, scaler and weight of each, with add and remove, the presets
/// and the balance; and on demand what `foresee` says about it, which may show other pages; and what is to be said
/// `about` the cover. The list that was chosen has at least one view.
std::unique_ptr<Form<ViewList>> make_views_form(PagedWindow& window, gint32 cover, const std::string& about,
                                                const ViewList& start, Foresee foresee);
inline constexpr int kViewsWidth = 1010, kViewsHeight = 720;  // px, of a window that is used for the first time

}  // namespace plugin
