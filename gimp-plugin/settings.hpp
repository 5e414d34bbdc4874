// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include <glib.h>

#include <bifocal/request.hpp>

#include "result_as.hpp"

namespace plugin {

/// The longest side of an image in GIMP, which has it as GIMP_MAX_IMAGE_SIZE.
inline constexpr int kMostPixels = 524288;

/// What a user sets for one run of plug-in-bifocal.
struct Settings {
  gint32 target = -1;       ///< a layer's id; means nothing after GIMP has quit
  std::string target_name;  ///< finds the layer again in a later session
  int width = 0;            ///< of the small image, pixels; 0: follows the cover's shape; 0x0: the target's own
  int height = 0;
  bifocal::Size of_cover;  ///< the size of the cover that width and height were chosen for
  std::string scaler = "pillow-bicubic";
  int appearance = 0;                     ///< bifocal::Appearance
  double balance = 100;                   ///< 0..100
  bifocal::Fit fit = bifocal::Fit::Fill;  ///< scripts that do not name one get Stretch
  ResultAs result = ResultAs::Layer;
  bool remembered = false;  ///< a user chose these; else they are the defaults
  std::string options;      ///< further "key=value" pairs for the engine
};

const char* to_string(bifocal::Fit fit);
/// "stretch", "inside", "fill". Throws UserError for anything else.
bifocal::Fit fit_from(const std::string& word);

/// What a file of last values says, or what stands for it when somebody edited the file and it is not possible.
bool is_scaler(const std::string& id);
std::string possible_options(const std::string& options);
bifocal::Fit possible_fit(const std::string& word, bifocal::Fit otherwise);

/// Takes a key's pair out of an options string; its last value, or nothing when it was not there.
std::optional<std::string> take_option(std::string& options, const std::string& key);

/// Adds a pair to an options string.
void add_option(std::string& options, const std::string& key, const std::string& value);

/// Takes what the plug-in itself understands out of an options string: "fit=..." and "result=...". Throws UserError for
/// a wrong value.
void take_own_options(std::string& options, bifocal::Fit& fit, ResultAs& result);
/// The same keys, for the engine's list of known ones (see bifocal::check_options); only scripts need to know them.
inline constexpr char kOwnKeys[] = ", fit, result";

/// What the text of a file of last values says; defaults stand for what is missing, wrong or not possible.
Settings settings_from(const std::string& key_file);
std::string key_file_of(const Settings& settings);

/// The settings as a JSON object, for the layer's parasite.
std::string to_json(const Settings& settings);

}  // namespace plugin
