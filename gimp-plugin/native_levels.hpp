// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include <babl/babl.h>

#include <bifocal/image.hpp>

#include "pixels.hpp"

namespace plugin {

/// Brings whole 8-bit levels into the format of a drawable, whatever its precision; 16 bits and floats hold each
/// exactly.
class NativeLevels {
 public:
  /// `native`: as gegl_buffer_get_format says.
  NativeLevels(const Encoding& encoding, const Babl* native);
  const Babl* format() const { return native_; }
  int components() const { return components_; }  ///< of a pixel, alpha included
  int component_bytes() const { return bytes_; }
  std::size_t pixel_bytes() const { return std::size_t(components_) * bytes_; }

  /// Rows `top` to `top + rows` of the levels as pixels of that format, one after the other; their alpha is opaque.
  const std::vector<std::uint8_t>& convert(const bifocal::Image8& levels, int top, int rows);

 private:
  template <class T>
  void fill(const bifocal::Image8& levels, int top, int rows);

  const Babl *native_, *samples_;
  int components_, bytes_;
  enum class Type { U8, U16, Float, Double } type_;
  std::vector<std::uint8_t> in_, out_;
};

}  // namespace plugin
