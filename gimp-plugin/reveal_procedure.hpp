// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <bifocal/image.hpp>

#include "dialogs/pages.hpp"
#include "procedures.hpp"

namespace plugin {

/// plug-in-bifocal-reveal: what a layer becomes under every scaler, as a labelled contact sheet.
const Procedure& reveal_procedure();

/// Reveal of a result, by all scalers, at the size of its small image: opens a contact sheet, shows the work as a page
/// of the window, and returns what is to be said. Throws UserError, Cancelled.
std::string reveal_result(PagedWindow& window, gint32 layer, bifocal::Size small);

}  // namespace plugin
