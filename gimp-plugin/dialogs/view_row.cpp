// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/view_row.hpp"

#include <utility>

#include "checks.hpp"
#include "dialogs/gui.hpp"
#include "language.hpp"
#include "small_size.hpp"
#include "view_sizes.hpp"

namespace plugin {
namespace {

constexpr int kApart = 6;                    // px
constexpr int kTarget = 160, kScaler = 180;  // px, of what is shortened: with large letters the others need the room
constexpr int kDigits = 5;
constexpr double kMostSide = 65535;  // px, the engine's
enum SizeChoice { kOwnSize, kThisSize };

struct Heading {
  const char *words, *tip, *help_id;
};
constexpr Heading kHeadings[ViewColumns::kCount] = {
    {N_("Target"), N_("The picture that this view shows"), "plug-in-bifocal-views/target"},
    {N_("Size"), N_("Whether the image is scaled to the target's own size, or to another one"),
     "plug-in-bifocal-views/size"},
    {N_("Width"), N_("The width after scaling, in pixels"), "plug-in-bifocal-views/size"},
    {N_("Height"), N_("The height after scaling, in pixels"), "plug-in-bifocal-views/size"},
    {N_("Scaled by"), N_("The software that scales"), "plug-in-bifocal-views/scaled-by"},
    {N_("Weight"), N_("How much this view counts against the others"), "plug-in-bifocal-views/weight"},
};

GtkWidget* make_spin(double low, double high, double step, guint digits, ViewColumns::Column column) {
  const Heading& heading = kHeadings[column];
  GtkWidget* widget = gtk_spin_button_new_with_range(low, high, step);
  gtk_spin_button_set_digits(GTK_SPIN_BUTTON(widget), digits);
  gtk_spin_button_set_numeric(GTK_SPIN_BUTTON(widget), TRUE);
  gtk_entry_set_width_chars(GTK_ENTRY(widget), kDigits);
  gtk_entry_set_activates_default(GTK_ENTRY(widget), TRUE);
  explain(widget, _(heading.tip), heading.help_id);
  name_for_readers(widget, _(heading.words));
  return widget;
}

}  // namespace

ViewColumns::ViewColumns() : row_(make_row(kApart)) {
  for (int c = 0; c < kCount; ++c) {
    widths_[c] = gtk_size_group_new(GTK_SIZE_GROUP_HORIZONTAL);
    GtkWidget* label = make_label(marked("b", _(kHeadings[c].words)).c_str());
    gtk_label_set_line_wrap(GTK_LABEL(label), FALSE);
    explain(label, _(kHeadings[c].tip), kHeadings[c].help_id);
    add(row_, Column(c), label);
  }
}

ViewColumns::~ViewColumns() {
  for (GtkSizeGroup* group : widths_) g_object_unref(group);
}

void ViewColumns::add(GtkWidget* row, Column column, GtkWidget* widget) const {
  gtk_size_group_add_widget(widths_[column], widget);
  gtk_box_pack_start(GTK_BOX(row), widget, FALSE, FALSE, 0);
}

ViewRow::ViewRow(const ViewColumns& columns, OpenLayers& open, const gint32& cover, const ViewLine& line,
                 std::function<void()> changed, std::function<void(ViewRow*)> removed)
    : cover_(cover), changed_(std::move(changed)), removed_(std::move(removed)), row_(make_row(kApart)),
      size_(gtk_combo_box_text_new()), width_(make_spin(1, kMostSide, 1, 0, ViewColumns::kWidth)),
      height_(make_spin(1, kMostSide, 1, 0, ViewColumns::kHeight)),
      weight_(make_spin(0.01, 1000, 0.1, 2, ViewColumns::kWeight)), remove_(gtk_button_new()),
      layer_(
          open, _("Target"), [this](gint32 layer) { return can_be_target(cover_, layer); },
          [this] { layer_changed(); }),
      scaler_(line.scaler, [this] { tell(); }) {
  explain(layer_.widget(), _(kHeadings[ViewColumns::kTarget].tip), kHeadings[ViewColumns::kTarget].help_id);
  for (const char* words : {_("The target's own"), _("Another size")})
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(size_), words);
  explain(size_, _(kHeadings[ViewColumns::kSize].tip), kHeadings[ViewColumns::kSize].help_id);
  name_for_readers(size_, _("Size"));
  gtk_container_add(GTK_CONTAINER(remove_), gtk_image_new_from_icon_name("list-remove", GTK_ICON_SIZE_MENU));
  explain(remove_, _("Remove this view from the list"), "plug-in-bifocal-views/remove");
  name_for_readers(remove_, _("Remove this view"));

  if (line.target != -1) layer_.set(line.target);
  show_size(line);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(weight_), line.weight);

  gtk_widget_set_size_request(layer_.widget(), kTarget, -1);
  gtk_widget_set_size_request(scaler_.widget(), kScaler, -1);
  columns.add(row_, ViewColumns::kTarget, layer_.widget());
  columns.add(row_, ViewColumns::kSize, size_);
  columns.add(row_, ViewColumns::kWidth, width_);
  columns.add(row_, ViewColumns::kHeight, height_);
  columns.add(row_, ViewColumns::kScaler, scaler_.widget());
  columns.add(row_, ViewColumns::kWeight, weight_);
  gtk_box_pack_start(GTK_BOX(row_), remove_, FALSE, FALSE, 0);
  g_signal_connect(size_, "changed", G_CALLBACK(on_size), this);
  for (GtkWidget* side : {width_, height_}) g_signal_connect(side, "value-changed", G_CALLBACK(on_side), this);
  g_signal_connect(weight_, "value-changed", G_CALLBACK(on_weight), this);
  g_signal_connect(remove_, "clicked", G_CALLBACK(on_remove), this);
  gtk_widget_show_all(row_);
}

void ViewRow::show_size(const ViewLine& line) {
  const bool own = line.width == 0 && line.height == 0;
  const gint32 target = layer_.get();
  const bifocal::Size size = !own                            ? bifocal::Size{line.width, line.height}
                             : can_be_target(cover_, target) ? size_of(target)
                                                             : bifocal::Size{1, 1};
  const bool before = std::exchange(updating_, true);
  gtk_combo_box_set_active(GTK_COMBO_BOX(size_), own ? kOwnSize : kThisSize);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(width_), size.width);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(height_), size.height);
  updating_ = before;
}

void ViewRow::layer_changed() {
  ViewLine line = read();
  if (can_be_target(cover_, line.target)) {
    start_line(cover_, line);
    show_size(line);
  }
  tell();
}

void ViewRow::follow_cover(gint32 before) {
  updating_ = true;
  const gint32 target = layer_.get();
  layer_.refresh();
  layer_.set(target == cover_ ? before : target);
  if (target == cover_) layer_changed();
  updating_ = false;
}

void ViewRow::size_changed() {
  if (updating_) return;
  show_size(read());
  tell();
}

void ViewRow::side_typed() {
  if (updating_) return;
  updating_ = true;
  gtk_combo_box_set_active(GTK_COMBO_BOX(size_), kThisSize);
  updating_ = false;
  tell();
}

void ViewRow::tell() {
  if (!updating_) changed_();
}

ViewLine ViewRow::read() const {
  ViewLine line;
  line.target = layer_.get();
  if (gtk_combo_box_get_active(GTK_COMBO_BOX(size_)) == kThisSize) {
    line.width = gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(width_));
    line.height = gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(height_));
  }
  line.scaler = scaler_.get();
  line.weight = gtk_spin_button_get_value(GTK_SPIN_BUTTON(weight_));
  return line;
}

}  // namespace plugin
