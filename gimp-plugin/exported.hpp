// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <libgimp/gimp.h>

#include <bifocal/image.hpp>

#include "pixels.hpp"

namespace plugin {

/// How an image will be once the result layer is in it.
struct Placement {
  gint32 cover;
  gint32 below;                ///< the result goes right above it: the cover, or an earlier result of it
  std::vector<gint32> hidden;  ///< layers of its image that are hidden then
  gint32 gone = -1;            ///< an earlier result in the same image that makes room for it; -1: none
  std::vector<gint32> shown;   ///< layers that were hidden for that one only
};

/// The layers of the cover's image that go out of sight: visible targets, which would be exported with the result, and
/// the cover and what is `below` the result if they are `transparent`, as they would show through.
Placement placement(gint32 cover, gint32 below, const std::vector<gint32>& targets, bool transparent);

/// What File > Export As writes as a PNG file of 8 bits per channel, with its defaults, once `result` (a layer of the
/// cover's image that is not inserted yet) is in its place: the visible layers merged, colours only, 0 where alpha is 0
/// in colour images. Worked out in a copy of the image. Throws UserError.
bifocal::Image8 exported_colours(gint32 result, const Placement& place, const Encoding& encoding);

/// Writes the image as File > Export As writes it as a PNG file with its defaults. Throws UserError.
void export_png(gint32 image, const std::string& path);

/// Why that may be something else than the result: one part of a sentence for each reason. `transparent`: the result
/// is, somewhere.
std::vector<std::string> reasons_to_differ(const Placement& place, bool transparent);

}  // namespace plugin
