// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <glib.h>

namespace plugin {

/// One line of the list of views.
struct ViewLine {
  gint32 target = -1;  ///< a layer
  int width = 0;       ///< that the image is scaled to, pixels; 0 with height 0: the target's own size
  int height = 0;
  std::string scaler = "pillow-bicubic";
  double weight = 1;   ///< above 0
};

/// What a user sets for one run of plug-in-bifocal-views.
struct ViewList {
  std::vector<ViewLine> lines;
  int appearance = 0;
  double balance = 100;
  std::string options;
};

}  // namespace plugin
