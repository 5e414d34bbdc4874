// SPDX-License-Identifier: LGPL-3.0-or-later
#include "view_list.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include <bifocal/views.hpp>

#include "errors.hpp"
#include "language.hpp"
#include "settings.hpp"

namespace plugin {
namespace {

/// A number of any size as a whole one from 0 to `most`.
int whole(const nlohmann::json& number, int most) {
  return static_cast<int>(std::clamp(number.get<double>(), 0.0, static_cast<double>(most)));
}

}  // namespace

void check_length(std::size_t views) {
  if (views > bifocal::kMostTargets)
    throw UserError(filled(_("There are %zu views; at most %zu are possible."), views, bifocal::kMostTargets));
}

bool take_trade_off(std::string& options) {
  const std::string word = take_option(options, "trade-off").value_or("no");
  if (word != "yes" && word != "no")
    throw UserError(
        filled(_("The option trade-off=%s is not known. It can be trade-off=yes or trade-off=no."), word.c_str()));
  return word == "yes";
}

void check_views_options(std::string options, std::string also) {
  take_trade_off(options);
  if (!also.empty()) also += ", trade-off";
  bifocal::check_options(options, also);
}

ViewList view_list_from(const std::string& json) {
  ViewList list;
  try {
    const auto j = nlohmann::json::parse(json);
    list.appearance = whole(j.at("appearance"), 1);
    list.balance = std::clamp(j.at("balance").get<double>(), 0.0, 100.0);
    list.options = j.at("options");
    if (j.value("result", "") == to_string(ResultAs::Image)) list.result = ResultAs::Image;
    try {
      check_views_options(list.options);
    } catch (const std::exception&) {
      list.options = {};
    }
    list.fit = possible_fit(j.value("fit", ""), list.fit);
    if (j.at("views").size() > bifocal::kMostTargets) return {};
    for (const auto& v : j.at("views")) {
      ViewLine line;
      line.target_name = v.at("target");
      line.width = whole(v.at("width"), kMostPixels);
      line.height = whole(v.at("height"), kMostPixels);
      line.scaler = v.at("scaler");
      if (!is_scaler(line.scaler) || line.scaler == bifocal::kAnyScaler) line.scaler = ViewLine().scaler;
      line.weight = std::clamp(v.at("weight").get<double>(), 0.01, 1000.0);
      list.lines.push_back(line);
    }
  } catch (const nlohmann::json::exception&) {  // a file edited by hand: no last values
    return {};
  }
  return list;
}

std::string to_json(const ViewList& list) {
  nlohmann::ordered_json j{{"appearance", list.appearance},
                           {"balance", list.balance},
                           {"fit", to_string(list.fit)},
                           {"result", to_string(list.result)},
                           {"options", list.options}};
  j["views"] = nlohmann::ordered_json::array();
  for (const ViewLine& line : list.lines)
    j["views"].push_back({{"target", line.target_name},
                          {"width", line.width},
                          {"height", line.height},
                          {"scaler", line.scaler},
                          {"weight", line.weight}});
  return j.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace plugin
