// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal/verdict.hpp"

#include <algorithm>
#include <cmath>

#include <bifocal/number.hpp>

#include "image/shape.hpp"
#include "words/words.hpp"

namespace bifocal::reveal_parts {
namespace {

constexpr double kMismatch = 0.055;  ///< circuit boards and meadows come to 0.05
constexpr double kSure = 7;          ///< levels of difference that count as one doubling of certainty
constexpr double kOddAlone = 0.8;    ///< doublings, at most, of what is odd while no picture differs

std::string at(const RevealTile& t) {
  // TRANSLATORS: a scaler and a size, as in "pillow-nearest at 64x64 shows a different picture"
  return filled(_("%s at %s"), t.scaler.c_str(), shape(t.size).c_str());
}

std::string list(const std::vector<Size>& sizes) {
  if (sizes.size() == 1) return shape(sizes[0]);
  if (sizes.size() == 2) return filled(_("%s and %s"), shape(sizes[0]).c_str(), shape(sizes[1]).c_str());
  // TRANSLATORS: after "At", as in "At 5 sizes from 32x32 to 128x128, none of ..."
  return filled(_("%zu sizes from %s to %s"), sizes.size(), shape(sizes.front()).c_str(), shape(sizes.back()).c_str());
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
    said = filled(_("At %s there are too few pixels to compare pictures."), list(looked.sizes).c_str());
  else
    // TRANSLATORS: the first placeholder is a size, or as "5 sizes from 32x32 to 128x128"
    said =
        filled(plural("At %s, the one scaler that was looked at doesn't show another picture than the image seen from "
                      "afar.",
                      "At %s, none of the %zu scalers that were looked at shows another picture than the image seen "
                      "from afar.",
                      looked.scalers),
               list(sizes).c_str(), looked.scalers);
  if (!looked.searched.empty()) {
    int least = 1 << 30, most = 0;
    for (const Size s : looked.searched) {
      least = std::min(least, std::max(s.width, s.height));
      most = std::max(most, std::max(s.width, s.height));
    }
    said += ' ';
    // TRANSLATORS: one: another picture; it follows "none of the scalers shows another picture"
    said +=
        filled(_("Nor was one found among %zu sizes from %d to %d pixels with nearest neighbour and OpenCV's linear, "
                 "cubic and Lanczos."),
               looked.searched.size(), least, most);
  }
  if (!sizes.empty())
    said.append(" ").append(filled(_("Text or details smaller than about %d pixels of the image could be missed."),
                                   looked.smallest_detail));
  return said;
}

/// With a decimal where it is not a whole one.
std::string period(double pixels) {
  const double rounded = std::round(pixels * 10) / 10;
  return number_text(rounded, rounded == std::round(rounded) ? 0 : 1);
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
    const bool lines = strongest->strokes > 0;
    const std::string where = at(*strongest);
    const int others = hiding - 1;
    if (others == 0) {
      r.verdict =
          filled(lines ? _("This image hides something: %s shows lines, perhaps text, that can't be seen in the "
                           "image itself.")
                       : _("This image hides another one: %s shows a different picture."),
                 where.c_str());
      return;
    }
    const char* sentence =
        lines ? plural(
                    "This image hides something: %s shows lines, perhaps text, that can't be seen in the image itself, "
                    "and so does one other combination of scaler and size.",
                    "This image hides something: %s shows lines, perhaps text, that can't be seen in the image itself, "
                    "and so do %d other combinations of scaler and size.",
                    static_cast<unsigned long>(others))
              : plural(
                    "This image hides another one: %s shows a different picture, and so does one other combination of "
                    "scaler and size.",
                    "This image hides another one: %s shows a different picture, and so do %d other combinations of "
                    "scaler and size.",
                    static_cast<unsigned long>(others));
    r.verdict = filled(sentence, where.c_str(), others);
    return;
  }
  if (grid)
    r.verdict =
        filled(_("Detail repeats every %s pixels: pixel art, an enlargement, text, or something made for scaling."),
               period(r.period).c_str())
            .append(" ")
            .append(compared(r, looked));
  else if (r.mismatch >= kMismatch)
    r.verdict = compared(r, looked).append(" ").append(
        _("Its fine detail does not fit its coarse structure, as in text, drawings, or something made for scaling."));
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
