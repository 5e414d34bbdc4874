// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <libgimp/gimp.h>

#include <bifocal/image.hpp>

#include "settings.hpp"

namespace plugin {

/// "640x480".
std::string shape_text(bifocal::Size size);

bifocal::Size size_of(gint32 layer);

/// The small image's size: the settings' own; where one side is 0, it follows the cover's shape; where both are, the
/// target's own size.
bifocal::Size small_size(gint32 cover, const Settings& settings);

/// The size of the cover's shape with this longest side, as the scaler's software makes it.
bifocal::Size size_of_side(gint32 cover, int side, const std::string& scaler);

/// A size to begin with, of the cover's shape: its longest side is the target's own where that is half of the cover's
/// or less, else a quarter of the cover's.
bifocal::Size suggested_size(gint32 cover, gint32 target, const std::string& scaler);

/// The size that was chosen last for the target, made to suit this cover: as it was for a cover of the same size, else
/// of this cover's shape with the same longest side. suggested_size() where there is none or it does not fit.
bifocal::Size size_again(gint32 cover, const Settings& last);

/// Empty, or a warning that software which keeps a picture's shape makes no small image of this size.
std::string shape_words(bifocal::Size cover, bifocal::Size small, const std::string& scaler);

}  // namespace plugin
