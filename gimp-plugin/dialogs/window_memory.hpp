// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <gtk/gtk.h>

#include "text.hpp"

namespace plugin {

/// What a window remembers from one use to the next, in GIMP's folder: numbers by their names. What cannot be read or
/// written is forgotten.
class WindowMemory {
 public:
  /// `window`: the name of its group in the file.
  explicit WindowMemory(const char* window);
  /// Writes what has changed.
  ~WindowMemory();
  WindowMemory(const WindowMemory&) = delete;
  WindowMemory& operator=(const WindowMemory&) = delete;

  int get(const char* name, int otherwise) const;
  void set(const char* name, int value);

 private:
  const std::string window_;
  GKeyFile* file_;
  bool changed_ = false;
};

/// Lets a window be resized: it begins with its last size, else with this one, in pixels; never larger than its screen.
/// `memory` must outlive it.
void remember_size(GtkWidget* window, WindowMemory& memory, int width, int height);

/// A widget that scrolls where it does not fit. It wants as much width as what is inside, but not more than `most`
/// pixels.
GtkWidget* make_scrolling(GtkWidget* inside, int most);

}  // namespace plugin
