// SPDX-License-Identifier: LGPL-3.0-or-later
// The plug-in's files of last values and its own options: whatever they say, what comes out is possible, and once
// written reads the same.
#include <glib.h>

#include <bifocal/request.hpp>
#include <bifocal/views.hpp>

#include "errors.hpp"
#include "input.hpp"
#include "invariants.hpp"
#include "presets.hpp"
#include "reveal_settings.hpp"
#include "settings.hpp"
#include "view_list.hpp"

using namespace plugin;

namespace {

void must_be_text(const std::string& text) {
  must(g_utf8_validate(text.data(), static_cast<gssize>(text.size()), nullptr), "no UTF-8");
}

/// True when `f` came back; else it said in words what the user can put right.
template <class F>
bool done_or_user_error(const F& f) {
  try {
    return refused_or_done([&] {
      try {
        f();
      } catch (const UserError& e) {
        must(*e.what() != 0, "an error without words");
        throw bifocal::Error(bifocal::ErrorCode::InvalidArgument, e.what());
      }
    });
  } catch (...) {
    finding("something else was thrown");
  }
}

void key_file(const std::string& text) {
  const Settings s = settings_from(text);
  must(s.width >= 0 && s.width <= kMostPixels && s.height >= 0 && s.height <= kMostPixels, "a size");
  must(s.of_cover.width >= 0 && s.of_cover.height >= 0, "the cover's size");
  must(is_scaler(s.scaler), "a scaler that is not known");
  must(s.appearance == 0 || s.appearance == 1, "an appearance");
  must(s.balance >= 0 && s.balance <= 100, "a balance");
  must(possible_options(s.options) == s.options, "options that are not possible");
  must_be_text(s.target_name);
  must_be_json(to_json(s));
  must(to_json(settings_from(key_file_of(s))) == to_json(s), "written and read it says something else");
}

void views_file(const std::string& text) {
  const ViewList list = view_list_from(text);
  must(list.lines.size() <= bifocal::kMostTargets, "more views than are possible");
  must(list.appearance == 0 || list.appearance == 1, "an appearance");
  must(list.balance >= 0 && list.balance <= 100, "a balance");
  check_views_options(list.options);
  for (const ViewLine& line : list.lines) {
    must(line.width >= 0 && line.width <= kMostPixels && line.height >= 0 && line.height <= kMostPixels, "a size");
    must(is_scaler(line.scaler), "a scaler that is not known");
    must(line.weight > 0 && line.weight <= 1000, "a weight");
    must_be_text(line.target_name);
  }
  must_be_json(to_json(list));
  must(to_json(view_list_from(to_json(list))) == to_json(list), "written and read it says something else");
}

void reveal_file(const std::string& text) {
  const RevealSettings s = reveal_settings_from(text);
  must_be_text(s.sizes);
  must_be_text(s.scalers);
  const RevealSettings again = reveal_settings_from(lines_of(s));
  must(again.sizes == s.sizes && again.scalers == s.scalers, "written and read it says something else");
  done_or_user_error([&] {
    for (const bifocal::Size& size : options_from(s, {300, 200}).sizes)
      must(size.width >= 1 && size.height >= 1 && size.width <= 16384 && size.height <= 16384, "a size");
  });
}

void presets_file(const std::string& text) {
  const std::vector<Preset> presets = presets_from(text);
  for (const Preset& p : presets) {
    must(!p.name.empty() && preset_name(p.name) == p.name, "a preset's name");
    must_be_text(p.name);
    must_be_text(p.settings);
  }
  must_be_json(to_json(presets));
  must(to_json(presets_from(to_json(presets))) == to_json(presets), "written and read it says something else");
}

void own_options(std::string text) {
  bifocal::Fit fit = bifocal::Fit::Inside;
  ResultAs result = ResultAs::Layer;
  done_or_user_error([&] {
    take_own_options(text, fit, result);
    must(!take_option(text, "fit") && !take_option(text, "result"), "an option that was taken is there still");
    take_trade_off(text);
    check_views_options(text, kOwnKeys);
    bifocal::check_options(text);
    add_option(text, "sweeps", "7");
    must(take_option(text, "sweeps") == "7", "an option that was added is not there");
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  const int kind = in.byte() % 5;
  const std::string text(reinterpret_cast<const char*>(data + (size > 0)), size - (size > 0));
  if (kind == 0) key_file(text);
  if (kind == 1) views_file(text);
  if (kind == 2) reveal_file(text);
  if (kind == 3) own_options(text);
  if (kind == 4) presets_file(text);
  return 0;
}
