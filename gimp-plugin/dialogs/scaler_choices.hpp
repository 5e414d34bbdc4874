// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace plugin {

struct ScalerChoice {
  std::string id, name;
};

/// What lists of scalers show: the engine's catalogue, and after it what is no single scaler.
const std::vector<ScalerChoice>& scaler_choices();

}  // namespace plugin
