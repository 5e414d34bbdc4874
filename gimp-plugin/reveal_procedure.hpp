// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "procedures.hpp"

namespace plugin {

/// plug-in-bifocal-reveal: what a layer becomes under every scaler, as a labelled contact sheet.
const Procedure& reveal_procedure();

}  // namespace plugin
