// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <glib.h>

#include "result_as.hpp"

namespace plugin {

/// One line of the list of views.
struct ViewLine {
  gint32 target = -1;       ///< a layer
  std::string target_name;  ///< finds the layer again in a later session
  int width = 0;            ///< that the image is scaled to, pixels; 0 with height 0: the target's own size
  int height = 0;
  std::string scaler = "pillow-bicubic";
  double weight = 1;        ///< above 0
};

/// What a user sets for one run of plug-in-bifocal-views.
struct ViewList {
  std::vector<ViewLine> lines;
  int appearance = 0;
  double balance = 100;
  ResultAs result = ResultAs::Layer;
  std::string options;
};

/// The list of the last run, from a file in GIMP's folder; its targets are layers that are open now, by id in the same
/// session, else by name, else -1. No lines when there was no run.
ViewList load_last_views(gint32 cover);
/// Keeps the list for this session and later ones. Returns false when the file could not be written.
bool save_last_views(const ViewList& list);
/// As a JSON object, for the layer's parasite and the file.
std::string to_json(const ViewList& list);

}  // namespace plugin
