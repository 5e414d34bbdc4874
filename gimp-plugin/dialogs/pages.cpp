// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/pages.hpp"

#include <algorithm>
#include <cstdlib>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "language.hpp"

namespace plugin {
namespace {

/// Enter, Escape and F1 press these, so their letters are left to what has no other key.
const char* own_words(const char* label) {
  const std::string_view stock = label;
  if (stock == GTK_STOCK_OK) return _("OK");
  if (stock == GTK_STOCK_CANCEL) return _("Cancel");
  return stock == GTK_STOCK_CLOSE ? _("_Close") : label;
}

constexpr int kStep = 32;  // px, by which a window lies beside another one

bool is_of_this_program(GdkWindow* window) {
  guchar* data = nullptr;
  gint length = 0;
  gdk_error_trap_push();  // it may go at any moment
  const bool told = gdk_property_get(window, gdk_atom_intern("WM_CLASS", FALSE), GDK_NONE, 0, 255, FALSE, nullptr,
                                     nullptr, &length, &data);
  gdk_flush();
  const bool is = gdk_error_trap_pop() == 0 && told && g_strcmp0(reinterpret_cast<char*>(data), g_get_prgname()) == 0;
  g_free(data);
  return is;
}

/// Two runs' windows do not lie on each other: the newer one moves, as far as its screen has room.
gboolean on_map(GtkWidget* widget, GdkEvent*, gpointer) noexcept {
  GdkWindow* own = gtk_widget_get_window(widget);
  GdkScreen* screen = gtk_widget_get_screen(widget);
  int x = 0, y = 0;
  gdk_window_get_root_origin(own, &x, &y);
  const int first = x;
  GList* windows = gdk_screen_get_window_stack(screen);
  for (GList* each = windows; each; each = each->next) {
    GdkWindow* other = GDK_WINDOW(each->data);
    int left = 0, top = 0;
    if (other != own && is_of_this_program(other)) {
      gdk_window_get_root_origin(other, &left, &top);
      if (std::abs(left - x) < kStep && std::abs(top - y) < kStep) x = left + kStep, y = top + kStep;
    }
    g_object_unref(other);
  }
  g_list_free(windows);
  if (x == first) return FALSE;
  GdkRectangle frame;
  gdk_window_get_frame_extents(own, &frame);
  gtk_window_move(GTK_WINDOW(widget), std::clamp(x, 0, std::max(0, gdk_screen_get_width(screen) - frame.width)),
                  std::clamp(y, 0, std::max(0, gdk_screen_get_height(screen) - frame.height)));
  return FALSE;
}

constexpr char kPage[] = "bifocal-page";  // on the window: the page that is shown

}  // namespace

PagedWindow::PagedWindow(const char* help_id, const char* memory, int width, int height)
    : memory_(memory), window_(make_dialog("Bifocal", help_id)) {
  // GIMP has put one button there: Help.
  gtk_container_foreach(
      GTK_CONTAINER(gtk_dialog_get_action_area(dialog())),
      [](GtkWidget* help, gpointer) { gtk_button_set_label(GTK_BUTTON(help), _("Help")); }, nullptr);
  remember_size(window_.get(), memory_, width, height);
  g_signal_connect(window_.get(), "map-event", G_CALLBACK(on_map), nullptr);
}

Page::Page(PagedWindow& window, GtkWidget* content) : window_(window), content_(content) {
  gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(window_.dialog())), content_, TRUE, TRUE, 0);
  gtk_widget_set_no_show_all(content_, TRUE);
  gtk_widget_hide(content_);
}

Page::~Page() {
  if (shown()) g_object_set_data(G_OBJECT(window_.window()), kPage, nullptr);
  for (const Button& b : buttons_) gtk_widget_destroy(b.widget);
  gtk_widget_destroy(content_);
}

GtkWidget* Page::add_button(const char* label, int response) {
  GtkWidget* button = gtk_dialog_add_button(window_.dialog(), own_words(label), response);
  gtk_widget_hide(button);
  gtk_widget_set_no_show_all(button, TRUE);
  buttons_.push_back({button, response});
  return button;
}

GtkWidget* Page::button(int response) const {
  for (const Button& b : buttons_)
    if (b.response == response) return b.widget;
  return nullptr;
}

void Page::set_sensitive(int response, bool sensitive) { gtk_widget_set_sensitive(button(response), sensitive); }

bool Page::shown() const { return g_object_get_data(G_OBJECT(window_.window()), kPage) == this; }

void Page::hide() {
  gtk_widget_hide(content_);
  for (const Button& b : buttons_) gtk_widget_hide(b.widget);
}

void Page::show(const std::string& title, GtkWidget* focus) {
  if (auto* other = static_cast<Page*>(g_object_get_data(G_OBJECT(window_.window()), kPage)); other && other != this)
    other->hide();
  g_object_set_data(G_OBJECT(window_.window()), kPage, this);
  gtk_window_set_title(window_.window(), title.c_str());
  gtk_widget_show(content_);
  for (const Button& b : buttons_) gtk_widget_show(b.widget);
  GtkWidget* confirms = button(default_);
  if (confirms) gtk_widget_set_can_default(confirms, TRUE);
  gtk_window_set_default(window_.window(), confirms);
  if (focus) gtk_widget_grab_focus(focus);
}

int Page::run() { return gimp_dialog_run(GIMP_DIALOG(window_.dialog())); }

void Page::respond(int response) { gtk_dialog_response(window_.dialog(), response); }

}  // namespace plugin
