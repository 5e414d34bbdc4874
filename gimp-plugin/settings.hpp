// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include <glib.h>

#include <bifocal/request.hpp>

#include "result_as.hpp"

namespace plugin {

/// What a user sets for one run of plug-in-bifocal.
struct Settings {
  gint32 target = -1;       ///< a layer's id; means nothing after GIMP has quit
  std::string target_name;  ///< finds the layer again in a later session
  int width = 0;            ///< of the small image, pixels; 0: the target's own
  int height = 0;
  std::string scaler = "pillow-bicubic";
  int appearance = 0;    ///< bifocal::Appearance
  double balance = 100;  ///< 0..100
  bifocal::Fit fit = bifocal::Fit::Stretch;
  ResultAs result = ResultAs::Layer;
  bool remembered = false;  ///< a user chose these; else they are the defaults
  std::string options;      ///< further "key=value" pairs for the engine
};

const char* to_string(bifocal::Fit fit);
/// "stretch", "inside", "fill". Throws UserError for anything else.
bifocal::Fit fit_from(const std::string& word);

/// Takes a key's pair out of an options string; its last value, or nothing when it was not there.
std::optional<std::string> take_option(std::string& options, const std::string& key);

/// Adds a pair to an options string.
void add_option(std::string& options, const std::string& key, const std::string& value);

/// Takes "fit=..." out of an options string, as scripts have no argument of their own for it.
void take_fit_from_options(Settings& settings);

/// The values of the last run: from this GIMP session, else from the file in GIMP's folder, else the defaults.
Settings load_last_values();
/// Keeps them for the session and for later ones. Returns false when the file could not be written.
bool save_last_values(const Settings& settings);

/// The settings as a JSON object, for the layer's parasite.
std::string to_json(const Settings& settings);

}  // namespace plugin
