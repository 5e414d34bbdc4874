// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string_view>

#include <bifocal/export.hpp>
#include <bifocal/image.hpp>

namespace BIFOCAL_API bifocal {

/// The size of the small image that software makes when it is told to keep an image's shape within `box`: one side is
/// the box's, the other one follows by W/H. Which whole number it becomes depends on the software: Pillow's thumbnail()
/// takes the one that brings width / height nearest to W/H, ImageMagick, GraphicsMagick, libvips and others the
/// nearest. `scaler`: an id of the catalogue, or kAnyScaler. All sides are 1 or more, in pixels; a side never becomes
/// 0.
Size thumbnail_size(Size image, Size box, std::string_view scaler);

/// Whether software that keeps an image's shape makes a small image of just this size. OpenCV has no such function;
/// there it is what people compute, rounded either way.
bool keeps_shape(Size image, Size small, std::string_view scaler);

}  // namespace bifocal
