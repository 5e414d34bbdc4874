// SPDX-License-Identifier: LGPL-3.0-or-later
// Scalers that copy pixels ("nearest"): they differ only in which pixel they take.
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "scaling/model.hpp"

namespace bifocal::scaling {

/// positions(in, out): for each of the `out` new pixels of an axis the old one (0..in-1) that it copies.
using Positions = std::function<std::vector<int>(int in, int out)>;

/// The matrix that copies these.
BandedMatrix picking_matrix(const Positions& positions, int in, int out);

std::shared_ptr<const Model> picking_model(ScalerInfo info, Positions positions);

/// The `positions` of a rule for one pixel; results are clipped to the image.
Positions each(std::function<double(int out_index, int in, int out)> position);

/// Where ImageMagick -sample takes new pixel `out_index`: the pixel before the centre.
double magick_sample_position(int out_index, int in, int out);

/// ImageMagick -sample, GraphicsMagick -sample, GD's imagecopyresized, gdk-pixbuf NEAREST, Qt FastTransformation.
std::vector<std::shared_ptr<const Model>> picking_models();

}  // namespace bifocal::scaling
