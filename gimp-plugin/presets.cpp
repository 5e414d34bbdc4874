// SPDX-License-Identifier: LGPL-3.0-or-later
#include "presets.hpp"

#include <algorithm>

#include <glib.h>
#include <nlohmann/json.hpp>

#include "text.hpp"

namespace plugin {
namespace {

constexpr glong kLongestName = 80;  // characters
constexpr std::size_t kMostPresets = 500;

}  // namespace

std::string preset_name(const std::string& typed) {
  const Text valid(g_utf8_make_valid(typed.data(), static_cast<gssize>(typed.size())));
  std::string name;
  glong length = 0;
  for (const gchar* at = valid.get(); *at && length < kLongestName; at = g_utf8_next_char(at)) {
    const bool blank = g_unichar_isspace(g_utf8_get_char(at)) || g_unichar_iscntrl(g_utf8_get_char(at));
    if (blank && (name.empty() || name.back() == ' ')) continue;
    if (blank)
      name += ' ';
    else
      name.append(at, g_utf8_next_char(at) - at);
    ++length;
  }
  if (!name.empty() && name.back() == ' ') name.pop_back();
  return name;
}

std::vector<Preset> presets_from(const std::string& json) {
  std::vector<Preset> presets;
  const auto file = nlohmann::json::parse(json, nullptr, false);
  if (!file.is_object() || !file.contains("presets") || !file["presets"].is_array()) return presets;
  for (const auto& p : file["presets"]) {
    if (!p.is_object() || !p.contains("name") || !p.contains("settings")) continue;
    if (!p["name"].is_string() || !p["settings"].is_string()) continue;
    Preset preset{preset_name(p["name"].get<std::string>()), p["settings"].get<std::string>()};
    if (preset.name.empty() || std::any_of(presets.begin(), presets.end(), of_name(preset.name))) continue;
    presets.push_back(std::move(preset));
    if (presets.size() == kMostPresets) break;
  }
  std::sort(presets.begin(), presets.end(), [](const Preset& a, const Preset& b) {
    const int order = g_utf8_collate(a.name.c_str(), b.name.c_str());
    return order != 0 ? order < 0 : a.name < b.name;
  });
  return presets;
}

std::string to_json(const std::vector<Preset>& presets) {
  nlohmann::ordered_json file{{"presets", nlohmann::ordered_json::array()}};
  for (const Preset& p : presets) file["presets"].push_back({{"name", p.name}, {"settings", p.settings}});
  return file.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace plugin
