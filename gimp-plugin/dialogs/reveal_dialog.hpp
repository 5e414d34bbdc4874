// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>

namespace plugin {

/// What a user sets for one run of plug-in-bifocal-reveal.
struct RevealSettings {
  std::string sizes;    ///< longest sides in pixels, separated by blanks; empty: a quarter
  std::string scalers;  ///< ids separated by blanks; empty: all
};

/// Asks for sizes and scalers until `complaint` has nothing to say about them; what it says is shown. False when the
/// user cancelled.
bool ask_reveal(RevealSettings& settings, const std::function<std::string(const RevealSettings&)>& complaint);

}  // namespace plugin
