// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <optional>

#include <bifocal/request.hpp>

namespace bifocal::request {

/// A target at the small image's size.
struct Fitted {
  Image picture;                 ///< levels
  std::optional<Image> weights;  ///< 0 where the target has nothing to say (borders of Fit::Inside, transparent pixels)
};

/// Brings a target of any size and aspect ratio to `size` (resampled with Pillow's Lanczos; unchanged when it has that
/// size). Half transparent pixels are laid over `under()`, the cover's own thumbnail at `size`, asked for only if it
/// shows.
Fitted fit_target(const Image8& target, const std::optional<Image8>& alpha, Size size, Fit fit,
                  const std::function<Image8()>& under);

/// Fitted::weights as the opacity of a target that has the small image's size.
Image8 opacity(const Image& weights);

/// A selection as Problem::mask.
std::optional<Image> mask_of(const std::optional<Image8>& selection);

}  // namespace bifocal::request
