// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

namespace plugin {

/// Where the result goes.
enum class ResultAs {
  Layer = 0,  ///< a new layer above the cover
  Image = 1,  ///< a new image of one layer, 8 bits per channel, perceptual: it exports right by itself
};

/// "layer", "image".
const char* to_string(ResultAs as);
/// Throws UserError for any other word.
ResultAs result_as_from(const std::string& word);

}  // namespace plugin
