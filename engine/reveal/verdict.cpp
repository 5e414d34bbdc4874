// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "image/shape.hpp"

namespace bifocal::reveal_parts {
namespace {

constexpr double kMismatch = 0.055;  ///< circuit boards and meadows come to 0.05
constexpr double kSure = 7;          ///< levels of difference that count as one doubling of certainty
constexpr double kOddAlone = 0.8;    ///< doublings, at most, of what is odd while no picture differs

std::string at(const RevealTile& t) { return t.scaler + " at " + shape(t.size); }

std::string list(const std::vector<Size>& sizes) {
  if (sizes.size() == 1) return shape(sizes[0]);
  if (sizes.size() == 2) return shape(sizes[0]) + " and " + shape(sizes[1]);
  return std::to_string(sizes.size()) + " sizes from " + shape(sizes.front()) + " to " + shape(sizes.back());
}

std::string scalers(std::size_t n) {
  return n == 1 ? "the one scaler" : "none of the " + std::to_string(n) + " scalers";
}

/// What was compared without finding anything.
std::string compared(const Reveal& r, const Looked& looked) {
  std::vector<Size> sizes;
  for (const Size s : looked.sizes)
    for (const RevealTile& t : r.tiles)
      if (t.size == s && t.compared) {
        sizes.push_back(s);
        break;
      }
  std::sort(sizes.begin(), sizes.end(),
            [](Size a, Size b) { return std::int64_t{a.width} * a.height < std::int64_t{b.width} * b.height; });
  std::string said;
  if (sizes.empty())
    said = "At " + list(looked.sizes) + " there are too few pixels to compare pictures.";
  else
    said = "At " + list(sizes) + ", " + scalers(looked.scalers) + " that " + (looked.scalers == 1 ? "was" : "were") +
           " looked at " + (looked.scalers == 1 ? "doesn't show" : "shows") +
           " another picture than the image seen from afar.";
  if (!looked.searched.empty()) {
    int least = 1 << 30, most = 0;
    for (const Size s : looked.searched) {
      least = std::min(least, std::max(s.width, s.height));
      most = std::max(most, std::max(s.width, s.height));
    }
    said += " Nor was one found among " + std::to_string(looked.searched.size()) + " sizes from " +
            std::to_string(least) + " to " + std::to_string(most) +
            " pixels with nearest neighbour and OpenCV's linear, cubic and Lanczos.";
  }
  if (!sizes.empty())
    said += " Text or details smaller than about " + std::to_string(looked.smallest_detail) +
            " pixels of the image could be missed.";
  return said;
}

std::string period(double pixels) {
  char text[40];
  std::snprintf(text, sizeof text, "%.4g", std::round(pixels * 10) / 10);
  return text;
}

}  // namespace

void judge(Reveal& r, const Looked& looked) {
  const RevealTile* strongest = nullptr;
  int hiding = 0;
  double seen = 0;
  for (const RevealTile& t : r.tiles) {
    if (!t.compared && !t.hides) continue;
    hiding += t.hides;
    const auto strength = [](const RevealTile& tile) {
      return tile.difference * (1 - tile.likeness) + tile.strokes / 1000.0;
    };
    if (t.hides && (!strongest || strength(t) > strength(*strongest))) strongest = &t;
    seen = t.hides ? std::max({seen, 1.0, t.difference / kSure}) : seen;
  }
  const bool grid = looked.grid >= 1;
  if (!grid) r.grid = {}, r.period = 0;
  const double odd = kOddAlone * std::min(1.0, std::max(looked.grid, r.mismatch / kMismatch));
  r.suspicion = 1 - std::exp2(-std::max(seen, odd));
  r.hides = hiding > 0;
  r.finding = hiding > 0 ? Finding::Hides : grid ? Finding::Grid : Finding::Nothing;
  if (hiding > 0) {
    const std::string others =
        hiding == 1   ? "."
        : hiding == 2 ? ", and so does one other combination of scaler and size."
                      : ", and so do " + std::to_string(hiding - 1) + " other combinations of scaler and size.";
    r.verdict = strongest->strokes > 0
                    ? "This image hides something: " + at(*strongest) +
                          " shows lines, perhaps text, that can't be seen in the image itself" + others
                    : "This image hides another one: " + at(*strongest) + " shows a different picture" + others;
    return;
  }
  if (grid)
    r.verdict = "Detail repeats every " + period(r.period) +
                " pixels: pixel art, an enlargement, text, or something made for scaling. " + compared(r, looked);
  else if (r.mismatch >= kMismatch)
    r.verdict =
        compared(r, looked) +
        " Its fine detail does not fit its coarse structure, as in text, drawings, or something made for scaling.";
  else
    r.verdict = compared(r, looked);
}

}  // namespace bifocal::reveal_parts

namespace bifocal {

const char* to_string(Finding finding) {
  switch (finding) {
    case Finding::Grid:
      return "grid";
    case Finding::Hides:
      return "hides";
    default:
      return "nothing";
  }
}

}  // namespace bifocal
