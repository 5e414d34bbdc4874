// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/number.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "error/edge.hpp"

namespace bifocal {

std::string number_text(double value) try {
  char text[32];  // the longest is "-2.2250738585072014e-308"
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
} catch (...) {
  leave();
}

std::string number_text(double value, int decimals) try {
  if (!(std::abs(value) < 1e9)) return number_text(value);
  char text[32];
  std::string words(
      text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, std::clamp(decimals, 0, 9)).ptr);
  if (words.front() == '-' && words.find_first_of("123456789") == std::string::npos) words.erase(0, 1);
  return words;
} catch (...) {
  leave();
}

}  // namespace bifocal
