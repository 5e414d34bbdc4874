// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// What a person reads, in the person's language: gettext's.
#include <string>

#include <bifocal/export.hpp>

namespace BIFOCAL_API bifocal {

/// The text domain of all sentences. They are English until the host calls setlocale, and bindtextdomain with the
/// folder of the translations. Ids, keys and what is kept in files are the same in every language.
inline constexpr char kTextDomain[] = "bifocal";

/// The text in the locale's language; the text itself where there is no translation.
[[gnu::format_arg(1)]] const char* translated(const char* text);
/// The form that goes with `n`.
[[gnu::format_arg(1), gnu::format_arg(2)]] const char* plural(const char* one, const char* many, unsigned long n);

/// A sentence with its placeholders filled, which are printf's; a translation may order them otherwise ("%2$s ...
/// %1$s"). Figures go in as number_text: printf's own are in the locale's form only by chance.
[[gnu::format(printf, 1, 2)]] std::string filled(const char* sentence, ...);

}  // namespace bifocal
