// SPDX-License-Identifier: LGPL-3.0-or-later
#include "preset_file.hpp"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "gimp_folder.hpp"

namespace plugin {

std::vector<Preset> PresetFile::read() const { return presets_from(text_in_gimp_folder(name_)); }

bool PresetFile::save(const Preset& preset) const {
  std::vector<Preset> presets = read();
  std::erase_if(presets, of_name(preset.name));
  presets.push_back(preset);
  return write(std::move(presets));
}

bool PresetFile::rename(const std::string& old, const std::string& name) const {
  std::vector<Preset> presets = read();
  if (old == name || std::none_of(presets.begin(), presets.end(), of_name(old))) return true;
  std::erase_if(presets, of_name(name));
  std::find_if(presets.begin(), presets.end(), of_name(old))->name = name;
  return write(std::move(presets));
}

bool PresetFile::remove(const std::string& name) const {
  std::vector<Preset> presets = read();
  return std::erase_if(presets, of_name(name)) == 0 || write(std::move(presets));
}

bool PresetFile::write(std::vector<Preset> presets) const {
  const std::string text = to_json(presets);
  if (text.size() > kMostBytes) return false;  // it would not be read again
  const Text path = in_gimp_folder(name_);
  if (g_file_test(path.get(), G_FILE_TEST_IS_REGULAR) && !nlohmann::json::accept(text_in_gimp_folder(name_)))
    std::rename(path.get(), in_gimp_folder((std::string(name_) + ".broken").c_str()).get());
  return write_in_gimp_folder(name_, text);
}

}  // namespace plugin
