// SPDX-License-Identifier: LGPL-3.0-or-later
// The contact sheet: two columns of pictures a size, under each pair a strip for a label; what hides something gets a
// red frame.
#pragma once
#include <vector>

#include <bifocal/reveal.hpp>

namespace bifocal::reveal_parts {

/// `size` scaled so that its longest side is `longest`; sides of at least 1.
Size scaled_to(Size size, int longest);

class SheetMaker {
 public:
  /// The places of scalers x sizes pictures whose longest side is `tile`.
  SheetMaker(const Image8& image, const std::vector<Size>& sizes, std::size_t scalers, int tile);
  /// Sets the tile's place. n = scaler · sizes + size.
  void place(std::size_t n, RevealTile& tile) const;
  /// Draws what the scaler makes of the image there. Any thread, every tile by one of them.
  void draw(std::size_t n, const RevealTile& tile, const Image8& small);
  /// Puts a red frame around it.
  void warn(const RevealTile& tile);
  Image8 take() { return std::move(sheet_); }

 private:
  std::vector<Image8> plain_;  ///< for every size: the plain average, fitted to its box
  Size box_;
  int columns_, across_;
  Image8 sheet_;
};

}  // namespace bifocal::reveal_parts
