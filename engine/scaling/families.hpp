// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <vector>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// Other software that averages encoded values (a few: linear light) so finely that a float model is close:
/// ImageMagick, GraphicsMagick, libvips and sharp, gdk-pixbuf, Qt, cairo, GD, ffmpeg's swscale, Firefox. Checked where
/// images shrink; each entry's mean and largest error is over pictures and over noise, whichever is worse.
std::vector<std::shared_ptr<const Model>> family_models();

}  // namespace bifocal::scaling
