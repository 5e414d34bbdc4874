// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "procedures.hpp"

namespace plugin {

/// plug-in-bifocal-help: shows the pages that explain the others.
const Procedure& help_procedure();

}  // namespace plugin
