// SPDX-License-Identifier: LGPL-3.0-or-later
#include "reveal_settings.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include <glib.h>

#include "errors.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr long kLeastSide = 4, kMostSide = 16384;
constexpr std::size_t kMostSizes = 16;

}  // namespace

RevealSettings reveal_settings_from(const std::string& lines) {
  RevealSettings s;
  if (!g_utf8_validate(lines.data(), static_cast<gssize>(lines.size()), nullptr)) return s;
  std::istringstream in(lines);
  std::getline(in, s.sizes);
  std::getline(in, s.scalers);
  return s;
}

std::string lines_of(const RevealSettings& s) { return s.sizes + "\n" + s.scalers + "\n"; }

bifocal::RevealOptions options_from(const RevealSettings& settings, bifocal::Size layer) {
  bifocal::RevealOptions options;
  const auto [width, height] = layer;
  const int longest = std::max(width, height);
  std::istringstream sizes(settings.sizes);
  for (std::string word; sizes >> word;) {
    char* end = nullptr;
    const long side = std::strtol(word.c_str(), &end, 10);
    if (*end || side < kLeastSide || side > kMostSide)
      throw UserError(filled(_("The size \"%s\" is not possible: sizes are whole numbers from %ld to %ld, separated by "
                               "blanks."),
                             word.c_str(), kLeastSide, kMostSide));
    options.sizes.push_back({std::max(1, static_cast<int>((width * side + longest / 2) / longest)),
                             std::max(1, static_cast<int>((height * side + longest / 2) / longest))});
  }
  if (options.sizes.size() > kMostSizes)
    throw UserError(filled(_("At most %zu sizes can be shown at once."), kMostSizes));
  std::istringstream ids(settings.scalers);
  for (std::string id; ids >> id;) options.scalers.push_back(id);
  return options;
}

}  // namespace plugin
