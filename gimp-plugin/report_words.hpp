// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <bifocal/report.hpp>

namespace plugin {

/// What a person is told about a result.
struct ReportWords {
  std::string headline;
  std::vector<std::string> figures;   ///< one line each
  std::vector<std::string> warnings;  ///< the result is less than what was asked for, or will not work everywhere
  std::vector<std::string> notes;     ///< good to know with every such image
};

/// `wants_exact`: pixel by pixel at balance 100, where every wrong pixel is worth a word.
ReportWords report_words(const bifocal::Result& result, bool wants_exact);

/// With a capital at its start, as the language does it.
std::string capitalised(std::string words);

/// The engine's message as a sentence: a capital at its start, a full stop at its end.
std::string sentence(std::string message);

}  // namespace plugin
