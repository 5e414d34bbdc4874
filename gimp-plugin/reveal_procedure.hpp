// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/image.hpp>

#include "dialogs/pages.hpp"
#include "procedures.hpp"

namespace plugin {

/// plug-in-bifocal-reveal: what a layer becomes under every scaler, as a labelled contact sheet.
const Procedure& reveal_procedure();

/// Reveal of a result, by all scalers, at the size of its small image: a contact sheet of its own, and what was found
/// as a page of the window. Throws UserError, Cancelled.
void reveal_result(PagedWindow& window, gint32 layer, bifocal::Size small);

}  // namespace plugin
