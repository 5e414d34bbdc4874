// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/view_pictures.hpp"

#include <algorithm>

#include "dialogs/fitted.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/wrapping.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr int kWidth = 130, kHeight = 130;      // px, at least
constexpr int kListPicture = 24, kLeast = 170;  // px
enum Column { kPixbuf, kName, kGrade, kColumns };

const char* words_of(bifocal::Grade grade) {
  switch (grade) {
    case bifocal::Grade::VeryGood:
    case bifocal::Grade::Good:
      // TRANSLATORS: how well a view shows its target, in a list
      return _("clear");
    case bifocal::Grade::Fair:
      return _("recognisable");
    case bifocal::Grade::Poor:
    case bifocal::Grade::Hardly:
      return _("hardly shown");
  }
  return "";
}

}  // namespace

ViewPictures::ViewPictures()
    : box_(make_column(6)), lines_(gtk_list_store_new(kColumns, GDK_TYPE_PIXBUF, G_TYPE_STRING, G_TYPE_STRING)) {
  list_ = gtk_combo_box_new_with_model(GTK_TREE_MODEL(lines_));
  g_object_unref(lines_);  // the combo box keeps it
  GtkCellRenderer* picture = gtk_cell_renderer_pixbuf_new();
  gtk_cell_renderer_set_fixed_size(picture, kListPicture + 6, kListPicture + 2);
  gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(list_), picture, FALSE);
  gtk_cell_layout_add_attribute(GTK_CELL_LAYOUT(list_), picture, "pixbuf", kPixbuf);
  GtkCellRenderer* name = gtk_cell_renderer_text_new();
  g_object_set(name, "ellipsize", PANGO_ELLIPSIZE_START, "width-chars", 14, nullptr);
  gtk_cell_layout_pack_start(GTK_CELL_LAYOUT(list_), name, TRUE);
  gtk_cell_layout_add_attribute(GTK_CELL_LAYOUT(list_), name, "text", kName);
  GtkCellRenderer* grade = gtk_cell_renderer_text_new();
  gtk_cell_layout_pack_end(GTK_CELL_LAYOUT(list_), grade, FALSE);
  gtk_cell_layout_add_attribute(GTK_CELL_LAYOUT(list_), grade, "text", kGrade);
  title_ = make_label("");
  explain(list_, _("Which view is shown below"), "plug-in-bifocal-views/preview");
  name_for_readers(list_, _("View"));
  gtk_widget_set_size_request(list_, kLeast, -1);
  gtk_widget_show_all(list_);
  gtk_widget_hide(list_);
  gtk_widget_set_no_show_all(list_, TRUE);
  gtk_box_pack_start(GTK_BOX(box_), make_wrapping(title_, 2 * kWidth), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), list_, FALSE, FALSE, 0);
  g_signal_connect(list_, "changed", G_CALLBACK(on_chosen), this);

  const char* names[] = {_("Thumbnail"), _("Wanted")};
  const char* tips[] = {_("What the program makes of the result, pixel by pixel"),
                        _("The target at the same size: what it should make of it")};
  GtkWidget* pair = gtk_hbox_new(TRUE, 12);
  for (const Which i : {kShown, kWanted}) {
    GtkWidget* column = make_column(3);
    canvases_[i] = make_canvas(kWidth, kHeight, [this, i](cairo_t* c, int w, int h) { paint(c, w, h, i); });
    name_for_readers(canvases_[i], names[i]);
    gtk_widget_set_tooltip_text(canvases_[i], tips[i]);
    GtkWidget* label = make_label(names[i]);
    if (i == kShown) shown_name_ = label;
    gtk_label_set_justify(GTK_LABEL(label), GTK_JUSTIFY_CENTER);
    gtk_misc_set_alignment(GTK_MISC(label), 0.5, 0.5);
    gtk_box_pack_start(GTK_BOX(column), canvases_[i], TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(column), make_wrapping(label, kWidth), FALSE, FALSE, 0);
    gtk_box_pack_start(GTK_BOX(pair), column, TRUE, TRUE, 0);
  }
  gtk_box_pack_start(GTK_BOX(box_), pair, TRUE, TRUE, 0);
  set_views({{}});
}

