// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include <babl/babl.h>
#include <libgimp/gimp.h>

#include <bifocal/image.hpp>

#include "result_as.hpp"

namespace plugin {

/// The 8-bit levels that an exported file of an image will hold, which are the ones that a scaler reads:
/// the image's own colour space, with its perceptual transfer function. The exception is 8-bit linear light,
/// which GIMP exports as it is stored; there the levels are linear, unless the result goes into an image of its own.
class Encoding {
 public:
  /// Of the image that this layer belongs to, or of the new one that the result goes into.
  explicit Encoding(gint32 layer, ResultAs as = ResultAs::Layer);
  bool grey() const { return grey_; }
  int channels() const { return grey_ ? 1 : 3; }
  /// Colour with or without alpha, samples of type "u8", "u16", "float" or "double".
  const Babl* format(const char* type, bool alpha) const;
  /// Empty, or what the user must know about exporting an image of this precision.
  const std::string& warning() const { return warning_; }

 private:
  const Babl* space_ = nullptr;
  bool grey_ = false;
  const char* encoded_ = "'";  ///< babl's mark of the transfer function: the space's own, "~" sRGB's, "" none
  std::string warning_;
};

struct LayerPixels {
  bifocal::Image8 colour;                  ///< Encoding::channels()
  std::optional<bifocal::Image8> opacity;  ///< 1 channel: alpha times layer mask; nothing when fully opaque
};

/// A layer's pixels in `encoding`, whatever its own mode and colour space. Main thread only, as all of this file.
LayerPixels read_layer(gint32 layer, const Encoding& encoding);

/// The selection over a layer (0 keep .. 255 free), or nothing when all of the layer is free.
std::optional<bifocal::Image8> read_selection(gint32 image, gint32 layer);

/// Whether the layer has a mask that is shown.
bool has_shown_mask(gint32 layer);

}  // namespace plugin
