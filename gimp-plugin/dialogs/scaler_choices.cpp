// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/scaler_choices.hpp"

#include <bifocal/request.hpp>

#include "language.hpp"

namespace plugin {

const std::vector<ScalerChoice>& scaler_choices() {
  static const std::vector<ScalerChoice> choices = [] {
    std::vector<ScalerChoice> list;
    for (const bifocal::ScalerInfo& info : bifocal::Scaler::catalogue())
      list.push_back({std::string(info.id), std::string(info.name)});
    list.push_back({std::string(bifocal::kAnyScaler), _("Any ordinary thumbnail")});
    return list;
  }();
  return choices;
}

}  // namespace plugin
