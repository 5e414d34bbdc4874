// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/size_choice.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dialogs/gui.hpp"
#include "language.hpp"
#include "settings.hpp"

namespace plugin {
namespace {

using bifocal::Size;

// px, longest sides of thumbnails that software makes.
constexpr int kSides[] = {64, 96, 128, 180, 256, 320, 512};
constexpr int kTargets = std::size(kSides), kOwn = kTargets + 1, kEntries = kOwn + 1;
enum Column { kWords, kSensitive, kColumns };

std::string words_of(int entry, Size size, bool possible) {
  if (entry == kOwn) return _("Own size\342\200\246");
  if (entry == kTargets && size == Size{}) return _("The target's own");
  if (entry == kTargets)
    return possible ? filled(_("The target's own (%d \303\227 %d)"), size.width, size.height)
                    : filled(_("The target's own (%d \303\227 %d): too large"), size.width, size.height);
  return possible ? filled(_("%d pixels (%d \303\227 %d)"), kSides[entry], size.width, size.height)
                  : filled(_("%d pixels: too large"), kSides[entry]);
}

}  // namespace

SizeChoice::SizeChoice(Sizes sizes, std::function<void()> changed)
    : sizes_(std::move(sizes)), changed_(std::move(changed)),
      lines_(gtk_list_store_new(kColumns, G_TYPE_STRING, G_TYPE_BOOLEAN)),
      list_(gtk_combo_box_new_with_model(GTK_TREE_MODEL(lines_))), fields_(make_row(6)),
      width_(gtk_spin_button_new_with_range(1, kMostPixels, 1)),
      height_(gtk_spin_button_new_with_range(1, kMostPixels, 1)), chain_(gimp_chain_button_new(GIMP_CHAIN_RIGHT)) {
  g_object_unref(lines_);  // the list keeps it
  GtkCellRenderer* words = gtk_cell_renderer_text_new();
  gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(list_), words, TRUE);
  gtk_cell_layout_set_attributes(GTK_CELL_LAYOUT(list_), words, "text", kWords, "sensitive", kSensitive, nullptr);
  let_shrink(list_);
  explain(list_, _("How large the small image is, by its longest side, in the cover's shape"), "plug-in-bifocal/size");
  for (int i = 0; i < kEntries; ++i) gtk_list_store_insert_with_values(lines_, nullptr, i, kSensitive, TRUE, -1);

  const struct {
    GtkWidget* spin;
    const char *name, *tip;
  } sides[] = {{width_, _("Width"), _("Width of the small image in pixels")},
               {height_, _("Height"), _("Height of the small image in pixels")}};
  for (const auto& side : sides) {
    gtk_entry_set_activates_default(GTK_ENTRY(side.spin), TRUE);
    gtk_entry_set_width_chars(GTK_ENTRY(side.spin), 6);
    explain(side.spin, side.tip, "plug-in-bifocal/size");
    name_for_readers(side.spin, side.name);
  }
  gimp_chain_button_set_active(GIMP_CHAIN_BUTTON(chain_), TRUE);
  // Its button lies between two lines, and has no words.
  gtk_container_forall(
      GTK_CONTAINER(chain_),
      [](GtkWidget* part, gpointer) {
        if (GTK_IS_BUTTON(part)) name_for_readers(part, _("Keep the cover's shape"));
      },
      nullptr);
  gtk_widget_set_tooltip_text(chain_, _("Keep the cover's shape, as thumbnails do"));
  for (GtkWidget* widget : {width_, gtk_label_new("\303\227"), height_, chain_})
    gtk_box_pack_start(GTK_BOX(fields_), widget, FALSE, FALSE, 0);
  gtk_widget_show_all(fields_);
  gtk_widget_set_no_show_all(fields_, TRUE);
  g_signal_connect(list_, "changed", G_CALLBACK(on_list), this);
  g_signal_connect(width_, "value-changed", G_CALLBACK(on_width), this);
  g_signal_connect(height_, "value-changed", G_CALLBACK(on_height), this);
}

