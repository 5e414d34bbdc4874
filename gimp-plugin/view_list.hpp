// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <glib.h>

#include <bifocal/image.hpp>
#include <bifocal/request.hpp>

#include "result_as.hpp"

namespace plugin {

/// One line of the list of views.
struct ViewLine {
  gint32 target = -1;       ///< a layer
  std::string target_name;  ///< finds the layer again in a later session
  int width = 0;            ///< that the image is scaled to, pixels; 0 with height 0: the target's own size
  int height = 0;
  std::string scaler = "pillow-bicubic";
  double weight = 1;  ///< above 0
};

/// What a user sets for one run of plug-in-bifocal-views.
struct ViewList {
  std::vector<ViewLine> lines;
  int appearance = 0;
  double balance = 100;
  bifocal::Fit fit = bifocal::Fit::Fill;  ///< scripts that do not name one get Stretch
  ResultAs result = ResultAs::Layer;
  std::string options;
};

/// Throws UserError for a list that is longer than the engine takes.
void check_length(std::size_t views);

/// Takes "trade-off=yes" out of an options string. Throws UserError for a wrong value.
bool take_trade_off(std::string& options);
/// As bifocal::check_options, but knows "trade-off", too.
void check_views_options(std::string options, std::string also = {});

/// What the text of a file of last values says, its targets by name only. No lines when it says something else.
ViewList view_list_from(const std::string& json);
/// As a JSON object, for the layer's parasite and the file.
std::string to_json(const ViewList& list);

}  // namespace plugin
