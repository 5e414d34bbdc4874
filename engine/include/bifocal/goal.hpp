// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <variant>

#include <bifocal/export.hpp>
#include <bifocal/problem.hpp>

namespace BIFOCAL_API bifocal {

/// How "the thumbnail shows the target" is meant.
enum class Appearance {
  Pixels = 0,  ///< pixel by pixel: exact bytes where the scaler allows
  Eye = 1,     ///< to the eye: two pictures in one, by the difference between linear and encoded light
};

/// Pixel by pixel.
struct PixelsGoal {
  Norm norm = Norm::Squares;  ///< what is made small
  bool fit_reach = false;     ///< one thumbnail at balance 100, out of reach: lower its contrast until it is exact
  bool operator==(const PixelsGoal&) const = default;
};

/// To the eye.
struct EyeGoal {
  double cover_strength = 1;   ///< how much of the cover's contrast is kept, 0.2..5
  double target_strength = 1;  ///< ... of the target's in the thumbnail
  double ghosting = 0.17;      ///< contrast against ghosts of the other picture, 0.05 clean .. 0.4 strong
  double crisp = 0;            ///< how far faint and fine detail of both pictures is brought out, 0..1
  double sigma = 1;            ///< how far the eye blurs, pixels, 0.5..4; 1: about 60 cm from a 200-dpi screen
  int iterations = 0;          ///< ..10000; 0: 40 for small images to 18 for large ones
  int jpeg = 0;                ///< one thumbnail: quality that the image survives, 50..100; 0: it stays lossless
  int subsampling = 420;       ///< ... of JPEG's colours: 420, 422 or 444
  bool operator==(const EyeGoal&) const = default;
};

/// One of the two, in the order of Appearance.
using Goal = std::variant<PixelsGoal, EyeGoal>;

/// With everything as it is when nobody sets it.
Goal goal_of(Appearance appearance);
inline Appearance appearance_of(const Goal& goal) { return static_cast<Appearance>(goal.index()); }

}  // namespace bifocal
