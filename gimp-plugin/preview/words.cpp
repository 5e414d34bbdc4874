// SPDX-License-Identifier: LGPL-3.0-or-later
#include "preview/words.hpp"

#include <cmath>

#include <bifocal/number.hpp>
#include <bifocal/scaler.hpp>

#include "settings.hpp"

namespace plugin {
namespace {

using bifocal::Grade;

const char* cover_words(Grade grade) {
  switch (grade) {
    case Grade::VeryGood:
    case Grade::Good:
      return "The cover stays clear.";
    case Grade::Fair:
      return "The cover stays recognisable.";
    case Grade::Poor:
      return "The cover is nearly lost.";
    case Grade::Hardly:
      return "The cover is lost.";
  }
  return "";
}

const char* thumbnail_words(Grade grade, bool exact) {
  if (exact) return "The thumbnail is exact.";
  switch (grade) {
    case Grade::VeryGood:
    case Grade::Good:
      return "The thumbnail is clear.";
    case Grade::Fair:
      return "The thumbnail is recognisable.";
    case Grade::Poor:
      return "The thumbnail hardly shows the target.";
    case Grade::Hardly:
      return "The thumbnail does not show the target.";
  }
  return "";
}

void add(std::string& words, const std::string& sentence) {
  if (!words.empty()) words += ' ';
  words += sentence;
}

std::string time_words(double seconds) {
  if (seconds < 1) return "It takes less than a second.";
  if (seconds < 90) return "It takes about " + bifocal::number_text(std::ceil(seconds), 0) + " s.";
  return "It takes about " + bifocal::number_text(std::ceil(seconds / 60), 0) + " minutes.";
}

bool averages_encoded(const std::string& scaler) {
  return scaler == bifocal::kAnyScaler || bifocal::Scaler::find(scaler).info().averages_encoded();
}

bool averages_light(const std::string& scaler) {
  return scaler != bifocal::kAnyScaler && bifocal::Scaler::find(scaler).info().light == bifocal::Light::Linear;
}

}  // namespace

Forecast forecast(const PreviewAsk& ask, const Measured& m) {
  Forecast f;
  const bifocal::Judgement& j = m.judgement;
  const bool eye = to_the_eye(ask);
  const Grade worst = j.overall;
  f.light = worst >= Grade::Good   ? Forecast::Light::Green
            : worst == Grade::Fair ? Forecast::Light::Amber
                                   : Forecast::Light::Red;
  f.headline = j.cover_known ? cover_words(j.cover) : "";
  add(f.headline, thumbnail_words(j.views, j.exact && m.whole && !eye));
  if (j.cover_known && j.cover <= Grade::Poor && !eye) {
    if (averages_encoded(ask.scaler)) {
      f.advice = Advice::ToTheEye;
      add(f.details, "'To the eye' shows both pictures where the program averages pixels.");
    } else {
      add(f.details, "A lower balance keeps more of the cover.");
    }
  } else if (eye && averages_light(ask.scaler)) {
    f.advice = Advice::OtherProgram;
    add(f.details, "This program averages light as the eye does, so it shows the cover. Choose another program.");
  } else if (eye && j.views <= Grade::Poor && ask.scaler != bifocal::kAnyScaler && !averages_encoded(ask.scaler)) {
    f.advice = Advice::PixelByPixel;
    add(f.details, "This program looks at few pixels. 'Pixel by pixel' hides the target among the others.");
  }
  if (m.spread)
    add(f.details, "The target shows in " + std::to_string(m.spread->shown) + " of " + std::to_string(m.spread->of) +
                       " programs.");
  std::string options = ask.options;
  const auto jpeg = take_option(options, "jpeg");
  add(f.details, jpeg && *jpeg != "0" ? "Save it as PNG, or as JPEG of quality " + *jpeg + " or better."
                                      : "Save it as PNG; JPEG destroys it.");
  if (m.seconds > 0) add(f.details, time_words(m.seconds));
  if (!m.whole) add(f.details, "Measured on a small copy.");
  return f;
}

}  // namespace plugin
