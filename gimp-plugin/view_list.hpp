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

/// The size that the image is scaled to in a view whose target is there.
bifocal::Size view_size(const ViewLine& line);
/// The size that a new line begins with: the target's own (0x0) where it is smaller than the cover and
/// has its shape, else suggested_size().
void start_line(gint32 cover, ViewLine& line);

/// Warnings about the list's sizes and targets, each once.
std::vector<std::string> words_about(gint32 cover, const ViewList& list);

/// Takes "trade-off=yes" out of an options string. Throws UserError for a wrong value.
bool take_trade_off(std::string& options);
/// As bifocal::check_options, but knows "trade-off", too.
void check_views_options(std::string options, std::string also = {});

/// The list of the last run, from a file in GIMP's folder; its targets are layers that are open now, by id in the same
/// session, else by name, else -1. No lines when there was no run, or when the file holds something else.
ViewList load_last_views(gint32 cover);
/// Keeps the list for this session and later ones. Returns false when the file could not be written.
bool save_last_views(const ViewList& list);
/// As a JSON object, for the layer's parasite and the file.
std::string to_json(const ViewList& list);

}  // namespace plugin
