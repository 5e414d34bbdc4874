// SPDX-License-Identifier: LGPL-3.0-or-later
// What is said of an image: never more than what was compared.
#pragma once
#include <string>
#include <vector>

#include <bifocal/reveal.hpp>

namespace bifocal::reveal_parts {

/// What was looked at besides the tiles on the sheet.
struct Looked {
  Size image;
  std::vector<Size> sizes;     ///< of the tiles on the sheet
  std::size_t scalers = 0;     ///< each of them
  std::vector<Size> searched;  ///< sizes of the search that could be compared
  int smallest_detail = 0;     ///< pixels of the image; what is smaller may be missed
  double grid = 0;             ///< evidence for the grid: 1 and above, hardly any photograph has it
};

/// Fills in finding, hides, suspicion and verdict from the rest. A grid of no evidence is taken out.
void judge(Reveal& r, const Looked& looked);

}  // namespace bifocal::reveal_parts
