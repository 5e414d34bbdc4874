// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/image.hpp>
#include <bifocal/scaler.hpp>

namespace bifocal {

struct RevealOptions {
  std::vector<Size> sizes;           ///< at which to look; empty: a quarter of the image
  std::vector<std::string> scalers;  ///< ids; empty: the whole catalogue
  int tile = 128;                    ///< longest side of a picture on the sheet, 16..1024
  bool search = true;                ///< also look for sizes at which an aliasing scaler shows something else
};

/// What one scaler makes of the image at one size.
struct RevealTile {
  std::string scaler;
  Size size;
  double likeness = 1;      ///< correlation of its coarse picture with the image's own, as an eye sees both, -1..1
  double difference = 0;    ///< rms of what that leaves unexplained beyond aliasing's grain, levels
  bool hides = false;       ///< it shows another picture
  int x = 0, y = 0;         ///< of its picture on the sheet, pixels; -1: found by the search, not on the sheet
  int width = 0, height = 0;
};

/// What an image becomes, and whether it hides another one.
struct Reveal {
  std::vector<RevealTile> tiles;
  bool hides = false;
  double suspicion = 0;     ///< 0 none .. 1 sure
  double mismatch = 0;      ///< how badly fine and coarse structure fit each other, 0..1 (most photographs: below 0.02, all that were tried: 0.051)
  std::string verdict;      ///< one or two sentences for a person
  Image8 sheet;             ///< per scaler and size: the picture, and beside it its difference from a plain average, doubled
};

/// Looks at `image` (grey or RGB, at least 8 pixels a side) through the scalers of the catalogue.
/// Reference: a plain average (box) of linear light, brought back to levels: what an eye sees from afar.
/// Hidden pictures are found where a scaler's picture, seen coarsely, is not the image seen coarsely. A picture that is
/// exact for an antialiasing scaler shows in every one; what gives it away is
/// - the thumbnail's lattice: the local energy of detail rises and falls in step with the small picture's pixels, in both
///   directions (resampling forensics: Gallagher 2005; Mahdian & Saic 2008); JPEG's blocks of 8 are told apart, but not
///   those of a coarse JPEG that was shrunk afterwards;
/// - averages on the thumbnail's grid that have another amount of detail than those half a pixel beside it;
/// - detail that does not belong to the coarse structure: in photographs the local energies of neighbouring bands go
///   together at all scales (Field 1987; Portilla & Simoncelli 2000), there they part at the thumbnail's scale.
/// An image made to be right once it is enlarged, pixel by pixel at balance 100, is that picture at its own size, too: it
/// hides nothing, and nothing is found.
/// Throws Error (InvalidArgument, UnknownScaler).
Reveal reveal(const Image8& image, const RevealOptions& options = {});

}  // namespace bifocal
