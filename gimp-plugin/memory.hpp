// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/memory.hpp>

namespace plugin {

/// Throws UserError when the work would take more memory than the system has left: before anything is read or changed,
/// instead of being ended by the system in the middle.
void check_memory(const bifocal::Extent& extent);

}  // namespace plugin
