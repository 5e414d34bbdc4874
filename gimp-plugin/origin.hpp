// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <libgimp/gimp.h>
#include <nlohmann/json.hpp>

namespace plugin {

/// The parasite of a result's layer: how it was made, as JSON.
inline constexpr char kNote[] = "bifocal";

/// The name of a layer or group as sentences have it: 'Background'.
std::string quoted(gint32 item);

/// Whether Bifocal made this layer.
bool is_result(gint32 layer);

/// What the note on `result` says about its cover, so that meant_cover() finds it again, also in copies of the image.
/// Gives the cover's image a parasite with a name of its own, as GIMP numbers the layers of every image alike.
nlohmann::json note_of_cover(gint32 cover, gint32 result);

/// The layer that a person means as the cover. After a run the result is the active layer, and would be its own cover
/// when Bifocal is run again.
struct MeantCover {
  gint32 layer = -1;
  gint32 clicked = -1;    ///< what the person clicked on: the same, or a result
  std::string words;      ///< empty, or what is to be said about it
  bool doubtful = false;  ///< the words are a warning: the cover is a result itself
};

/// For a layer that Bifocal made, its cover, if that is in the image still and has the same size; else the layer
/// itself. `as_told`: a script named the layer, and gets it.
MeantCover meant_cover(gint32 layer, bool as_told);
/// The same in a window that began with `first`, where `layer` is chosen now, or -1.
MeantCover meant_cover(gint32 layer, const MeantCover& first);

/// Empty, or what is to be said of a target that Bifocal made and that is scaled to width x height pixels.
std::string result_as_target_words(gint32 target, int width, int height);

}  // namespace plugin
