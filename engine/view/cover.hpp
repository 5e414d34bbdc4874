// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/problem.hpp>

#include "image/levels.hpp"

namespace bifocal {

/// One channel of the problem's cover, whichever way it is kept.
inline Levels cover_of(const Problem& p, int channel) {
  return p.whole_cover ? Levels(p.whole_cover->plane(channel)) : Levels(p.cover.plane(channel));
}

/// The problem's cover in bytes: its own, or else rounded into `room`.
inline const Image8& cover_bytes(const Problem& p, Image8& room) {
  return p.whole_cover ? *p.whole_cover : room = to_bytes(p.cover);
}

/// The same problem with the cover in floats.
inline Problem with_floats(Problem p) {
  if (p.whole_cover) p.cover = to_float(*p.whole_cover);
  p.whole_cover.reset();
  return p;
}

}  // namespace bifocal
