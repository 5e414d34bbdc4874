// SPDX-License-Identifier: LGPL-3.0-or-later
#include "image/range.hpp"

#include <bifocal/error.hpp>
#include <bifocal/number.hpp>

#include "hot/hot.hpp"
#include "words/words.hpp"

namespace bifocal {

void check_range(const Image& image, float low, float high, const std::string& what, bool zero) {
  for (int c = 0; c < image.channels(); ++c)
    for (int y = 0; y < image.height(); ++y) {
      const float* row = image.plane(c).row(y);
      if (hot::loops().within(row, image.width(), low, high)) continue;
      for (int x = 0; x < image.width(); ++x) {
        const float v = row[x];
        if ((v >= low && v <= high) || (zero && v == 0)) continue;
        throw Error(ErrorCode::InvalidArgument,
                    // TRANSLATORS: an image, such as "the cover", a value of it that is not possible, and its place
                    filled(_("%s holds %s at (%d, %d)"), what.c_str(), number_text(v).c_str(), x, y));
      }
    }
}

}  // namespace bifocal
