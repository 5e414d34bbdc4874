// SPDX-License-Identifier: LGPL-3.0-or-later
#include "view_sizes.hpp"

#include <algorithm>

#include <bifocal/scaler.hpp>

#include "checks.hpp"
#include "language.hpp"
#include "origin.hpp"
#include "small_size.hpp"

namespace plugin {

bifocal::Size view_size(const ViewLine& line) {
  return line.width == 0 && line.height == 0 ? size_of(line.target) : bifocal::Size{line.width, line.height};
}

std::string view_name(const ViewLine& line) {
  const bifocal::Size size = view_size(line);
  // TRANSLATORS: a view: target, width and height, scaler
  return filled(_("%s, %dx%d, %s"), picture_name(line.target).c_str(), size.width, size.height,
                std::string(bifocal::Scaler::find(line.scaler).info().name).c_str());
}

void start_line(gint32 cover, ViewLine& line) {
  line.width = line.height = 0;
  const bifocal::Size full = size_of(cover), own = size_of(line.target);
  if (own.width < full.width && own.height < full.height && shape_words(full, own, line.scaler).empty()) return;
  const bifocal::Size size = suggested_size(cover, line.target, line.scaler);
  line.width = size.width;
  line.height = size.height;
}

std::vector<bifocal::Message> messages_about(gint32 cover, const ViewList& list) {
  std::vector<bifocal::Message> all;
  const auto add = [&](const char* code, const std::string& text) {
    const auto same = [&](const bifocal::Message& m) { return m.text == text; };
    if (!text.empty() && std::none_of(all.begin(), all.end(), same))
      all.push_back({code, bifocal::Severity::Warning, text});
  };
  for (const ViewLine& line : list.lines) {
    const bifocal::Size size = view_size(line);
    add("other-shape", shape_words(size_of(cover), size, line.scaler));
    add("target-is-a-result", result_as_target_words(line.target, size.width, size.height));
  }
  return all;
}

}  // namespace plugin
