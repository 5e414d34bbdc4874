// SPDX-License-Identifier: LGPL-3.0-or-later
#include "support/scaler_table.hpp"

#include <iomanip>
#include <sstream>

#include <bifocal/scaler.hpp>

using namespace bifocal;

namespace {

std::string levels(double error) {
  if (error < 0.001) return "< 0.001";
  std::ostringstream s;
  s << std::setprecision(2) << error;
  return s.str();
}

std::string exactness(const ScalerInfo& i) {
  if (i.exactness == Exactness::Bytes) return "every byte";
  return levels(i.picture_error) + " / " + levels(i.mean_error) + " / " + std::to_string(static_cast<int>(i.max_error));
}

constexpr const char* kNotes = R"(
Each row was checked with the versions that it names; other versions may differ, and the tests print by how much.

*Every byte*: the same bytes as the real program's, in millions of samples over all kinds of sizes. Otherwise three errors
in levels (of 255), measured against the real program in 13 sizes at ratios from 1.2 to 12: mean over pictures / mean over
noise or pictures, whichever is worse / largest. Noise at ratios below 2 is the hardest input. These models are checked for
shrinking only.

- ImageMagick and GraphicsMagick take Mitchell instead of Lanczos for grey files, palettes and transparency.
- Only close to one of these: GraphicsMagick's `-thumbnail`, which samples before it averages (7 to 12 levels from `-resize`
  over noise); WebKitGTK 2.50's img, which is a box at ratios 2 and 4 (0.9 levels from `pillow-box` over a photograph, 1 over
  noise) and at others 1 to 6 levels from `pillow-bilinear` over a photograph, 3 to 15 over noise.
- `swscale-*` is ffmpeg with `accurate_rnd+full_chroma_int+full_chroma_inp`. With its default flags it halves the colour
  first: about 0.3 levels away over photographs, 3 over coloured noise.
- NoHalo and LoHalo are neither linear nor separable; between ratios 1 and 2 they are far from any matrix.
- Firefox ESR 140 drops fractions in both passes: about one level darker than the row `firefox-img` (0.93 / 1.1 / 36).
- Chromium draws in software or on the graphics card; the figures are for software. The models of both browsers are for img
  elements at 100 % page zoom on a screen without scaling of its own.

Anything else can be made to order (`custom:kernel=lanczos3,antialias=yes,light=encoded,rounding=nearest`; see
`scaler.hpp`) or learnt from examples (`learn.hpp`).
)";

}  // namespace

std::string scaler_table() {
  std::ostringstream s;
  s << "| id | software | checked with | kernel | averages | exactness |\n| --- | --- | --- | --- | --- | --- |\n";
  for (const ScalerInfo& i : Scaler::catalogue())
    s << "| `" << i.id << "` | " << i.name << " | " << i.version << " | " << i.kernel << " | "
      << (!i.antialiases && i.arithmetic == "copies bytes" ? "nothing"
          : i.light == Light::Linear                       ? "linear light"
                                                           : "encoded values")
      << (i.antialiases || i.arithmetic == "copies bytes" ? "" : ", not antialiased") << " | " << exactness(i) << " |\n";
  s << kNotes;
  return s.str();
}
