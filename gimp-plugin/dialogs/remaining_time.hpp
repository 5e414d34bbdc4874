// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

namespace plugin {

/// The time that is left, in words that a person can read in peace: a new figure only when it has moved by enough.
class RemainingTime {
 public:
  /// `seconds`: what is known now; below 0: nothing. "About 12 seconds left", "About 2 minutes left"; empty: nothing is
  /// known.
  const std::string& words(double seconds);

 private:
  double shown_ = -1;  ///< seconds
  std::string words_;
};

}  // namespace plugin
