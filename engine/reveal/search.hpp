// SPDX-License-Identifier: LGPL-3.0-or-later
// Sizes that nobody named at which a scaler that does not average shows another picture.
//   in:  an image's luma        out: a scaler, a size, and how the two pictures differ
// A sieve over hundreds of sizes samples a few of the scaler's outputs in every cell of the coarse grid, so that its
// cost does not depend on the image; what stands out is looked at with the scaler's own arithmetic.
#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

#include <bifocal/scaler.hpp>

#include "reveal/coarse.hpp"
#include "reveal/watch.hpp"

namespace bifocal::reveal_parts {

/// The image itself on every grid that is asked for: the same few come again and again. Any thread.
class Original {
 public:
  explicit Original(const Image8& luma) : luma_(luma) {}
  const Image8& luma() const { return luma_; }
  const coarse_view::Coarse& on(Size grid);
  /// See coarse_view::two_averages.
  const coarse_view::Likeness& averages();
  /// They are not the same picture: the image was made so.
  bool has_two_averages();
  /// See coarse_view::few_levels.
  bool few_levels();

 private:
  const Image8& luma_;
  std::mutex mutex_;
  std::map<std::pair<int, int>, coarse_view::Coarse> grids_;
  // Not std::call_once: a thread that waits in it for its own loops may come by here again, and glibc ends the program
  // when an exception is to pass and there is no memory.
  std::mutex averages_mutex_, few_levels_mutex_;
  std::optional<bool> few_levels_;
  std::optional<coarse_view::Likeness> averages_;
};

/// Sizes in the image's shape and square ones, from a tenth of the image to two thirds: all of them, or of large images
/// some hundreds, whole ratios and round numbers first.
std::vector<Size> searched_sizes(Size image);

/// What the scaler's picture, given in luma, looks like against the image's own, both seen coarsely.
coarse_view::Likeness likeness(Original& original, const Image8& small);
/// The image as it is seen coarsely is not what this scaler shows: of scalers that average, where light and encoded
/// levels have another average; of the others, where a start elsewhere in their step shows the image. `found`: by the
/// search, where more is asked for.
bool another_picture(Original& original, const Scaler& scaler, Size size, const coarse_view::Likeness& seen,
                     bool found);

struct Sighting {
  std::string_view scaler;
  Size size;
  coarse_view::Likeness seen;
};
/// One step a size.
std::vector<Sighting> search(Original& original, const std::vector<Size>& sizes, const Step& step);

}  // namespace bifocal::reveal_parts
