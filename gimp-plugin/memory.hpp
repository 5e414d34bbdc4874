// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <glib.h>

#include <bifocal/memory.hpp>

namespace plugin {

/// How large a request for this cover is. Throws Error for options that cannot be read.
bifocal::Extent extent_of(gint32 cover, std::vector<bifocal::Extent::Seen> views, bifocal::Appearance appearance,
                          double balance, const std::string& options);

/// Throws UserError when the work would take more memory than the system has left: before anything is read or changed,
/// instead of being ended by the system in the middle.
void check_memory(const bifocal::Extent& extent);

}  // namespace plugin
