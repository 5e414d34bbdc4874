// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/verdict.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include "error/edge.hpp"
#include "words/words.hpp"

namespace bifocal {
namespace {

/// Limits of Poor, Fair, Good, VeryGood in this order; `value` is better the smaller.
Grade up_to(double value, double poor, double fair, double good, double very_good) {
  return value <= very_good ? Grade::VeryGood
         : value <= good    ? Grade::Good
         : value <= fair    ? Grade::Fair
         : value <= poor    ? Grade::Poor
                            : Grade::Hardly;  // also what is no number
}

/// The same, better the larger.
Grade from(double value, double poor, double fair, double good, double very_good) {
  return up_to(-value, -poor, -fair, -good, -very_good);
}

constexpr double kUnseen = 0.75;  // levels of mean error

/// Whether there are figures: the work may have been stopped before, or a selection lets no pixel of the view change.
bool compared(const ViewReport& v) { return !v.scaler.empty() && !v.channels.empty() && v.pixels > 0; }

void judge_pixels(const Result& r, Judgement& j) {
  j.views = Grade::VeryGood;
  j.exact = true;
  for (const ViewReport& v : r.views) {
    if (!compared(v)) continue;
    double mean = v.model_error;
    for (const ChannelError& c : v.channels) mean += c.mean / static_cast<double>(v.channels.size());
    j.each_view.push_back(grade_of_pixels(mean, v.ssim));
    j.views = std::min(j.views, j.each_view.back());
    j.exact &= v.unreached == 0;
    j.by_model |= v.exactness == Exactness::Close;
  }
  j.cover_known = !std::isnan(r.cover_psnr);
  j.cover = grade_of_change(255 * std::pow(10, -r.cover_psnr / 20));
}

void judge_likeness(const Result& r, Judgement& j) {
  j.views = j.cover = Grade::VeryGood;
  for (const Showing& s : r.appearance) {
    if (s.role == Role::Eye) j.cover_known = true, j.cover = std::min(j.cover, grade_of_likeness(s.likeness));
    // A scaler that averages light was asked for the target, and shows the cover.
    if (s.role != Role::Asked) continue;
    j.each_view.push_back(s.shows_target ? grade_of_likeness(s.likeness) : Grade::Hardly);
    j.views = std::min(j.views, j.each_view.back());
  }
  for (const ViewReport& v : r.views) j.by_model |= v.exactness == Exactness::Close;
}

/// What is said of it in each grade, from Hardly to VeryGood.
using Said = std::array<const char*, 5>;
// TRANSLATORS: how well both pictures can be seen; two of these make a sentence: "The target is shown well; the cover
// is kept poorly."
constexpr Said kShown{N_("The target is hardly shown"), N_("The target is shown poorly"),
                      N_("The target is shown fairly well"), N_("The target is shown well"),
                      N_("The target is shown very well")};
constexpr Said kSeen{N_("the cover is hardly seen"), N_("the cover is seen poorly"),
                     N_("the cover is seen fairly well"), N_("the cover is seen well"),
                     N_("the cover is seen very well")};
constexpr Said kKept{N_("the cover is hardly kept"), N_("the cover is kept poorly"),
                     N_("the cover is kept fairly well"), N_("the cover is kept well"),
                     N_("the cover is kept very well")};

const char* said(const Said& words, Grade grade) { return _(words[static_cast<std::size_t>(grade)]); }

const char* exact_words(bool by_model, bool all_pixels) {
  if (by_model)
    return all_pixels ? _("The thumbnail is the target in every pixel, by the scaler's model")
                      : _("The thumbnail is the target in every pixel that can change, by the scaler's model");
  return all_pixels ? _("The thumbnail is the target in every pixel")
                    : _("The thumbnail is the target in every pixel that can change");
}

std::string words(const Judgement& j, bool to_the_eye, bool all_pixels) {
  const char* thumbnail = j.exact ? exact_words(j.by_model, all_pixels) : said(kShown, j.views);
  // TRANSLATORS: a sentence of one clause, and one of two; only their marks
  if (!j.cover_known) return filled(_("%s."), thumbnail);
  return filled(_("%s; %s."), thumbnail, said(to_the_eye ? kSeen : kKept, j.cover));
}

}  // namespace

const char* to_string(Grade grade) {
  switch (grade) {
    case Grade::Hardly:
      return "hardly";
    case Grade::Poor:
      return "poor";
    case Grade::Fair:
      return "fair";
    case Grade::Good:
      return "good";
    case Grade::VeryGood:
      return "very-good";
  }
  return "";
}

Grade grade_of_pixels(double mean, double ssim) {
  if (mean <= kUnseen) return Grade::VeryGood;
  return std::min(up_to(mean, 16, 6, 2, kUnseen), from(ssim, 0.3, 0.6, 0.85, 0.95));
}

Grade grade_of_change(double rms) { return up_to(rms, 45, 25, 12, 5); }

Grade grade_of_likeness(const Likeness& l) {
  return std::min(from(l.zncc, 0.5, 0.7, 0.85, 0.95), up_to(l.leak, 0.8, 0.4, 0.2, 0.1));
}

Judgement judge(const Result& result) try {
  Judgement j;
  if (result.image.empty()) {
    j.words = _("There is no image.");
    return j;
  }
  const bool to_the_eye = !result.appearance.empty();
  if (!to_the_eye && std::none_of(result.views.begin(), result.views.end(), compared)) {
    const bool fixed =
        std::any_of(result.views.begin(), result.views.end(), [](const ViewReport& v) { return !v.channels.empty(); });
    j.words = fixed ? _("The selection lets no pixel of the small image change.")
                    : _("The work was stopped before the result was compared.");
    return j;
  }
  if (to_the_eye)
    judge_likeness(result, j);
  else
    judge_pixels(result, j);
  // One thumbnail may have several figures, and one that was not compared has none: no order to go by.
  if (result.views.size() < 2 || j.each_view.size() != result.views.size()) j.each_view.clear();
  j.overall = j.cover_known ? std::min(j.views, j.cover) : j.views;
  const bool all_pixels = std::all_of(result.views.begin(), result.views.end(), [](const ViewReport& v) {
    return v.channels.empty() || static_cast<double>(v.pixels) >= v.size.area();
  });
  j.words = words(j, to_the_eye, all_pixels);
  return j;
} catch (...) {
  leave();
}

}  // namespace bifocal
