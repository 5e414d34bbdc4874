// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/remaining_time.hpp"

#include <cmath>

#include "language.hpp"

namespace plugin {
namespace {

constexpr double kMoved = 0.15;   // share of the time shown: less is no news
constexpr double kMinutes = 100;  // seconds from which on minutes are told

std::string of(double seconds) {
  if (seconds < 2) return _("Nearly done");
  if (seconds >= kMinutes) {
    const long minutes = std::lround(seconds / 60);
    return filled(plural("About %ld minute left", "About %ld minutes left", static_cast<unsigned long>(minutes)),
                  minutes);
  }
  const double step = seconds < 10 ? 1 : 5;
  const long left = std::lround(std::lround(seconds / step) * step);
  return filled(plural("About %ld second left", "About %ld seconds left", static_cast<unsigned long>(left)), left);
}

}  // namespace

const std::string& RemainingTime::words(double seconds) {
  if (seconds < 0) {
    shown_ = -1;
    words_.clear();
  } else if (shown_ < 0 || std::fabs(seconds - shown_) > kMoved * shown_) {
    shown_ = seconds;
    words_ = of(seconds);
  }
  return words_;
}

}  // namespace plugin
