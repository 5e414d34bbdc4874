// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <bifocal/export.hpp>

namespace BIFOCAL_API bifocal {

/// A number in a sentence, with the locale's decimal mark: as short as it can be to be read back unchanged ("100.5",
/// "1e+308").
std::string number_text(double value);
/// With so many decimals, 0 to 9 ("0.30"); never "-0.00". Numbers from 1e9 on as the above.
std::string number_text(double value, int decimals);
/// The latter with a point in every locale: for what is kept in files, or read by programs.
std::string plain_number(double value, int decimals);

}  // namespace bifocal
