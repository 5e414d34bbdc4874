// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/image.hpp>

namespace BIFOCAL_API bifocal {

/// How much of the wanted picture, and of the other one, is in what is seen. On Rec. 601 luma of encoded levels,
/// colours on RGB less luma.
struct Likeness {
  double ssim = 0;         ///< to the wanted picture after the best affine fit (gain and offset)
  double zncc = 0;         ///< correlation with the wanted picture, -1..1
  double leak = 0;         ///< weight of the other picture over the wanted one's, both in units of their own spread
  double contrast = 0;     ///< gain: how much of the wanted picture's contrast is kept
  double range = 0;        ///< 2nd to 98th percentile of what is seen, 0..1
  double colours = 0;      ///< gain: how much of the wanted picture's colour is kept; 0 where it has none, as grey ones
  double colour_leak = 0;  ///< as leak, of colours; 0 where the wanted picture has none
};

/// `seen`, `wanted` and `other` have the same size; grey or RGB, levels (-10000..10000). Throws SizeMismatch,
/// InvalidArgument.
Likeness likeness(const Image& seen, const Image& wanted, const Image& other);

/// Why something is in the report on an image made "to the eye".
enum class Role {
  Eye,    ///< an eye that looks at the image at its own size
  Asked,  ///< a scaler that the request names
  Panel,  ///< another scaler, to see how far it holds
};
/// "eye", "asked", "panel".
const char* to_string(Role role);

/// One row of that report.
struct Showing {
  std::string name;    ///< "eye, sigma 1.0 pixels", or a scaler's name
  std::string scaler;  ///< id; empty for the eye
  Role role = Role::Panel;
  int jpeg = 0;  ///< quality of the JPEG that the image went through before; 0: none
  Size size;
  bool shows_target = false;  ///< false: the cover is the wanted picture (the eye, linear-light scalers)
  Likeness likeness;
};

}  // namespace bifocal
