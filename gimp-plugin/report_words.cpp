// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report_words.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <bifocal/scaler.hpp>

#include "gimp_folder.hpp"

namespace plugin {
namespace {

constexpr double kMuchChange = 30;  // levels; the cover has about 60 of its own

/// printf's format with two numbers, as text.
std::string format(const char* pattern, double a, double b = 0) {
  return Text(g_strdup_printf(pattern, a, b)).get();
}

/// Shares below the whole never read "100".
double percent(double share, double step) { return share >= 1 ? 100 : std::min(100 - step, 100 * share); }

std::string pixels_of(const bifocal::ViewReport& view) {
  if (view.unreached == 0) return "every pixel is exactly right";
  double mean = 0, most = 0;
  for (const bifocal::ChannelError& c : view.channels) {
    mean += c.mean / view.channels.size();
    most = std::max(most, c.max);
  }
  return format("%.2f %% of the pixels are exactly right; ", percent(view.exact_pixels, 0.01)) +
         format("off by %.1f levels of 255 on average, %.0f at most", mean, most);
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

void tell_pixels(const bifocal::Result& result, bool wants_exact, ReportWords& words) {
  bool exact = true, compared = false, fixed = false;
  for (const bifocal::ViewReport& view : result.views) {
    if (view.scaler.empty() || view.channels.empty()) continue;  // the latter: stopped before it was compared
    if (view.pixels == 0) {
      fixed = true;
      words.figures.push_back(name_of(view) + ": none of its pixels can change, as none takes in a selected one.");
      continue;
    }
    compared = true;
    exact &= view.unreached == 0;
    words.figures.push_back(name_of(view) + compared_of(view) + ": " + pixels_of(view) + ".");
    if (wants_exact && view.proven > 0)
      words.figures.push_back(std::to_string(view.proven) + " of the " + std::to_string(view.unreached) +
                              " wrong pixels lie where no image could do better.");
  }
  words.headline = fixed && !compared ? "The selection lets no pixel of the small image change" : !compared ? "The work was stopped before the result was compared" : exact ? "Scaled down, every pixel is the target's" : "Scaled, the image comes near to the target";
  if (!std::isfinite(result.cover_psnr)) return;
  const double change = 255 * std::pow(10, -result.cover_psnr / 20);
  words.figures.push_back(format("At full size the image differs from the cover by %.1f levels (root mean square).", change));
  if (change > kMuchChange)
    words.notes.push_back("At full size the targets show through. A lower balance keeps more of the cover; 'To the eye' can "
                          "show both pictures where the scaler averages; and scalers that look at few pixels, such as "
                          "OpenCV's linear, leave the cover nearly as it is.");
}

std::string likeness_words(const bifocal::Showing& s) {
  const bifocal::Likeness& l = s.likeness;
  return (s.shows_target ? "the target" : "the cover") + format(", %.0f %% alike, %.0f %% ghost of ", 100 * std::max(0.0, l.zncc), 100 * std::min(l.leak, 9.99)) +
         (s.shows_target ? "the cover" : "the target");
}

void tell_appearance(const bifocal::Result& result, ReportWords& words) {
  double least = 1;
  for (std::size_t k = 0; k < result.appearance.size(); ++k) {
    const bifocal::Showing& s = result.appearance[k];
    const bool told = s.scaler.empty() || k == 1 || result.views.size() > 1 || s.name.find("JPEG") != std::string::npos;
    if (!told) {
      if (s.shows_target) least = std::min(least, s.likeness.zncc);
      continue;
    }
    // The eye's name goes on with its blur and, after a comma, with what JPEG left.
    const std::size_t jpeg = s.name.find(", after JPEG");
    const std::string where = s.scaler.empty() ? "At full size, as an eye sees it" + (jpeg == std::string::npos ? "" : s.name.substr(jpeg))
                                               : "Scaled by " + s.name;
    words.figures.push_back(where + ": " + likeness_words(s) + ".");
  }
  if (least < 1) words.figures.push_back(format("Scaled by other software: the target, at least %.0f %% alike.", 100 * std::max(0.0, least)));
  words.headline = "One picture at full size, another one when it is scaled";
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
  if (result.appearance.empty())
    tell_pixels(result, wants_exact, words);
  else
    tell_appearance(result, words);
  if (result.outcome == bifocal::Outcome::Stopped) words.figures.push_back("The work was stopped; this is the best so far.");
  if (result.outcome == bifocal::Outcome::LimitReached)
    words.figures.push_back("The work ended early, as " + result.why_stopped + "; this is the best so far.");
  for (const std::string& warning : result.warnings) words.warnings.push_back(sentence(warning));
  for (std::string note : result.notes) {
    // The engine names its option; in the dialog it has a name of its own.
    constexpr std::string_view option = "the option jpeg=85";
    if (const std::size_t at = note.find(option); at != std::string::npos) note.replace(at, option.size(), "'Survives saving as JPEG' in the dialog");
    words.notes.push_back(sentence(note));
  }
  return words;
}

}  // namespace plugin
