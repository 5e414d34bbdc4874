// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "procedures.hpp"

namespace plugin {

/// plug-in-bifocal-views: a cover and a list of targets, each with its own size, scaler and weight.
const Procedure& views_procedure();

}  // namespace plugin
