// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include "dialogs/gui.hpp"
#include "dialogs/window_memory.hpp"

namespace plugin {

/// One window for all that a run shows: the settings, the work, the result. Its content are pages that take turns.
class PagedWindow {
 public:
  /// `memory`: the name of what it remembers of itself; `width`, `height`: pixels, when it is first used.
  PagedWindow(const char* help_id, const char* memory, int width, int height);
  PagedWindow(const PagedWindow&) = delete;
  PagedWindow& operator=(const PagedWindow&) = delete;

  GtkDialog* dialog() const { return GTK_DIALOG(window_.get()); }
  GtkWindow* window() const { return GTK_WINDOW(window_.get()); }
  WindowMemory& memory() { return memory_; }

 private:
  WindowMemory memory_;
  Window window_;
};

/// One of its contents, and the buttons that go with it. While another one is shown it is out of sight, and no key
/// leads to it. The window must outlive it.
class Page {
 public:
  /// `content`: taken over; the page is not shown yet.
  Page(PagedWindow& window, GtkWidget* content);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  /// From the left to the right. `label` may be a stock id.
  GtkWidget* add_button(const char* label, int response);
  GtkWidget* button(int response) const;
  void set_sensitive(int response, bool sensitive);
  /// What Enter does.
  void set_default(int response) { default_ = response; }

  /// Puts the page into the window, in place of the one that is there, under this title; `focus` has the keys.
  void show(const std::string& title, GtkWidget* focus);
  bool shown() const;
  /// Waits for a button: its response, or GTK_RESPONSE_DELETE_EVENT when the window was closed.
  int run();
  /// Ends run().
  void respond(int response);

  PagedWindow& window() { return window_; }

 private:
  struct Button {
    GtkWidget* widget;
    int response;
  };
  void hide();

  PagedWindow& window_;
  GtkWidget* content_;
  std::vector<Button> buttons_;
  int default_ = GTK_RESPONSE_NONE;
};

}  // namespace plugin
