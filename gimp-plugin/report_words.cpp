// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report_words.hpp"

#include <algorithm>
#include <cmath>

#include <glib.h>

#include <bifocal/number.hpp>
#include <bifocal/scaler.hpp>
#include <bifocal/verdict.hpp>

namespace plugin {
namespace {

using bifocal::number_text;

/// Shares below the whole never read "100".
double percent(double share, double step) { return share >= 1 ? 100 : std::min(100 - step, 100 * share); }

/// Few digits; models are measured to a hundredth of a level at best.
std::string levels(double error) {
  return error < 0.01 ? "less than 0.01" : number_text(error, error < 0.1 ? 2 : error < 10 ? 1 : 0);
}

/// How far the real program is from the model whose figures these are.
std::string distance_of_model(const bifocal::ViewReport& view) {
  const std::string pictures = levels(view.model_error), noise = levels(view.model_noise_error);
  return "the real program (checked with " + view.software + " " + view.version + ") differs from the model by " +
         pictures + " levels of 255 on average over pictures" +
         (pictures == noise ? "" : ", by " + noise + " over noise") + ", by " + number_text(view.model_max_error, 0) +
         " at most";
}

std::string pixels_of(const bifocal::ViewReport& view) {
  const bool close = view.exactness == bifocal::Exactness::Close;
  std::string words;
  if (view.unreached == 0) {
    words = close ? "by the model every pixel is right" : "every pixel is exactly right";
    // A scaler made to order is no program's.
    if (!close && !view.scaler.starts_with("custom:"))
      words += ", as " + view.software + " " + view.version + " scales";
  } else {
    double mean = 0, most = 0;
    for (const bifocal::ChannelError& c : view.channels) {
      mean += c.mean / double(view.channels.size());
      most = std::max(most, c.max);
    }
    words = (close ? "by the model " : "") + number_text(percent(view.exact_pixels, 0.01), 2) +
            " % of the pixels are exactly right; off by " + number_text(mean, 1) + " levels of 255 on average, " +
            number_text(most, 0) + " at most";
  }
  return close ? words + "; " + distance_of_model(view) : words;
}

std::string name_of(const bifocal::ViewReport& view) {
  return std::string(bifocal::Scaler::find(view.scaler).info().name) + " at " + std::to_string(view.size.width) + "x" +
         std::to_string(view.size.height);
}

/// Where not all pixels of the thumbnail are compared.
std::string compared_of(const bifocal::ViewReport& view) {
  const std::size_t all = std::size_t(view.size.width) * view.size.height;
  if (view.pixels == all) return "";
  return ", in the " + std::to_string(view.pixels) + " of " + std::to_string(all) + " pixels that can change";
}

void tell_pixels(const bifocal::Result& result, bool wants_exact, const bifocal::Judgement& judgement,
                 ReportWords& words) {
  for (const bifocal::ViewReport& view : result.views) {
    if (view.scaler.empty() || view.channels.empty()) continue;  // the latter: stopped before it was compared
    if (view.pixels == 0) {
      words.figures.push_back(name_of(view) + ": none of its pixels can change, as none takes in a selected one.");
      continue;
    }
    words.figures.push_back(name_of(view) + compared_of(view) + ": " + pixels_of(view) + ".");
    if (wants_exact && view.proven > 0)
      words.figures.push_back(std::to_string(view.proven) + " of the " + std::to_string(view.unreached) +
                              " wrong pixels lie where no image could do better.");
  }
  if (!std::isfinite(result.cover_psnr)) return;
  const double change = 255 * std::pow(10, -result.cover_psnr / 20);
  words.figures.push_back("At full size the image differs from the cover by " + number_text(change, 1) +
                          " levels (root mean square).");
  if (judgement.cover <= bifocal::Grade::Poor)
    words.notes.push_back(
        "At full size the targets show through. A lower balance keeps more of the cover; 'To the eye' can "
        "show both pictures where the scaler averages; and scalers that look at few pixels, such as "
        "OpenCV's linear, leave the cover nearly as it is.");
}

std::string likeness_words(const bifocal::Showing& s) {
  const bifocal::Likeness& l = s.likeness;
  return std::string(s.shows_target ? "the target" : "the cover") + ", " + number_text(100 * std::max(0.0, l.zncc), 0) +
         " % alike, " + number_text(100 * std::min(l.leak, 9.99), 0) + " % ghost of " +
         (s.shows_target ? "the cover" : "the target") +
         (l.colours == 0 ? ""
                         : "; colours: " + number_text(100 * std::clamp(l.colours, 0.0, 9.99), 0) + " % of the " +
                               (s.shows_target ? "target's" : "cover's"));
}

void tell_appearance(const bifocal::Result& result, ReportWords& words) {
  double least = 1;
  for (const bifocal::Showing& s : result.appearance) {
    if (s.role == bifocal::Role::Panel) {
      if (s.shows_target) least = std::min(least, s.likeness.zncc);
      continue;
    }
    const std::string where = s.role == bifocal::Role::Asked ? "Scaled by " + s.name
                              : s.jpeg > 0 ? "At full size, as an eye sees it after JPEG " + std::to_string(s.jpeg)
                                           : std::string("At full size, as an eye sees it");
    words.figures.push_back(where + ": " + likeness_words(s) + ".");
  }
  if (least < 1)
    words.figures.push_back("Scaled by other software: the target, at least " +
                            number_text(100 * std::max(0.0, least), 0) + " % alike.");
}

}  // namespace

std::string sentence(std::string message) {
  if (message.empty()) return message;
  message[0] = g_ascii_toupper(message[0]);
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
    words.figures.push_back("The work was stopped; this is the best so far.");
  if (result.outcome == bifocal::Outcome::LimitReached)
    words.figures.push_back("The work ended early, as " + result.why_stopped + "; this is the best so far.");
  for (const std::string& warning : result.warnings) words.warnings.push_back(sentence(warning));
  for (const std::string& note : result.notes) words.notes.push_back(sentence(note));
  return words;
}

}  // namespace plugin
