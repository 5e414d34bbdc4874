// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/export.hpp>
#include <bifocal/report.hpp>

namespace BIFOCAL_API bifocal {

/// How well something is shown, worst first.
enum class Grade {
  Hardly,
  Poor,
  Fair,
  Good,
  VeryGood,
};
/// "hardly", "poor", "fair", "good", "very-good".
const char* to_string(Grade grade);

/// A picture pixel by pixel: `mean` |error| in levels, and `ssim` to what it should be; the worse of both counts.
///              very good  good  fair  poor
///   mean  <=   0.75       2     6     16     (up to 0.75, the eye sees no difference, whatever the SSIM)
///   ssim  >=   0.95       0.85  0.6   0.3
Grade grade_of_pixels(double mean, double ssim);
/// A cover pixel by pixel, by the root mean square of its change in levels: up to 5, 12, 25, 45.
Grade grade_of_change(double rms);
/// A picture to the eye: correlation from 0.95, 0.85, 0.7, 0.5, and ghosts of the other picture up to 0.1, 0.2, 0.4,
/// 0.8; the worse of both counts.
Grade grade_of_likeness(const Likeness& likeness);

/// What a person is told first about a result.
struct Judgement {
  Grade views = Grade::Hardly;    ///< the worst of what the scalers that were asked for show, by their targets
  std::vector<Grade> each_view;   ///< of several views, in the request's order; else empty, as without figures
  Grade cover = Grade::Hardly;    ///< what is left of the cover at the image's own size
  bool cover_known = false;       ///< it was compared
  Grade overall = Grade::Hardly;  ///< the worse of both
  bool exact = false;             ///< pixel by pixel: every pixel of every view is its target's ...
  bool by_model = false;          ///< ... or any of its figures are those of a model that is only close
  std::string words;              ///< one sentence that says all this
};
/// From the figures of the result alone: whoever changes these gets another judgement.
Judgement judge(const Result& result);

}  // namespace bifocal
