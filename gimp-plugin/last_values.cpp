// SPDX-License-Identifier: LGPL-3.0-or-later
#include "last_values.hpp"

#include <string>
#include <vector>

#include "checks.hpp"
#include "gimp_folder.hpp"

namespace plugin {
namespace {

static_assert(kMostPixels == GIMP_MAX_IMAGE_SIZE);

constexpr char kSettings[] = "bifocal-settings", kViews[] = "bifocal-views", kReveal[] = "bifocal-reveal";
constexpr char kSessionTarget[] = "plug-in-bifocal-target";
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

Settings load_last_values() {
  Settings s = settings_from(text_in_gimp_folder(kSettings));
  if (gimp_get_data_size(kSessionTarget) == sizeof s.target) gimp_get_data(kSessionTarget, &s.target);
  return s;
}

bool save_last_values(const Settings& s) {
  gimp_set_data(kSessionTarget, &s.target, sizeof s.target);
  return write_in_gimp_folder(kSettings, key_file_of(s));
}

ViewList load_last_views(gint32 cover) {
  ViewList list = view_list_from(text_in_gimp_folder(kViews));
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
  return write_in_gimp_folder(kViews, to_json(list));
}

RevealSettings load_last_reveal() { return reveal_settings_from(text_in_gimp_folder(kReveal)); }

bool save_last_reveal(const RevealSettings& settings) { return write_in_gimp_folder(kReveal, lines_of(settings)); }

}  // namespace plugin
