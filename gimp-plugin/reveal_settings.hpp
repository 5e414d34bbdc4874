// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <bifocal/reveal.hpp>

namespace plugin {

/// What a user sets for one run of plug-in-bifocal-reveal.
struct RevealSettings {
  std::string sizes;    ///< longest sides in pixels, separated by blanks; empty: a quarter
  std::string scalers;  ///< ids separated by blanks; empty: all
};

/// What the text of a file of last values says: two lines, sizes and scalers. Defaults when it says something else.
RevealSettings reveal_settings_from(const std::string& lines);
std::string lines_of(const RevealSettings& settings);

/// For a layer of this size. Throws UserError when the sizes are not possible.
bifocal::RevealOptions options_from(const RevealSettings& settings, bifocal::Size layer);

}  // namespace plugin
