// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include "report_words.hpp"

namespace plugin {

/// Shows what became of the work, until it is closed. A user may say that only reports with warnings are worth a
/// window; then an ordinary one returns at once.
void show_report(const ReportWords& words);

/// The same window for one answer that the user asked for; always shown.
void show_verdict(const std::string& headline, const std::string& words);

}  // namespace plugin
