// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <string_view>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// What the id of a scaler made to order starts with.
inline constexpr std::string_view kCustom = "custom:";

/// The scaler that an id "custom:key=value,..." describes; keys and values as in Scaler::find.
std::shared_ptr<const Model> custom_model(std::string_view id);

}  // namespace bifocal::scaling
