// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

/// The catalogue as a Markdown table, as it stands in the README between the two marks.
std::string scaler_table();
inline constexpr const char* kTableBegin = "<!-- scalers: begin -->\n";
inline constexpr const char* kTableEnd = "<!-- scalers: end -->\n";
