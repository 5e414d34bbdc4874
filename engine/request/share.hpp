// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/solve.hpp>

namespace bifocal::request {

/// Passes a part's progress on as its share of the whole; remembers what the caller said. Outlives its parts.
struct Share {
  ProgressCallback callback;
  Verdict verdict = Verdict::Continue;
  ProgressCallback part(double from, double to) {
    if (!callback) return {};
    return [this, from, to](const Progress& now) {
      Progress whole = now;
      whole.fraction = from + (to - from) * now.fraction;
      if (verdict == Verdict::Continue) verdict = callback(whole);
      return verdict;
    };
  }
};

}  // namespace bifocal::request
