// SPDX-License-Identifier: LGPL-3.0-or-later
#include "preview/words.hpp"

#include <algorithm>
#include <cmath>

#include <bifocal/number.hpp>
#include <bifocal/scaler.hpp>

#include "language.hpp"
#include "settings.hpp"

namespace plugin {
namespace {

using bifocal::Grade;

const char* cover_words(Grade grade) {
  switch (grade) {
    case Grade::VeryGood:
    case Grade::Good:
      return _("The cover stays clear.");
    case Grade::Fair:
      return _("The cover stays recognisable.");
    case Grade::Poor:
      return _("The cover is nearly lost.");
    case Grade::Hardly:
      return _("The cover is lost.");
  }
  return "";
}

const char* thumbnail_words(Grade grade, bool exact) {
  if (exact) return _("The thumbnail is exact.");
  switch (grade) {
    case Grade::VeryGood:
    case Grade::Good:
      return _("The thumbnail is clear.");
    case Grade::Fair:
      return _("The thumbnail is recognisable.");
    case Grade::Poor:
      return _("The thumbnail hardly shows the target.");
    case Grade::Hardly:
      return _("The thumbnail does not show the target.");
  }
  return "";
}

/// Of several views; `known`: of each of them.
std::string views_words(Grade worst, bool exact, const std::vector<Grade>& known) {
  if (exact) return _("All views are exact.");
  if (worst >= Grade::Good) return _("All views are clear.");
  if (worst == Grade::Fair) return _("All views are recognisable.");
  const auto lost = std::ranges::count_if(known, [](Grade grade) { return grade <= Grade::Poor; });
  if (known.empty() || static_cast<std::size_t>(lost) == known.size()) return _("The views hardly show their targets.");
  return filled(plural("%zu view of %zu hardly shows its target.", "%zu views of %zu hardly show their targets.",
                       static_cast<unsigned long>(lost)),
                static_cast<std::size_t>(lost), known.size());
}

void add(std::string& words, const std::string& sentence) {
  if (!words.empty()) words += ' ';
  words += sentence;
}

std::string time_words(double seconds) {
  if (seconds < 1) return _("It takes less than a second.");
  if (seconds < 90)  // TRANSLATORS: seconds
    return filled(_("It takes about %s s."), bifocal::number_text(std::ceil(seconds), 0).c_str());
  return filled(plural("It takes about %s minute.", "It takes about %s minutes.",
                       static_cast<unsigned long>(std::ceil(seconds / 60))),
                bifocal::number_text(std::ceil(seconds / 60), 0).c_str());
}

bool averages_encoded(const PreviewView& view) {
  return view.scaler == bifocal::kAnyScaler || bifocal::Scaler::find(view.scaler).info().averages_encoded();
}

bool averages_light(const PreviewView& view) {
  return view.scaler != bifocal::kAnyScaler &&
         bifocal::Scaler::find(view.scaler).info().light == bifocal::Light::Linear;
}

/// What would be better, of one thumbnail.
void advise(const PreviewAsk& ask, const bifocal::Judgement& j, Forecast& f) {
  const PreviewView& view = ask.views[0];
  const bool eye = to_the_eye(ask);
  if (j.cover_known && j.cover <= Grade::Poor && !eye) {
    if (averages_encoded(view)) {
      f.advice = Advice::ToTheEye;
      add(f.details, _("'To the eye' shows both pictures where the program averages pixels."));
    } else {
      add(f.details, _("A lower balance keeps more of the cover."));
    }
  } else if (eye && averages_light(view)) {
    f.advice = Advice::OtherProgram;
    add(f.details, _("This program averages light as the eye does, so it shows the cover. Choose another program."));
  } else if (eye && j.views <= Grade::Poor && view.scaler != bifocal::kAnyScaler && !averages_encoded(view)) {
    f.advice = Advice::PixelByPixel;
    add(f.details, _("This program looks at few pixels. 'Pixel by pixel' hides the target among the others."));
  }
}

/// The same of several views.
void advise_views(const PreviewAsk& ask, const bifocal::Judgement& j, Forecast& f) {
  const bool eye = to_the_eye(ask), cover_lost = j.cover_known && j.cover <= Grade::Poor;
  if (eye && std::ranges::any_of(ask.views, averages_light)) {
    add(f.details,
        _("A program that averages light, as the eye does, shows the cover. Choose another one for that view."));
  } else if (!eye && cover_lost && std::ranges::any_of(ask.views, averages_encoded)) {
    f.advice = Advice::ToTheEye;
    add(f.details, _("'To the eye' shows the cover, too, where programs average pixels."));
  } else if (!eye && cover_lost) {
    add(f.details, _("A lower balance keeps more of the cover."));
  } else if (!eye && j.views <= Grade::Poor && ask.balance < 100) {
    add(f.details, _("A higher balance brings the views nearer to their targets."));
  } else if (j.views <= Grade::Poor) {
    add(f.details, _("These views cannot be had together. Take fewer of them, or one picture for all."));
  }
}

}  // namespace

Forecast verdict_of(const bifocal::Judgement& j) {
  Forecast f;
  f.light = j.overall >= Grade::Good   ? Forecast::Light::Green
            : j.overall == Grade::Fair ? Forecast::Light::Amber
                                       : Forecast::Light::Red;
  const bool exact = j.exact && !j.by_model;
  f.headline = j.cover_known ? cover_words(j.cover) : "";
  add(f.headline, j.each_view.empty() ? thumbnail_words(j.views, exact) : views_words(j.views, exact, j.each_view));
  return f;
}

std::string saving_words(const bifocal::Goal& goal) {
  const bifocal::EyeGoal* eye = std::get_if<bifocal::EyeGoal>(&goal);
  return eye && eye->jpeg > 0 ? filled(_("Save it as PNG, or as JPEG of quality %d or better."), eye->jpeg)
                              : _("Save it as PNG; JPEG destroys it.");
}

Forecast forecast(const PreviewAsk& ask, const Measured& m) {
  bifocal::Judgement j = m.judgement;
  const bool eye = to_the_eye(ask);
  const double share = ask.cover ? ask.cover->share : 1;
  const bool whole = m.whole && share == 1;
  j.exact = j.exact && whole && !eye;
  Forecast f = verdict_of(j);
  if (ask.views.size() > 1)
    advise_views(ask, j, f);
  else if (!ask.views.empty())
    advise(ask, j, f);
  if (m.plain_cover) add(f.details, _("Much of the cover is plain: the target may show through there."));
  if (m.spread)
    add(f.details, filled(plural("The target shows in %d of %d program.", "The target shows in %d of %d programs.",
                                 static_cast<unsigned long>(m.spread->of)),
                          m.spread->shown, m.spread->of));
  add(f.details, saving_words(bifocal::read_options(ask.options, options_for(ask)).goal));
  if (m.seconds > 0) add(f.details, time_words(m.seconds / share));
  if (!whole) add(f.details, _("Measured on a small copy."));
  return f;
}

}  // namespace plugin
