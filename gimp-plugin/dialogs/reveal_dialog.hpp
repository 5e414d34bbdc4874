// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>

#include "reveal_settings.hpp"

namespace plugin {

/// Asks for sizes and scalers until `complaint` has nothing to say about them; what it says is shown. False when the
/// user cancelled.
bool ask_reveal(RevealSettings& settings, const std::function<std::string(const RevealSettings&)>& complaint);

}  // namespace plugin
