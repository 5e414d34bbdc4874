// SPDX-License-Identifier: LGPL-3.0-or-later
#include "memory.hpp"

#include <cmath>
#include <fstream>
#include <limits>
#include <string>
#include <utility>

#include <libgimp/gimp.h>

#include <bifocal/number.hpp>

#include "answer.hpp"
#include "language.hpp"
#include "pixels.hpp"

namespace plugin {
namespace {

/// Bytes that the system can give without ending somebody for it, swap included; infinite where it does not say.
double available() {
  std::ifstream file("/proc/meminfo");
  double bytes = 0;
  bool said = false;
  for (std::string key; file >> key;) {
    double kib = 0;
    if (key == "MemAvailable:" || key == "SwapFree:") {
      file >> kib;
      bytes += kib * 1024;
      said |= key == "MemAvailable:";
    }
    file.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return said ? bytes : std::numeric_limits<double>::infinity();
}

/// The engine's need and the plug-in's own: GIMP's libraries, and the cover's pixels as GIMP stores them.
double needed_for(const bifocal::Extent& e) {
  constexpr double kLibraries = 100e6;
  return bifocal::memory_needed(e) + kLibraries + 1.5 * e.cover.width * e.cover.height * e.channels;
}

/// "3.2 GB", "320 GB".
std::string gigabytes(double bytes) {
  const double gb = bytes / 1e9;
  return filled(_("%s GB"), bifocal::number_text(gb, gb < 10 ? 1 : 0).c_str());
}

}  // namespace

bifocal::Extent extent_of(gint32 cover, std::vector<bifocal::Extent::Seen> views, bifocal::Appearance appearance,
                          double balance, const std::string& options) {
  bifocal::Extent extent;
  extent.cover = {gimp_drawable_width(cover), gimp_drawable_height(cover)};
  extent.channels = Encoding(cover).channels();
  extent.views = std::move(views);
  const bifocal::Options said = bifocal::read_options(options, {appearance, extent.views.size() > 1, balance});
  extent.goal = said.goal;
  extent.algorithm = said.solve.algorithm;
  extent.balance = balance;
  return extent;
}

void check_memory(const bifocal::Extent& extent) {
  const double needed = needed_for(extent), left = available();
  if (needed <= left) return;
  std::string message = filled(_("There is not enough memory for this: it needs about %s, and %s are free."),
                               gigabytes(needed).c_str(), gigabytes(left).c_str());
  if (std::holds_alternative<bifocal::EyeGoal>(extent.goal) && extent.views[0].scaler != bifocal::kAnyScaler) {
    bifocal::Extent pixels = extent;
    pixels.goal = bifocal::PixelsGoal();
    if (const double less = needed_for(pixels); less <= left)
      message.append(" ").append(filled(_("Pixel by pixel it would need %s."), gigabytes(less).c_str()));
  }
  throw UserError(message + " " + _("Close other images and programs, or use a smaller layer. Nothing was changed."));
}

}  // namespace plugin
