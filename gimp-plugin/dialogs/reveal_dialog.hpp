// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

namespace plugin {

/// What a user sets for one run of plug-in-bifocal-reveal.
struct RevealSettings {
  std::string sizes;    ///< longest sides in pixels, separated by blanks; empty: where something is found, else a quarter
  std::string scalers;  ///< ids separated by blanks; empty: all
};

/// Asks for sizes and scalers. False when the user cancelled.
bool ask_reveal(RevealSettings& settings);

}  // namespace plugin
