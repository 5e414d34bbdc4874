// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <glib.h>

#include <bifocal/request.hpp>

#include "result_as.hpp"
#include "settings.hpp"
#include "view_list.hpp"

namespace plugin {

/// What a preview is to show of a cover: settings that passed all checks, of one thumbnail or of several views.
struct PreviewWish {
  struct View {
    gint32 target = -1;  ///< a layer
    bifocal::Size size;  ///< that the image is scaled to
    std::string scaler;
    double weight = 1;
    std::string name;  ///< for a list of views
  };
  std::vector<View> views;
  bifocal::Appearance appearance = bifocal::Appearance::Pixels;
  bifocal::Fit fit = bifocal::Fit::Stretch;
  double balance = 100;
  ResultAs result = ResultAs::Layer;
  std::string options;
};

PreviewWish wish_of(gint32 cover, const Settings& settings);
PreviewWish wish_of(ViewList list);

}  // namespace plugin
