// SPDX-License-Identifier: LGPL-3.0-or-later
#include "view_list.hpp"

#include <algorithm>

#include <libgimp/gimp.h>
#include <nlohmann/json.hpp>

#include "checks.hpp"
#include "gimp_folder.hpp"

namespace plugin {
namespace {

constexpr char kFile[] = "bifocal-views";
constexpr char kSession[] = "plug-in-bifocal-views-targets";

/// Layer ids begin anew with every GIMP session; gimp_set_data ends with it, too.
std::vector<gint32> session_targets() {
  const int bytes = gimp_get_data_size(kSession);
  if (bytes <= 0 || bytes % sizeof(gint32) != 0) return {};
  std::vector<gint32> ids(bytes / sizeof(gint32));
  gimp_get_data(kSession, ids.data());
  return ids;
}

}  // namespace

ViewList load_last_views(gint32 cover) {
  ViewList list;
  gchar* raw = nullptr;
  gsize length = 0;
  if (!g_file_get_contents(in_gimp_folder(kFile).get(), &raw, &length, nullptr)) return list;
  const Text text(raw);
  try {
    const auto j = nlohmann::json::parse(std::string(raw, length));
    list.appearance = j.at("appearance").get<int>() == 1;
    list.balance = std::clamp(j.at("balance").get<double>(), 0.0, 100.0);
    list.options = j.at("options");
    if (j.value("result", "") == to_string(ResultAs::Image)) list.result = ResultAs::Image;
    for (const auto& v : j.at("views")) {
      ViewLine line;
      line.target_name = v.at("target");
      line.width = std::clamp(v.at("width").get<int>(), 0, GIMP_MAX_IMAGE_SIZE);
      line.height = std::clamp(v.at("height").get<int>(), 0, GIMP_MAX_IMAGE_SIZE);
      line.scaler = v.at("scaler");
      line.weight = std::clamp(v.at("weight").get<double>(), 0.01, 1000.0);
      list.lines.push_back(line);
    }
  } catch (const nlohmann::json::exception&) {  // a file edited by hand: no last values
    return {};
  }
  const std::vector<gint32> ids = session_targets();
  for (std::size_t k = 0; k < list.lines.size(); ++k) {
    ViewLine& line = list.lines[k];
    if (ids.size() == list.lines.size() && can_be_target(cover, ids[k]))
      line.target = ids[k];
    else
      line.target = find_target_named(cover, line.target_name, false);
  }
  return list;
}

bool save_last_views(const ViewList& list) {
  std::vector<gint32> ids;
  for (const ViewLine& line : list.lines) ids.push_back(line.target);
  gimp_set_data(kSession, ids.data(), static_cast<guint32>(ids.size() * sizeof(gint32)));
  const std::string text = to_json(list);
  return g_file_set_contents(in_gimp_folder(kFile).get(), text.data(), static_cast<gssize>(text.size()), nullptr);
}

std::string to_json(const ViewList& list) {
  nlohmann::ordered_json j{{"appearance", list.appearance}, {"balance", list.balance},
                           {"result", to_string(list.result)}, {"options", list.options}};
  j["views"] = nlohmann::ordered_json::array();
  for (const ViewLine& line : list.lines)
    j["views"].push_back({{"target", line.target_name}, {"width", line.width}, {"height", line.height},
                          {"scaler", line.scaler}, {"weight", line.weight}});
  return j.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace plugin
