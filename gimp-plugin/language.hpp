// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Every text that a person reads stands in _("..."): whole sentences, with printf's placeholders that `filled` fills.
// What is kept in files or read by scripts does not.
#include <string>
#include <vector>

#include <bifocal/language.hpp>

namespace plugin {

using bifocal::filled;
using bifocal::plural;

/// The text in the person's language, now.
[[gnu::format_arg(1)]] inline const char* _(const char* text) { return bifocal::translated(text); }
/// The text as it is: a table's, which is translated where it is used.
constexpr const char* N_(const char* text) { return text; }

/// "a", "a and b", "a, b and c" of at least one.
std::string listed(const std::vector<std::string>& things);

/// Where the translations are: beside the plug-in, or where the system's lie.
std::string languages_folder();

/// Makes them known to gettext. The locale is libgimp's to set.
void use_languages();

}  // namespace plugin
