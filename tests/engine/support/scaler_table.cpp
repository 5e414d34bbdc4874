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

/// What the same program is for other kinds of file, where that is something else: "; grey or with alpha: " and `cell`
/// of it.
std::string other_kinds(const ScalerInfo& usual, std::string (*cell)(const ScalerInfo&)) {
  const Scaler scaler = Scaler::find(usual.id), grey = scaler.reading({}, 1),
               alpha = scaler.reading({.alpha = true}, 3);
  const auto differs = [&](const Scaler& s) { return cell(s.info()) != cell(usual); };
  std::string words;
  const auto add = [&](const char* kinds, const Scaler& s) {
    words += std::string("; ") + kinds + ": " + cell(s.info());
  };
  if (differs(grey) && cell(grey.info()) == cell(alpha.info())) {
    add("grey or with alpha", alpha);
  } else {
    if (differs(grey)) add("grey", grey);
    if (differs(alpha)) add("with alpha", alpha);
  }
  return words;
}

std::string kernel(const ScalerInfo& i) { return std::string(i.kernel); }

constexpr const char* kNotes = R"(
Each row was checked with the versions that it names; other versions may differ, and the tests print by how much.

*Every byte*: the same bytes as the real program's, in millions of samples over all kinds of sizes. Otherwise three errors
in levels (of 255), measured against the real program in 13 sizes at ratios from 1.2 to 12: mean over pictures / mean over
noise or pictures, whichever is worse / largest. Noise at ratios below 2 is the hardest input. These models are checked for
shrinking only.

- Some programs go by the kind of file. ImageMagick and GraphicsMagick take Mitchell instead of Lanczos for grey files,
  palettes and all that have an alpha channel, be it an opaque one; with one, vipsthumbnail and gdk-pixbuf compute otherwise.
  Bifocal follows the file that GIMP will write.
- Where a file is transparent in part, Pillow, GIMP, ImageMagick, GraphicsMagick's `-resize`, vipsthumbnail, gdk-pixbuf, Qt,
  cairo and GD weigh its colours by their opacity when they average; OpenCV, `vips resize` and ffmpeg do not, and browsers
  lay it over the page. The models are for colours alone.
- OpenCV is taken to read grey files as grey. By default `cv2.imread` makes colour of them, which moved 54 of 618,366 samples
  of INTER_CUBIC over noise by a level, and none of the others'.
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
    s << "| `" << i.id << "` | " << i.name << " | " << i.version << " | " << i.kernel << other_kinds(i, kernel) << " | "
      << (!i.antialiases && i.arithmetic == "copies bytes" ? "nothing"
          : i.light == Light::Linear                       ? "linear light"
                                                           : "encoded values")
      << (i.antialiases || i.arithmetic == "copies bytes" ? "" : ", not antialiased") << " | " << exactness(i)
      << other_kinds(i, exactness) << " |\n";
  s << kNotes;
  return s.str();
}
