// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/view_size.hpp"

#include <algorithm>

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "image/shape.hpp"
#include "words/words.hpp"

namespace bifocal::scaling {

void check_view_size(const std::string& what, Size view, Size original) {
  if (view.width < 1 || view.height < 1)
    throw Error(
        ErrorCode::InvalidArgument,
        // TRANSLATORS: the first placeholder is "view 2", or "a picture to look at"
        filled(_("%s has the size %s; both sides must be at least 1 pixel long"), what.c_str(), shape(view).c_str()));
  const Size most{std::min(kLongestSide, kMostTimes * original.width),
                  std::min(kLongestSide, kMostTimes * original.height)};
  if (view.width > most.width || view.height > most.height)
    throw Error(
        ErrorCode::InvalidArgument,
        // TRANSLATORS: the first placeholder is "view 2", or "a picture to look at"
        filled(_("%s has the size %s, which is too large: for an image of %s it may be at most %s (%d times its "
                 "sides, and never above %d)"),
               what.c_str(), shape(view).c_str(), shape(original).c_str(), shape(most).c_str(), kMostTimes,
               kLongestSide));
}

void check_pixels(double pixels, Size original) {
  const double most = std::max(kMostPixels, kMostOriginals * original.area());
  if (pixels > most)
    throw Error(ErrorCode::InvalidArgument,
                filled(_("the views have %s million pixels in all; at most %s million are possible with this image"),
                       number_text(pixels / 1e6, 0).c_str(), number_text(most / 1e6, 0).c_str()));
}

}  // namespace bifocal::scaling
