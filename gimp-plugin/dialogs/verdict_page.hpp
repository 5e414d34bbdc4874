// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include "dialogs/pages.hpp"

namespace plugin {

/// One answer that a person asked for, as a page of the window: its headline, and what is to be said of it.
struct Verdict {
  std::string title;  ///< the window's
  std::string headline, words;
};

/// Shows it until it is closed. True: other settings are to be tried.
bool show_verdict(PagedWindow& window, const Verdict& verdict);

}  // namespace plugin
