// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// JSON as text, written from front to back. A document in memory would allocate when it is destroyed, and an allocation
// that fails there ends the program.
#include <concepts>
#include <string>
#include <string_view>

namespace bifocal::report {

class JsonText {
 public:
  /// `indent`: spaces a level; 0: all in one line.
  explicit JsonText(int indent = 0) : indent_(indent) {}

  /// `bracket`: { or [.
  void open(char bracket);
  void close();
  void key(std::string_view name);

  /// Not finite: null, as JSON has no such number.
  void value(double v);
  void value(std::string_view v);
  void value(const char* v) { value(std::string_view(v)); }
  void value(bool v) { item(v ? "true" : "false"); }
  void value(std::integral auto v) { item(std::to_string(v)); }
  template <class T>
  void member(std::string_view name, const T& v) {
    key(name);
    value(v);
  }

  const std::string& text() const { return text_; }

 private:
  void item(std::string_view text);
  void before_item();
  void new_line();

  int indent_;
  std::string text_, closing_;  ///< closing_: the brackets that are open
  bool first_ = true, after_key_ = false;
};

}  // namespace bifocal::report
