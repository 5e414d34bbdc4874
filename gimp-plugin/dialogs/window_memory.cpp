// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/window_memory.hpp"

#include <algorithm>

#include "gimp_folder.hpp"

namespace plugin {
namespace {

constexpr char kFile[] = "bifocal-windows";
constexpr int kFrame = 10, kTitle = 60;  // px that the window manager and panels take from width and height
constexpr int kLeast = 200, kMost = 100000;

void on_size(GtkWidget* window, GdkRectangle*, WindowMemory* memory) noexcept {
  gint width = 0, height = 0;
  gtk_window_get_size(GTK_WINDOW(window), &width, &height);
  memory->set("width", width);
  memory->set("height", height);
}

/// The scrolled window around what is inside follows its width, with room for a bar.
void on_request(GtkWidget* inside, GtkRequisition* wanted, gpointer most) noexcept {
  constexpr int kBar = 20;  // px
  GtkWidget* scrolled = gtk_widget_get_ancestor(inside, GTK_TYPE_SCROLLED_WINDOW);
  const int width = std::min(wanted->width + kBar, GPOINTER_TO_INT(most));
  gint now = 0, height = 0;
  gtk_widget_get_size_request(scrolled, &now, &height);
  if (now != width) gtk_widget_set_size_request(scrolled, width, -1);
}

}  // namespace

WindowMemory::WindowMemory(const char* window) : window_(window), file_(g_key_file_new()) {
  const std::string text = text_in_gimp_folder(kFile);
  g_key_file_load_from_data(file_, text.data(), text.size(), G_KEY_FILE_KEEP_COMMENTS, nullptr);
}

WindowMemory::~WindowMemory() {
  if (changed_) {
    gsize length = 0;
    const Text text(g_key_file_to_data(file_, &length, nullptr));
    write_in_gimp_folder(kFile, {text.get(), length});
  }
  g_key_file_free(file_);
}

int WindowMemory::get(const char* name, int otherwise) const {
  GError* error = nullptr;
  const int value = g_key_file_get_integer(file_, window_.c_str(), name, &error);
  if (!error) return value;
  g_clear_error(&error);
  return otherwise;
}

void WindowMemory::set(const char* name, int value) {
  if (get(name, value - 1) == value) return;
  g_key_file_set_integer(file_, window_.c_str(), name, value);
  changed_ = true;
}

void remember_size(GtkWidget* window, WindowMemory& memory, int width, int height) {
  GdkScreen* screen = gtk_widget_get_screen(window);
  const auto side = [&](const char* name, int otherwise, int most) {
    return std::min(std::clamp(memory.get(name, otherwise), kLeast, kMost), most);
  };
  gtk_window_set_resizable(GTK_WINDOW(window), TRUE);
  gtk_window_set_default_size(GTK_WINDOW(window), side("width", width, gdk_screen_get_width(screen) - kFrame),
                              side("height", height, gdk_screen_get_height(screen) - kTitle));
  g_signal_connect(window, "size-allocate", G_CALLBACK(on_size), &memory);
}

GtkWidget* make_scrolling(GtkWidget* inside, int most) {
  GtkWidget* scrolled = gtk_scrolled_window_new(nullptr, nullptr);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_AUTOMATIC, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_add_with_viewport(GTK_SCROLLED_WINDOW(scrolled), inside);
  gtk_viewport_set_shadow_type(GTK_VIEWPORT(gtk_bin_get_child(GTK_BIN(scrolled))), GTK_SHADOW_NONE);
  if (GTK_IS_CONTAINER(inside)) {  // what gets the focus comes into sight
    GtkScrolledWindow* window = GTK_SCROLLED_WINDOW(scrolled);
    gtk_container_set_focus_hadjustment(GTK_CONTAINER(inside), gtk_scrolled_window_get_hadjustment(window));
    gtk_container_set_focus_vadjustment(GTK_CONTAINER(inside), gtk_scrolled_window_get_vadjustment(window));
  }
  g_signal_connect(inside, "size-request", G_CALLBACK(on_request), GINT_TO_POINTER(most));
  return scrolled;
}

}  // namespace plugin
