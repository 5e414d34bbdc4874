// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/error.hpp>
#include <bifocal/scalers.hpp>
#include <bifocal/views.hpp>

#include "error/edge.hpp"
#include "words/words.hpp"

namespace bifocal {

Preset find_preset(std::string_view name) try {
  if (name == "thumbnail") return Preset::Thumbnail;
  if (name == "works-everywhere") return Preset::WorksEverywhere;
  if (name == "when-enlarged") return Preset::WhenEnlarged;
  if (name == "small-and-large") return Preset::SmallAndLarge;
  throw Error(ErrorCode::InvalidArgument,
              filled(_("there is no preset \"%s\"; known are: %s"), std::string(name).c_str(),
                     "thumbnail, works-everywhere, when-enlarged, small-and-large"));
} catch (...) {
  leave();
}

std::vector<PresetView> preset_views(Preset preset) try {
  switch (preset) {
    case Preset::Thumbnail:
      return {{0, 0, scalers::kUsual}};
    case Preset::WorksEverywhere: {
      std::vector<PresetView> views;
      for (const std::string_view id : scalers::kEverywhere) views.push_back({0, 0, id});
      return views;
    }
    case Preset::WhenEnlarged:
      return {{0, 1.5, scalers::kUsual}};
    case Preset::SmallAndLarge:
      return {{0, 0, scalers::kUsual}, {1, 1.5, scalers::kUsual}};
  }
  return {};
} catch (...) {
  leave();
}

}  // namespace bifocal
