// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <glib.h>

namespace plugin {

/// Which layer is the cover, and which one the target.
struct Roles {
  gint32 cover = -1, target = -1;
  std::string words;  ///< why they are not as they were given; empty: they are
};

/// Who opened a picture as a layer has clicked on what he means as the target. `given`: the layer that was clicked on
/// as the cover, and the target that would be taken; `known`: for a target that the user chose before, or by name. The
/// clicked layer is taken as the target
/// - where the target, or, unless that is known, the largest layer that is open, is twice as wide and high, or more,
///   and no other layer is smaller than the clicked one;
/// - where all layers are in one image, the target is not known, and another one is larger, or as large and below it.
Roles likely_roles(const Roles& given, bool known);

}  // namespace plugin
