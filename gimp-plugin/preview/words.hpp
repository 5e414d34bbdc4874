// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include "preview/worker.hpp"

namespace plugin {

/// What can be changed with one click.
enum class Advice { None, ToTheEye, PixelByPixel, OtherProgram };

/// What a person is told of the settings before the work, from what the preview measured.
struct Forecast {
  enum class Light { Green, Amber, Red } light = Light::Red;
  std::string headline;  ///< of the cover and of the thumbnail, a sentence each
  std::string details;   ///< where it holds, how to save it, how long it takes
  Advice advice = Advice::None;
};

/// What is known of one ask so far.
struct Measured {
  bifocal::Judgement judgement;
  bool plain_cover = false;  ///< much of it hides little
  std::optional<bifocal::Spread> spread;
  bool whole = false;  ///< measured on the image as it will be; else on a small one like it
  double seconds = 0;  ///< that the work will take; 0: not known
};

/// The light and the headline of what was judged.
Forecast verdict_of(const bifocal::Judgement& judgement);
/// How an image that was made for this goal can be saved.
std::string saving_words(const bifocal::Goal& goal);

Forecast forecast(const PreviewAsk& ask, const Measured& measured);

}  // namespace plugin
