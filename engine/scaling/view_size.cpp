// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/view_size.hpp"

#include <algorithm>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "image/shape.hpp"

namespace bifocal::scaling {
namespace {}  // namespace

void check_view_size(const std::string& what, Size view, Size original) {
  const auto wrong = [&](const std::string& why) {
    throw Error(ErrorCode::InvalidArgument, what + " has the size " + shape(view) + why);
  };
  if (view.width < 1 || view.height < 1) wrong("; both sides must be at least 1 pixel long");
  const Size most{std::min(kLongestSide, kMostTimes * original.width),
                  std::min(kLongestSide, kMostTimes * original.height)};
  if (view.width > most.width || view.height > most.height)
    wrong(", which is too large: for an image of " + shape(original) + " it may be at most " + shape(most) + " (" +
          std::to_string(kMostTimes) + " times its sides, and never above " + std::to_string(kLongestSide) + ")");
}

void check_pixels(const std::string& what, double pixels, Size original) {
  const double most = std::max(kMostPixels, kMostOriginals * original.area());
  if (pixels > most)
    throw Error(ErrorCode::InvalidArgument, what + " have " + number_text(pixels / 1e6, 0) +
                                                " million pixels in all; at most " + number_text(most / 1e6, 0) +
                                                " million are possible with this image");
}

}  // namespace bifocal::scaling
