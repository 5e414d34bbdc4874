// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/image.hpp>
#include <bifocal/scaler.hpp>
#include <bifocal/solve.hpp>

namespace BIFOCAL_API bifocal {

struct RevealOptions {
  std::vector<Size> sizes;           ///< at which to look, at most 16; empty: a quarter of the image
  std::vector<std::string> scalers;  ///< ids; empty: the whole catalogue
  int tile = 128;                    ///< longest side of a picture on the sheet, 16..1024
  bool search = true;                ///< also look for sizes at which an aliasing scaler shows something else
  int threads = 0;                   ///< 0: as many as the machine has cores
  ProgressCallback progress;         ///< asked in every phase; StopAndKeep is taken as Cancel
};

/// What one scaler makes of the image at one size.
struct RevealTile {
  std::string scaler;
  Size size;
  bool compared = true;   ///< false: too small, or too flat a picture, to say whether it is another one
  double likeness = 1;    ///< correlation of its coarse picture with the image's own, as an eye sees both, -1..1
  double difference = 0;  ///< rms of what no rising tone curve explains, beyond aliasing's grain, levels
  bool hides = false;     ///< it shows another picture, or something in it that the image doesn't show
  int strokes = 0;   ///< pixels of it that draw something (text, for example) which the image doesn't show; 0: none
  int x = 0, y = 0;  ///< of its picture on the sheet, pixels; -1: found by the search, not on the sheet
  int width = 0, height = 0;
};

enum class Finding {
  Nothing,  ///< in what was compared
  Grid,     ///< detail repeats on a grid; no scaler that was looked at shows another picture
  Hides,    ///< at least one scaler shows another picture
};
/// "nothing", "grid", "hides".
const char* to_string(Finding finding);

/// What an image becomes, and whether it hides another one.
struct Reveal {
  std::vector<RevealTile> tiles;
  bool cancelled = false;  ///< by the caller: the rest is then empty
  Finding finding = Finding::Nothing;
  bool hides = false;    ///< finding == Finding::Hides
  double period = 0;     ///< of the grid, pixels of the image across; 0: none was found
  Size grid;             ///< as many of its cells as fit into the image
  double suspicion = 0;  ///< 0 none .. 1 sure; a grid alone stays below 0.5
  double mismatch = 0;   ///< how badly fine and coarse structure fit each other, 0..1 (most photographs: below 0.02)
  std::string verdict;   ///< for a person: what was found, or what was compared and what could be missed
  Image8 sheet;  ///< per scaler and size: the picture, and beside it its difference from a plain average, doubled
};

/// Looks at `image` (grey or RGB, at least 8 pixels a side) through the scalers of the catalogue.
/// Reference: a plain average (box) of linear light, brought back to levels: what an eye sees from afar.
/// `Hides` needs a scaler's picture that differs from it:
/// - seen coarsely, no rising tone curve makes the one of the other (an average of encoded levels is darker than what
/// an
///   eye sees, but hardly another picture, unless the image was made so); of scalers that do not average, those sizes
///   are searched, too, which nobody named, and a picture counts only if the same scaler, started half a step aside,
///   does not show it as well (else it is moiré);
/// - or specks that are picked all by one scaler draw strokes: text, for example.
/// A regular grid is said to be there, but proves nothing: pixel art, enlargements and text have one, too. Found by
/// - the local energy of detail, which rises and falls in step with a small picture's pixels, in both directions
///   (resampling forensics: Gallagher 2005; Mahdian & Saic 2008); JPEG's blocks of 8 are told apart, but not those of a
///   coarse JPEG that was shrunk afterwards;
/// - averages on a grid that have another amount of detail than those half a pixel beside it.
/// An image that is exact, pixel by pixel at balance 100, for an antialiasing scaler (or an enlargement) looks like its
/// target at its own size, too: it hides nothing; its grid may be found.
/// Takes time about in proportion to the pixels; of large images the search for grids looks at the middle.
/// Throws Error (InvalidArgument, UnknownScaler, OutOfMemory).
Reveal reveal(const Image8& image, const RevealOptions& options = {});

}  // namespace bifocal
