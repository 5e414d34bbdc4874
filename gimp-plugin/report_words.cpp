// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report_words.hpp"

#include <algorithm>
#include <cmath>

#include <glib.h>

#include <bifocal/number.hpp>
#include <bifocal/scaler.hpp>
#include <bifocal/verdict.hpp>

#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

using bifocal::number_text;

/// Shares below the whole never read "100".
double percent(double share, double step) { return share >= 1 ? 100 : std::min(100 - step, 100 * share); }

/// Few digits; models are measured to a hundredth of a level at best.
std::string levels(double error) {
  return error < 0.01 ? filled(_("less than %s"), number_text(0.01, 2).c_str())
                      : number_text(error, error < 0.1  ? 2
                                           : error < 10 ? 1
                                                        : 0);
}

/// How far the real program is from the model whose figures these are.
std::string distance_of_model(const bifocal::ViewReport& view) {
  const std::string pictures = levels(view.model_error), noise = levels(view.model_noise_error),
                    most = number_text(view.model_max_error, 0);
  if (pictures == noise)
    // TRANSLATORS: a program, its version, and two figures; a clause after "by the model every pixel is right;"
    return filled(_("the real program (checked with %s %s) differs from the model by %s levels of 255 on average over "
                    "pictures, by %s at most"),
                  view.software.c_str(), view.version.c_str(), pictures.c_str(), most.c_str());
  return filled(_("the real program (checked with %s %s) differs from the model by %s levels of 255 on average over "
                  "pictures, by %s over noise, by %s at most"),
                view.software.c_str(), view.version.c_str(), pictures.c_str(), noise.c_str(), most.c_str());
}

std::string pixels_of(const bifocal::ViewReport& view) {
  const bool close = view.exactness == bifocal::Exactness::Close;
  std::string words;
  if (view.unreached == 0) {
    // A scaler made to order is no program's.
    const bool program = !view.scaler.starts_with("custom:");
    words = close      ? _("by the model every pixel is right")
            : !program ? _("every pixel is exactly right")
                       // TRANSLATORS: a program and its version
                       : filled(_("every pixel is exactly right, as %s %s scales"), view.software.c_str(),
                                view.version.c_str());
  } else {
    double mean = 0, most = 0;
    for (const bifocal::ChannelError& c : view.channels) {
      mean += c.mean / double(view.channels.size());
      most = std::max(most, c.max);
    }
    words =
        filled(close ? _("by the model %s %% of the pixels are exactly right; off by %s levels of 255 on average, %s "
                         "at most")
                     : _("%s %% of the pixels are exactly right; off by %s levels of 255 on average, %s at most"),
               number_text(percent(view.exact_pixels, 0.01), 2).c_str(), number_text(mean, 1).c_str(),
               number_text(most, 0).c_str());
  }
  // TRANSLATORS: two clauses of one sentence
  return close ? filled(_("%s; %s"), words.c_str(), distance_of_model(view).c_str()) : words;
}

std::string name_of(const bifocal::ViewReport& view) {
  // TRANSLATORS: a scaler and the size of the small image, as in "Pillow: bicubic at 128x128"
  return filled(_("%s at %dx%d"), std::string(bifocal::Scaler::find(view.scaler).info().name).c_str(), view.size.width,
                view.size.height);
}

/// The same, and where not all pixels of the thumbnail are compared.
std::string compared_of(const bifocal::ViewReport& view) {
  const std::size_t all = std::size_t(view.size.width) * view.size.height;
  if (view.pixels == all) return name_of(view);
  // TRANSLATORS: as in "Pillow: bicubic at 128x128, in the 30 of 900 pixels that can change"
  return filled(_("%s, in the %zu of %zu pixels that can change"), name_of(view).c_str(), std::size_t(view.pixels),
                all);
}

void tell_pixels(const bifocal::Result& result, bool wants_exact, const bifocal::Judgement& judgement,
                 ReportWords& words) {
  for (const bifocal::ViewReport& view : result.views) {
    if (view.scaler.empty() || view.channels.empty()) continue;  // the latter: stopped before it was compared
    if (view.pixels == 0) {
      words.figures.push_back(
          filled(_("%s: none of its pixels can change, as none takes in a selected one."), name_of(view).c_str()));
      continue;
    }
    // TRANSLATORS: where, and what is so there: "Pillow: bicubic at 128x128: every pixel is exactly right."
    words.figures.push_back(filled(_("%s: %s."), compared_of(view).c_str(), pixels_of(view).c_str()));
    if (wants_exact && view.proven > 0)
      words.figures.push_back(
          filled(plural("%zu of the %zu wrong pixels lies where no image could do better.",
                        "%zu of the %zu wrong pixels lie where no image could do better.", view.proven),
                 std::size_t(view.proven), std::size_t(view.unreached)));
  }
  if (!std::isfinite(result.cover_psnr)) return;
  const double change = 255 * std::pow(10, -result.cover_psnr / 20);
  words.figures.push_back(filled(_("At full size the image differs from the cover by %s levels (root mean square)."),
                                 number_text(change, 1).c_str()));
  if (judgement.cover <= bifocal::Grade::Poor)
    words.notes.push_back(
        _("At full size the targets show through. A lower balance keeps more of the cover; 'To the eye' can "
          "show both pictures where the scaler averages; and scalers that look at few pixels, such as "
          "OpenCV's linear, leave the cover nearly as it is."));
}

