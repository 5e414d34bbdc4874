// SPDX-License-Identifier: LGPL-3.0-or-later
#include "settings.hpp"

#include <memory>
#include <sstream>

#include <nlohmann/json.hpp>

#include <bifocal/error.hpp>
#include <bifocal/scaler.hpp>

#include "errors.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr char kGroup[] = "last-values";
constexpr char kFit[] = "placing";  // "fit" of older files was rarely a choice: sizes had the target's shape

struct FreeKeyFile {
  void operator()(GKeyFile* file) const { g_key_file_free(file); }
};
using KeyFile = std::unique_ptr<GKeyFile, FreeKeyFile>;

std::string read_text(GKeyFile* file, const char* key, const std::string& otherwise) {
  Text text(g_key_file_get_string(file, kGroup, key, nullptr));
  return text ? text.get() : otherwise;
}

int read_int(GKeyFile* file, const char* key, int least, int most, int otherwise) {
  GError* error = nullptr;
  const int value = g_key_file_get_integer(file, kGroup, key, &error);
  if (error) {
    g_clear_error(&error);
    return otherwise;
  }
  return value < least || value > most ? otherwise : value;
}

double read_double(GKeyFile* file, const char* key, double least, double most, double otherwise) {
  GError* error = nullptr;
  const double value = g_key_file_get_double(file, kGroup, key, &error);
  if (error) {
    g_clear_error(&error);
    return otherwise;
  }
  return value >= least && value <= most ? value : otherwise;  // false for NaN, too
}

}  // namespace

const char* to_string(bifocal::Fit fit) {
  switch (fit) {
    case bifocal::Fit::Inside:
      return "inside";
    case bifocal::Fit::Fill:
      return "fill";
    default:
      return "stretch";
  }
}

bifocal::Fit fit_from(const std::string& word) {
  for (bifocal::Fit fit : {bifocal::Fit::Stretch, bifocal::Fit::Inside, bifocal::Fit::Fill})
    if (word == to_string(fit)) return fit;
  throw UserError(
      filled(_("The option fit=%s is not known. It can be fit=stretch, fit=inside or fit=fill."), word.c_str()));
}

bool is_scaler(const std::string& id) {
  if (id == bifocal::kAnyScaler) return true;
  try {
    bifocal::Scaler::find(id);
    return true;
  } catch (const bifocal::Error&) {
    return false;
  }
}

std::string possible_options(const std::string& options) {
  try {
    bifocal::check_options(options);
    return options;
  } catch (const bifocal::Error&) {
    return {};
  }
}

bifocal::Fit possible_fit(const std::string& word, bifocal::Fit otherwise) {
  try {
    return fit_from(word);
  } catch (const UserError&) {
    return otherwise;
  }
}

std::optional<std::string> take_option(std::string& options, const std::string& key) {
  std::istringstream words(options);
  std::string rest;
  std::optional<std::string> value;
  for (std::string word; words >> word;) {
    if (word.starts_with(key + "="))
      value = word.substr(key.size() + 1);
    else
      rest += (rest.empty() ? "" : " ") + word;
  }
  options = rest;
  return value;
}

void add_option(std::string& options, const std::string& key, const std::string& value) {
  if (!options.empty()) options += ' ';
  options += key + "=" + value;
}

void take_own_options(std::string& options, bifocal::Fit& fit, ResultAs& result) {
  if (const auto word = take_option(options, "fit")) fit = fit_from(*word);
  if (const auto word = take_option(options, "result")) result = result_as_from(*word);
}

Settings settings_from(const std::string& key_file) {
  Settings s;
  const KeyFile file(g_key_file_new());
  GKeyFile* f = file.get();
  if (!g_key_file_load_from_data(f, key_file.data(), key_file.size(), G_KEY_FILE_NONE, nullptr)) return s;
  s.target_name = read_text(f, "target-name", s.target_name);
  s.remembered = !s.target_name.empty();
  s.width = read_int(f, "width", 0, kMostPixels, s.width);
  s.height = read_int(f, "height", 0, kMostPixels, s.height);
  s.of_cover = {read_int(f, "cover-width", 0, kMostPixels, 0), read_int(f, "cover-height", 0, kMostPixels, 0)};
  s.scaler = read_text(f, "scaler", s.scaler);
  if (!is_scaler(s.scaler)) s.scaler = Settings().scaler;
  s.appearance = read_int(f, "appearance", 0, 1, s.appearance);
  s.balance = read_double(f, "balance", 0, 100, s.balance);
  s.options = possible_options(read_text(f, "options", s.options));
  s.fit = possible_fit(read_text(f, kFit, to_string(s.fit)), s.fit);
  if (read_text(f, "result", "") == to_string(ResultAs::Image)) s.result = ResultAs::Image;
  return s;
}

std::string key_file_of(const Settings& s) {
  const KeyFile file(g_key_file_new());
  GKeyFile* f = file.get();
  g_key_file_set_string(f, kGroup, "target-name", s.target_name.c_str());
  g_key_file_set_integer(f, kGroup, "width", s.width);
  g_key_file_set_integer(f, kGroup, "height", s.height);
  g_key_file_set_integer(f, kGroup, "cover-width", s.of_cover.width);
  g_key_file_set_integer(f, kGroup, "cover-height", s.of_cover.height);
  g_key_file_set_string(f, kGroup, "scaler", s.scaler.c_str());
  g_key_file_set_integer(f, kGroup, "appearance", s.appearance);
  g_key_file_set_double(f, kGroup, "balance", s.balance);
  g_key_file_set_string(f, kGroup, kFit, to_string(s.fit));
  g_key_file_set_string(f, kGroup, "result", to_string(s.result));
  g_key_file_set_string(f, kGroup, "options", s.options.c_str());
  gsize length = 0;
  const Text text(g_key_file_to_data(f, &length, nullptr));
  return std::string(text.get(), length);
}

std::string to_json(const Settings& s) {
  return nlohmann::json{
      {"target", s.target_name},    {"width", s.width},     {"height", s.height},      {"scaler", s.scaler},
      {"appearance", s.appearance}, {"balance", s.balance}, {"fit", to_string(s.fit)}, {"result", to_string(s.result)},
      {"options", s.options}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace plugin
