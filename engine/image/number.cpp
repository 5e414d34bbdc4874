// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/number.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

#include <langinfo.h>

#include "error/edge.hpp"

namespace bifocal {
namespace {

std::string plain_number(double value) {
  char text[32];  // the longest is "-2.2250738585072014e-308"
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

/// Without a grouping of thousands, which would be typed back.
std::string in_locale(std::string plain) {
  const std::size_t point = plain.find('.');
  return point == std::string::npos ? plain : plain.replace(point, 1, nl_langinfo(RADIXCHAR));
}

}  // namespace

std::string plain_number(double value, int decimals) try {
  if (!(std::abs(value) < 1e9)) return plain_number(value);
  char text[32];
  std::string words(
      text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, std::clamp(decimals, 0, 9)).ptr);
  if (words.front() == '-' && words.find_first_of("123456789") == std::string::npos) words.erase(0, 1);
  return words;
} catch (...) {
  leave();
}

std::string number_text(double value) try { return in_locale(plain_number(value)); } catch (...) {
  leave();
}

std::string number_text(double value, int decimals) try {
  return in_locale(plain_number(value, decimals));
} catch (...) {
  leave();
}

}  // namespace bifocal
