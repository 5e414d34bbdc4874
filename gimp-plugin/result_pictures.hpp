// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/preview.hpp>

namespace plugin {

/// What a result looks like, to be shown beside its figures: real pixels, by the scalers' own arithmetic.
struct ResultPictures {
  struct Program {
    std::string name;         ///< as its users know it
    bifocal::Image8 picture;  ///< what it makes of the image
  };
  bifocal::Image8 image;  ///< at full size: what GIMP exports
  bifocal::Image8 far;    ///< all of it, as an eye sees it from afar; longest side kFar or less
  bifocal::Goal goal;     ///< how far away an eye is
  std::vector<Program> programs;

  static constexpr int kFar = 96;
  static constexpr std::size_t kMostPrograms = 6;
  bool empty() const { return image.empty(); }
};

/// `image` came from run() of this request, or is what is exported instead. The targets' own programs, as many as there
/// is room for; with one target others follow that people know. Takes about as long as so many resizes; touches no
/// GIMP. Where there is not enough memory for it, it is empty.
ResultPictures pictures_of(const bifocal::Request& request, const bifocal::Image8& image);

/// A part of the image as an eye sees it that looks at it pixel for pixel.
bifocal::Image8 seen_part(const ResultPictures& pictures, const bifocal::Region& part);

}  // namespace plugin
