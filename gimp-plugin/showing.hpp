// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "delivery.hpp"
#include "dialogs/pages.hpp"

namespace plugin {

/// Shows a result that was delivered as a page of the window, until the person is done with it. True: other settings
/// are to be tried.
bool show_delivered(PagedWindow& window, const Delivered& made);

}  // namespace plugin