std::string likeness_words(const bifocal::Showing& s) {
  const bifocal::Likeness& l = s.likeness;
  const std::string alike = number_text(100 * std::max(0.0, l.zncc), 0),
                    ghost = number_text(100 * std::min(l.leak, 9.99), 0),
                    colours = number_text(100 * std::clamp(l.colours, 0.0, 9.99), 0);
  if (l.colours == 0)
    // TRANSLATORS: what is seen, how alike it is to what is wanted, and how much of the other picture shows through
    return filled(s.shows_target ? _("the target, %s %% alike, %s %% ghost of the cover")
                                 : _("the cover, %s %% alike, %s %% ghost of the target"),
                  alike.c_str(), ghost.c_str());
  return filled(s.shows_target ? _("the target, %s %% alike, %s %% ghost of the cover; colours: %s %% of the target's")
                               : _("the cover, %s %% alike, %s %% ghost of the target; colours: %s %% of the cover's"),
                alike.c_str(), ghost.c_str(), colours.c_str());
}

/// The program, and what the image went through before.
std::string scaled_by(const bifocal::Showing& s) {
  if (s.jpeg == 0 || s.scaler.empty()) return s.name;
  // TRANSLATORS: as in "Pillow: bicubic, after JPEG 85"
  return filled(_("%s, after JPEG %d"), std::string(bifocal::Scaler::find(s.scaler).info().name).c_str(), s.jpeg);
}

void tell_appearance(const bifocal::Result& result, ReportWords& words) {
  double least = 1;
  for (const bifocal::Showing& s : result.appearance) {
    if (s.role == bifocal::Role::Panel) {
      if (s.shows_target) least = std::min(least, s.likeness.zncc);
      continue;
    }
    const std::string words_of = likeness_words(s);
    // TRANSLATORS: the last placeholder is as "the target, 90 % alike, 5 % ghost of the cover"
    words.figures.push_back(
        s.role == bifocal::Role::Asked ? filled(_("Scaled by %s: %s."), scaled_by(s).c_str(), words_of.c_str())
        : s.jpeg > 0 ? filled(_("At full size, as an eye sees it after JPEG %d: %s."), s.jpeg, words_of.c_str())
                     : filled(_("At full size, as an eye sees it: %s."), words_of.c_str()));
  }
  if (least < 1)
    words.figures.push_back(filled(_("Scaled by other software: the target, at least %s %% alike."),
                                   number_text(100 * std::max(0.0, least), 0).c_str()));
}

}  // namespace

std::string capitalised(std::string words) {
  if (words.empty() || !g_utf8_validate(words.data(), static_cast<gssize>(words.size()), nullptr)) return words;
  // A Turkish i has its dot as a capital, too.
  const std::size_t first = static_cast<std::size_t>(g_utf8_next_char(words.c_str()) - words.c_str());
  return Text(g_utf8_strup(words.data(), static_cast<gssize>(first))).get() + words.substr(first);
}

std::string sentence(std::string message) {
  if (message.empty()) return message;
  message = capitalised(std::move(message));
  if (const char last = message.back(); last != '.' && last != '!' && last != '?') message += '.';
  return message;
}

ReportWords report_words(const bifocal::Result& result, bool wants_exact) {
  ReportWords words;
  const bifocal::Judgement judgement = bifocal::judge(result);
  words.headline = judgement.words;
  if (result.appearance.empty())
    tell_pixels(result, wants_exact, judgement, words);
  else
    tell_appearance(result, words);
  if (result.outcome == bifocal::Outcome::Stopped)
    words.figures.push_back(_("The work was stopped; this is the best so far."));
  if (result.outcome == bifocal::Outcome::LimitReached)
    // TRANSLATORS: the placeholder is a clause
    words.figures.push_back(
        filled(_("The work ended early, as %s; this is the best so far."), result.why_stopped.c_str()));
  for (const bifocal::Message& m : result.messages)
    (m.severity == bifocal::Severity::Warning ? words.warnings : words.notes).push_back(sentence(m.text));
  return words;
}

}  // namespace plugin
