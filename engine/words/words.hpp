// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// Marks for the texts that a person reads; gimp-plugin/po/update.sh finds them by these names.
#include <bifocal/language.hpp>

namespace bifocal {

/// The text in the person's language, now.
[[gnu::format_arg(1)]] inline const char* _(const char* text) { return translated(text); }
/// The text as it is: a table's, which is translated where it is used.
constexpr const char* N_(const char* text) { return text; }

}  // namespace bifocal
