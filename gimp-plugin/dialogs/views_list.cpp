// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/views_list.hpp"

#include <algorithm>
#include <utility>

#include <bifocal/request.hpp>

#include "checks.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/window_memory.hpp"
#include "language.hpp"
#include "view_sizes.hpp"

namespace plugin {
namespace {

constexpr int kMostWidth = 870;  // px, before it scrolls sideways
constexpr int kHeight = 190;     // px, at least

}  // namespace

ViewsList::ViewsList(OpenLayers& open, OpenedFiles& files, gint32 cover, std::function<void()> changed)
    : open_(open), files_(files), cover_(cover), changed_(std::move(changed)), box_(make_column(6)),
      lines_(make_column(6)), buttons_(make_row(6)), add_(gtk_button_new_with_mnemonic(_("_Add a View"))),
      add_file_(gtk_button_new_with_mnemonic(_("Add a _File..."))) {
  gtk_container_set_border_width(GTK_CONTAINER(box_), 6);
  gtk_widget_set_size_request(box_, -1, kHeight);
  GtkWidget* table = make_column(6);
  gtk_box_pack_start(GTK_BOX(table), columns_.widget(), FALSE, FALSE, 0);
  GtkWidget* scrolled = gtk_scrolled_window_new(nullptr, nullptr);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_add_with_viewport(GTK_SCROLLED_WINDOW(scrolled), lines_);
  gtk_viewport_set_shadow_type(GTK_VIEWPORT(gtk_bin_get_child(GTK_BIN(scrolled))), GTK_SHADOW_NONE);
  gtk_container_set_focus_vadjustment(GTK_CONTAINER(lines_),
                                      gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled)));
  gtk_box_pack_start(GTK_BOX(table), scrolled, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), make_scrolling(table, kMostWidth), TRUE, TRUE, 0);
  explain(add_, _("Adds a line to the list"), "plug-in-bifocal-views/add");
  explain(add_file_,
          _("Opens a picture and adds a view that shows it. It stays open when this window is confirmed, and is closed "
            "again otherwise."),
          "plug-in-bifocal-views/add-file");
  gtk_box_pack_start(GTK_BOX(buttons_), add_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(buttons_), add_file_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), buttons_, FALSE, FALSE, 0);
  g_signal_connect(add_, "clicked", G_CALLBACK(on_add), this);
  g_signal_connect(add_file_, "clicked", G_CALLBACK(on_add_file), this);
}

void ViewsList::set_cover(gint32 cover) {
  const gint32 before = std::exchange(cover_, cover);
  for (const auto& row : rows_) row->follow_cover(before);
}

void ViewsList::add_button(GtkWidget* button) { gtk_box_pack_end(GTK_BOX(buttons_), button, FALSE, FALSE, 0); }

std::vector<ViewLine> ViewsList::lines() const {
  std::vector<ViewLine> found;
  for (const auto& row : rows_) found.push_back(row->read());
  return found;
}

std::vector<gint32> ViewsList::targets() const {
  std::vector<gint32> found;
  for (const ViewLine& line : lines())
    if (std::find(found.begin(), found.end(), line.target) == found.end()) found.push_back(line.target);
  return found;
}

void ViewsList::show(const std::vector<ViewLine>& lines) {
  updating_ = true;
  for (const auto& row : rows_) gtk_widget_destroy(row->widget());
  rows_.clear();
  for (const ViewLine& line : lines) add(line);
  updating_ = false;
  look_at_buttons();
}

void ViewsList::on_add(GtkWidget*, ViewsList* self) noexcept {
  self->add_new(find_target_named(self->cover_, "", true));
}

void ViewsList::add(const ViewLine& line) {
  rows_.push_back(std::make_unique<ViewRow>(
      columns_, open_, cover_, line, [this] { changed(); }, [this](ViewRow* row) { remove(row); }));
  gtk_box_pack_start(GTK_BOX(lines_), rows_.back()->widget(), FALSE, FALSE, 0);
}

void ViewsList::add_new(gint32 target) {
  ViewLine line;
  line.target = target;
  if (line.target != -1) start_line(cover_, line);
  add(line);
  changed();
}

void ViewsList::add_file() {
  const gint32 layer = files_.open(GTK_WINDOW(gtk_widget_get_toplevel(add_file_)));
  if (layer == -1) return;
  open_.look();
  add_new(layer);
}

void ViewsList::remove(ViewRow* row) {
  if (rows_.size() <= 1) return;
  updating_ = true;
  gtk_widget_destroy(row->widget());
  updating_ = false;
  std::erase_if(rows_, [&](const auto& r) { return r.get() == row; });
  changed();
}

void ViewsList::changed() {
  if (updating_) return;
  look_at_buttons();
  changed_();
}

void ViewsList::look_at_buttons() {
  for (GtkWidget* button : {add_, add_file_}) gtk_widget_set_sensitive(button, rows_.size() < bifocal::kMostTargets);
  for (const auto& row : rows_) row->set_removable(rows_.size() > 1);
}

}  // namespace plugin
