// SPDX-License-Identifier: LGPL-3.0-or-later
#include <bifocal/language.hpp>

#include <libintl.h>

#include <cstdarg>
#include <cstdio>

#include "error/edge.hpp"

namespace bifocal {

// Under the empty text a catalogue keeps what is said of itself.
const char* translated(const char* text) { return *text ? dgettext(kTextDomain, text) : text; }

const char* plural(const char* one, const char* many, unsigned long n) { return dngettext(kTextDomain, one, many, n); }

std::string filled(const char* sentence, ...) try {
  std::va_list counted, written;
  va_start(counted, sentence);
  va_copy(written, counted);
  const int length = std::vsnprintf(nullptr, 0, sentence, counted);
  va_end(counted);
  std::string text;
  try {
    text.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
  } catch (...) {
    va_end(written);
    throw;
  }
  // The zero that it adds goes where the string has its own.
  std::vsnprintf(text.data(), text.size() + 1, sentence, written);
  va_end(written);
  return text;
} catch (...) {
  leave();
}

}  // namespace bifocal
