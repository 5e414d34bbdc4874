// SPDX-License-Identifier: LGPL-3.0-or-later
#include "report/json_text.hpp"

#include <charconv>
#include <cmath>

namespace bifocal::report {
namespace {

/// The bytes of the UTF-8 character that `text` begins with; 0: they are none.
std::size_t character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  // Longer than needed, half of a surrogate pair, or beyond the last character.
  const unsigned second = byte(1);
  if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
      (first == 0xf4 && second > 0x8f))
    return 0;
  return length;
}

void append_escaped(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  while (!text.empty()) {
    const std::size_t length = character(text);
    const unsigned char c = static_cast<unsigned char>(text[0]);
    if (length == 0) {
      out += "\xef\xbf\xbd";  // U+FFFD: layer names come from the user
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += text[0];
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c < 0x20) {
      out += "\\u00";
      out += kHex[c / 16];
      out += kHex[c % 16];
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length ? length : 1);
  }
}

}  // namespace

void JsonText::new_line() {
  if (!indent_) return;
  text_ += '\n';
  text_.append(indent_ * closing_.size(), ' ');
}

void JsonText::before_item() {
  if (!after_key_ && !closing_.empty()) {
    if (!first_) text_ += ',';
    new_line();
  }
  first_ = after_key_ = false;
}

void JsonText::item(std::string_view text) {
  before_item();
  text_ += text;
}

void JsonText::open(char bracket) {
  before_item();
  text_ += bracket;
  closing_ += bracket == '{' ? '}' : ']';
  first_ = true;
}

void JsonText::close() {
  const char bracket = closing_.back();
  closing_.pop_back();
  if (!first_) new_line();
  text_ += bracket;
  first_ = false;
}

void JsonText::key(std::string_view name) {
  value(name);
  text_ += indent_ ? ": " : ":";
  after_key_ = true;
}

void JsonText::value(double v) {
  if (!std::isfinite(v)) return item("null");
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, v).ptr;
  std::string_view text(digits, static_cast<std::size_t>(end - digits));
  item(text);
  if (text.find_first_of(".e") == std::string_view::npos) text_ += ".0";
}

void JsonText::value(std::string_view v) {
  before_item();
  text_ += '"';
  append_escaped(text_, v);
  text_ += '"';
}

}  // namespace bifocal::report
