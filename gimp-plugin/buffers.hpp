// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>

#include <gegl.h>
#include <libgimp/gimp.h>

#include <bifocal/image.hpp>

namespace plugin {

inline constexpr int kBand = 64;  // rows held interleaved at a time, so that large layers are not held twice

struct UnrefBuffer {
  void operator()(GeglBuffer* buffer) const { g_object_unref(buffer); }
};
using Buffer = std::unique_ptr<GeglBuffer, UnrefBuffer>;

/// A drawable's pixels. Throws UserError when GIMP does not give them.
Buffer buffer_of(gint32 drawable);

/// The whole of a drawable.
GeglRectangle area_of(gint32 drawable);

/// Components `first` to `last` of an 8-bit format over an area, each as a plane.
bifocal::Image8 read_planes(GeglBuffer* buffer, const GeglRectangle& area, const Babl* format, int first, int last);

}  // namespace plugin