std::size_t ViewPictures::chosen() const {
  return static_cast<std::size_t>(std::max(0, gtk_combo_box_get_active(GTK_COMBO_BOX(list_))));
}

void ViewPictures::set_views(const std::vector<std::string>& names) {
  if (names == views_ && !views_.empty()) return;
  const std::size_t before = chosen();
  if (names.size() != views_.size()) clear();  // what is known is of other views
  views_ = names;
  gtk_list_store_clear(lines_);
  for (const std::string& name : views_)
    gtk_list_store_insert_with_values(lines_, nullptr, -1, kName, name.c_str(), kGrade, "", -1);
  gtk_combo_box_set_active(GTK_COMBO_BOX(list_), before < views_.size() ? static_cast<int>(before) : 0);
  const bool several = views_.size() > 1;
  gtk_widget_set_visible(list_, several);
  gtk_label_set_markup_with_mnemonic(GTK_LABEL(title_),
                                     marked("b", several ? _("As each v_iew shows it") : _("As a thumbnail")).c_str());
  gtk_label_set_mnemonic_widget(GTK_LABEL(title_), several ? list_ : nullptr);
}

void ViewPictures::show(const std::shared_ptr<const Previewed>& p) {
  if (!p->thumbnails.empty()) pictures_[kShown] = p;
  if (!p->wanted.empty()) pictures_[kWanted] = p;
  if (views_.size() > 1) {
    for (std::size_t k = 0; k < views_.size(); ++k) {
      GtkTreeIter line;
      gtk_tree_model_iter_nth_child(GTK_TREE_MODEL(lines_), &line, nullptr, static_cast<int>(k));
      if (k < p->thumbnails.size())
        gtk_list_store_set(lines_, &line, kPixbuf, to_pixbuf(p->thumbnails[k], kListPicture).get(), -1);
      if (p->judgement)
        gtk_list_store_set(lines_, &line, kGrade,
                           k < p->judgement->each_view.size() ? words_of(p->judgement->each_view[k]) : "", -1);
    }
  }
  redraw();
}

void ViewPictures::clear() {
  for (auto& known : pictures_) known.reset();
  redraw();
}

void ViewPictures::redraw() {
  for (GtkWidget* canvas : canvases_) gtk_widget_queue_draw(canvas);
}

void ViewPictures::paint(cairo_t* cairo, int width, int height, Which which) {
  const std::size_t k = chosen();
  const auto of = [&](Which i) -> const bifocal::Image8* {
    if (!pictures_[i]) return nullptr;
    const auto& all = i == kShown ? pictures_[i]->thumbnails : pictures_[i]->wanted;
    return k < all.size() ? &all[k] : nullptr;
  };
  const bifocal::Image8* image = of(which);
  if (!image) return;
  // Both pictures have the size of what is wanted; a quick thumbnail has fewer pixels.
  const bifocal::Image8* wanted = of(kWanted);
  const double times =
      paint_fitted(cairo, width, height, to_pixbuf(*image).get(), wanted ? wanted->size() : image->size());
  const std::string zoom = times >= 1 ? filled(_("×%d"), static_cast<int>(times)) : std::string(_("smaller"));
  // TRANSLATORS: the placeholder says how it is shown: "×2", or "smaller"
  const std::string shown = filled(views_.size() > 1 ? _("Shown, %s") : _("Thumbnail, %s"), zoom.c_str());
  if (shown != gtk_label_get_text(GTK_LABEL(shown_name_))) gtk_label_set_text(GTK_LABEL(shown_name_), shown.c_str());
}

}  // namespace plugin
