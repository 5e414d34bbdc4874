// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

namespace plugin {

/// Settings that a user has given a name.
struct Preset {
  std::string name;      ///< UTF-8, not empty, on one line
  std::string settings;  ///< as its dialog writes them
};

/// Whether a preset has this name, which must outlive what is returned.
inline auto of_name(const std::string& name) {
  return [&name](const Preset& p) { return p.name == name; };
}

/// What the text of a file of presets says, by name; what is wrong in it is left out, also a name that comes again.
std::vector<Preset> presets_from(const std::string& json);
std::string to_json(const std::vector<Preset>& presets);

/// The same name as it will be kept: without blanks at its ends, on one line, at most 80 characters.
std::string preset_name(const std::string& typed);

}  // namespace plugin