void SizeChoice::attach(GtkTable* table, int row) {
  attach_row(table, row, _("Si_ze:"), list_, 3);
  gtk_table_attach(table, fields_, 1, 4, row + 1, row + 2, GTK_FILL, GTK_FILL, 0, 0);
}

Size SizeChoice::of_entry(int entry) const {
  if (entry == kOwn) return {};
  return entry == kTargets ? sizes_.target() : sizes_.by_longest_side(kSides[std::max(0, entry)]);
}

bool SizeChoice::possible(Size size) const {
  const Size cover = sizes_.cover();
  return size.width >= 1 && size.height >= 1 && size.width <= cover.width && size.height <= cover.height &&
         size != cover;
}

Size SizeChoice::get() const {
  if (entry() == kOwn)
    return {gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(width_)),
            gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(height_))};
  return of_entry(entry());
}

void SizeChoice::set(Size size) {
  fill();
  int found = 0;
  while (found < kOwn && !(possible(of_entry(found)) && of_entry(found) == size)) ++found;
  updating_ = true;
  gtk_combo_box_set_active(GTK_COMBO_BOX(list_), found);
  updating_ = false;
  set_fields(size);
  show_fields();
}

void SizeChoice::follow() {
  const Size before = get();
  fill();
  if (entry() == kOwn)
    set_fields(before);
  else if (!possible(of_entry(entry())))
    set(before);
}

void SizeChoice::fill() {
  const Size cover = sizes_.cover();
  updating_ = true;
  gtk_spin_button_set_range(GTK_SPIN_BUTTON(width_), 1, std::max(1, cover.width));
  gtk_spin_button_set_range(GTK_SPIN_BUTTON(height_), 1, std::max(1, cover.height));
  for (int i = 0; i < kEntries; ++i) {
    GtkTreeIter line;
    gtk_tree_model_iter_nth_child(GTK_TREE_MODEL(lines_), &line, nullptr, i);
    const Size size = of_entry(i);
    const bool can =
        i == kOwn || (possible(size) && (i == kTargets || kSides[i] < std::max(cover.width, cover.height)));
    gtk_list_store_set(lines_, &line, kWords, words_of(i, size, can).c_str(), kSensitive, can, -1);
  }
  updating_ = false;
}

void SizeChoice::show_fields() {
  const bool own = entry() == kOwn;
  if (own == bool(gtk_widget_get_visible(fields_))) return;
  gtk_widget_set_visible(fields_, own);
  // At once: Tab goes by where widgets are, and who types quickly has pressed it before GTK finds the time.
  if (GtkWidget* view = gtk_widget_get_ancestor(fields_, GTK_TYPE_VIEWPORT); view && gtk_widget_get_mapped(view))
    gtk_container_check_resize(GTK_CONTAINER(view));
}

void SizeChoice::set_fields(Size size) {
  updating_ = true;
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(width_), size.width);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(height_), size.height);
  updating_ = false;
  const bool kept = sizes_.follow({size.width, 0}) == size || sizes_.follow({0, size.height}) == size;
  gimp_chain_button_set_active(GIMP_CHAIN_BUTTON(chain_), kept);
}

void SizeChoice::chosen() {
  if (updating_) return;
  if (entry() != kOwn) set_fields(get());  // what an own size begins with
  show_fields();
  changed_();
}

void SizeChoice::side_changed(bool width) {
  if (updating_) return;
  if (gimp_chain_button_get_active(GIMP_CHAIN_BUTTON(chain_))) {
    const Size now = get();
    const Size kept = sizes_.follow(width ? Size{now.width, 0} : Size{0, now.height});
    updating_ = true;
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(width ? height_ : width_), width ? kept.height : kept.width);
    updating_ = false;
  }
  changed_();
}

}  // namespace plugin
