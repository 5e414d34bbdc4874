// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "procedures.hpp"

namespace plugin {

/// plug-in-bifocal: a cover layer and a target layer become one image.
const Procedure& bifocal_procedure();

}  // namespace plugin
