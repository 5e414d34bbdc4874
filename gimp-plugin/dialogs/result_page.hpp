// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>

#include "dialogs/pages.hpp"
#include "preview/words.hpp"
#include "report_words.hpp"
#include "result_pictures.hpp"

namespace plugin {

/// What became of the work, and what can be done with it.
struct Shown {
  std::string title;  ///< the window's: which image it is
  Forecast verdict;
  const ReportWords& words;
  const ResultPictures& pictures;
  /// Asks for a file and writes it; what is to be said of it, or nothing when it was not written.
  std::function<std::string(GtkWindow* parent)> export_file;
  /// Shows what every program makes of it; what is to be said of that. May show other pages. Throws Cancelled.
  std::function<std::string()> show_everywhere;
};

/// Shows it as a page of the window until the person is done with it. True: other settings are to be tried. A person
/// may say that only results with warnings are worth a look; then an ordinary one returns at once.
bool show_result(PagedWindow& window, const Shown& shown);

}  // namespace plugin
