// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <libgimp/gimp.h>

#include <bifocal/image.hpp>

#include "settings.hpp"

namespace plugin {

// Each throws UserError with what is wrong and what to do about it. They look and change nothing; they run before
// the work and again before the result is written, as layers can vanish in between.

/// The layer that a user means by a drawable: of a layer mask, which GIMP hands over while the mask is edited, its
/// layer.
gint32 layer_meant(gint32 drawable);

/// The cover: a layer, or a group of some as it looks, of an open RGB or grey image.
void check_cover(gint32 image, gint32 cover);
/// The target: another one of any open image.
void check_target(gint32 cover, gint32 target);
/// There is no selection, or one that touches the cover.
void check_selection(gint32 image, gint32 cover);
/// Ranges of the numbers, a known scaler, a small size that is not larger than the cover.
void check_settings(gint32 cover, const Settings& settings);

/// The layers of all open images, also those in groups.
std::vector<gint32> open_layers();
/// Whether a layer can be a target for this cover (what the dialog lists).
bool can_be_target(gint32 cover, gint32 item);
/// A layer of any open image that can be a target and whose picture has this name; -1 when there is none, or any other
/// that can be a target, and was not made by Bifocal, when `or_any`.
gint32 find_target_named(gint32 cover, const std::string& name, bool or_any);
/// Last time's target: by its id in the same session, else by its name. Throws UserError when it is not open any more.
gint32 find_last_target(gint32 cover, gint32 id, const std::string& name);
/// What to offer when nobody has chosen: "to the eye" where a scaler that averages encoded values shrinks the cover to
/// half its size or less, as there pixel by pixel would make the result look like its own thumbnail; else pixel by
/// pixel.
bifocal::Appearance suggested_appearance(gint32 cover, const Settings& settings);
/// What people would call the picture on a layer, in any language of GIMP: a file's only layer goes by the file's name,
/// without ".png".
std::string picture_name(gint32 layer);

}  // namespace plugin
