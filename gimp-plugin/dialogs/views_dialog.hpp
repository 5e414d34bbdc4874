// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>
#include <string>

#include <bifocal/views.hpp>

#include "dialogs/form.hpp"
#include "dialogs/pages.hpp"
#include "origin.hpp"
#include "view_list.hpp"

namespace plugin {

/// A cover, and the views that its result is to have.
struct Viewing {
  MeantCover cover;
  ViewList list;
};

/// How far each view of a list can be had with a cover. Throws Cancelled, or whatever is wrong with the list.
using Foresee = std::function<bifocal::TradeOff(gint32 cover, const ViewList&)>;

/// The cover and the list of views as a page of `window`: layer, size, scaler and weight of each, with add and remove,
/// the presets, the balance and the preview; and on demand what `foresee` says about it, which may show other pages.
/// The list that was chosen has at least one view.
std::unique_ptr<Form<Viewing>> make_views_form(PagedWindow& window, const Viewing& start, Foresee foresee);
inline constexpr int kViewsWidth = 1010, kViewsHeight = 720;  // px, of a window that is used for the first time

}  // namespace plugin
