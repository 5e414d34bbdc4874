// SPDX-License-Identifier: LGPL-3.0-or-later
// Text and other strokes that only a scaler which picks single pixels shows. Too thin to be seen coarsely, they are
// found by what they need: single pixels that stick out from all eight around them, nearly all of them on the scaler's
// lattice, of one sign, neighbours of each other in the small picture, up or down as well as sideways, and not where
// the local average alone says (as in an ordered dither). Images of a few levels only are left out: dithers make such
// specks themselves.
#pragma once
#include <string_view>
#include <vector>

#include <bifocal/image.hpp>

#include "reveal/watch.hpp"

namespace bifocal::reveal_parts {

struct Strokes {
  std::string_view scaler;
  Size size;
  int pixels = 0;  ///< of the small picture that they are made of
};

/// Of how many of the small picture's pixels strokes are made that only it shows; 0: there are none. The small
/// picture's pixel (i, j) is the image's (columns[i], rows[j]).
int strokes(const Image8& luma, const std::vector<int>& columns, const std::vector<int>& rows);

/// Among `sizes`, those at which strokes appear; the clearest of each scaler. One step a size.
std::vector<Strokes> find_strokes(const Image8& luma, const std::vector<Size>& sizes, const Step& step);

}  // namespace bifocal::reveal_parts
