// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// What can be had at once of a picture to the eye, for who has asked to stop before there was a plan.
#include "progress/ask.hpp"
#include "tone/two_in_one.hpp"

namespace bifocal::tone {

/// pictures() of two_in_one.hpp, made on a grid of at most 128 a side; detail that is finer gets the contrast that the
/// plan gives each picture there. coarse, target: levels, at the thumbnail's size. Goes on although `asked` has no time
/// left, but for a cancel.
Pictures pictures_in_haste(const Image8& cover, const Image& coarse, const Image& target,
                           const TwoInOneOptions& options, progress::Asked& asked);

}  // namespace bifocal::tone
