// SPDX-License-Identifier: LGPL-3.0-or-later
#include "view_list.hpp"

#include <algorithm>

#include <glib/gstdio.h>
#include <libgimp/gimp.h>
#include <nlohmann/json.hpp>

#include <bifocal/views.hpp>

#include "answer.hpp"
#include "checks.hpp"
#include "gimp_folder.hpp"
#include "origin.hpp"
#include "settings.hpp"
#include "small_size.hpp"

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

/// The file of the last run; nothing when there is none, or one that is much longer than any list.
std::string text_of_file() {
  constexpr goffset kMost = 1 << 20;  // bytes
  const Text path = in_gimp_folder(kFile);
  GStatBuf about;
  gchar* raw = nullptr;
  gsize length = 0;
  if (g_stat(path.get(), &about) != 0 || about.st_size > kMost) return {};
  if (!g_file_get_contents(path.get(), &raw, &length, nullptr)) return {};
  return std::string(Text(raw).get(), length);
}

/// A number of any size as a whole one from 0 to `most`.
int whole(const nlohmann::json& number, int most) {
  return static_cast<int>(std::clamp(number.get<double>(), 0.0, static_cast<double>(most)));
}

}  // namespace

void check_length(std::size_t views) {
  if (views > bifocal::kMostViews)
    throw UserError("There are " + std::to_string(views) + " views; at most " + std::to_string(bifocal::kMostViews) +
                    " are possible.");
}

bifocal::Size view_size(const ViewLine& line) {
  return line.width == 0 && line.height == 0 ? size_of(line.target) : bifocal::Size{line.width, line.height};
}

void start_line(gint32 cover, ViewLine& line) {
  line.width = line.height = 0;
  const bifocal::Size full = size_of(cover), own = size_of(line.target);
  if (own.width < full.width && own.height < full.height && shape_words(full, own, line.scaler).empty()) return;
  const bifocal::Size size = suggested_size(cover, line.target, line.scaler);
  line.width = size.width;
  line.height = size.height;
}

std::vector<std::string> words_about(gint32 cover, const ViewList& list) {
  std::vector<std::string> words;
  for (const ViewLine& line : list.lines) {
    const bifocal::Size size = view_size(line);
    for (const std::string& about :
         {shape_words(size_of(cover), size, line.scaler), result_as_target_words(line.target, size.width, size.height)})
      if (!about.empty() && std::find(words.begin(), words.end(), about) == words.end()) words.push_back(about);
  }
  return words;
}

bool take_trade_off(std::string& options) {
  const std::string word = take_option(options, "trade-off").value_or("no");
  if (word != "yes" && word != "no")
    throw UserError("The option trade-off=" + word + " is not known. It can be trade-off=yes or trade-off=no.");
  return word == "yes";
}

void check_views_options(std::string options, std::string also) {
  take_trade_off(options);
  if (!also.empty()) also += ", trade-off";
  bifocal::check_options(options, also);
}

ViewList load_last_views(gint32 cover) {
  ViewList list;
  try {
    const auto j = nlohmann::json::parse(text_of_file());
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
    if (j.at("views").size() > bifocal::kMostViews) return {};
    for (const auto& v : j.at("views")) {
      ViewLine line;
      line.target_name = v.at("target");
      line.width = whole(v.at("width"), GIMP_MAX_IMAGE_SIZE);
      line.height = whole(v.at("height"), GIMP_MAX_IMAGE_SIZE);
      line.scaler = v.at("scaler");
      if (!is_scaler(line.scaler) || line.scaler == bifocal::kAnyScaler) line.scaler = ViewLine().scaler;
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
