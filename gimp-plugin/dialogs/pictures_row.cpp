// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/pictures_row.hpp"

#include <utility>

#include "checks.hpp"
#include "dialogs/gui.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr int kLeast = 170;  // px, of a list: with large letters there must be room for the buttons beside it

}  // namespace

PicturesRow::PicturesRow(OpenLayers& open, OpenedFiles& files, gint32 cover, std::function<void()> changed)
    : files_(files), changed_(std::move(changed)), last_cover_(cover),
      cover_(
          open, _("Cover"), [](gint32 layer) { return can_be_target(-1, layer); }, [this] { cover_chosen(); },
          LayerChooser::WhenGone::None),
      target_(
          open, _("Target"), [this](gint32 layer) { return can_be_target(last_cover_, layer); }, [this] { tell(); }),
      swap_(gtk_button_new_with_mnemonic(_("S_wap"))) {
  show(cover, -1);
  explain(cover_.widget(), _("What the result shows at full size. It goes above this layer, into its image."),
          "plug-in-bifocal/cover");
  explain(target_.widget(), _("The layer that the small image shows. Layers of all open images are listed."),
          "plug-in-bifocal/target");
  explain(swap_, _("Makes the cover the target, and the target the cover"), "plug-in-bifocal/cover");
  g_signal_connect(swap_, "clicked", G_CALLBACK(on_swap), this);
}

void PicturesRow::attach(GtkTable* table, int row) {
  GtkWidget* open_file = make_open_button(files_, target_, [this] { tell(); });
  const struct {
    const char* name;
    LayerChooser& list;
    GtkWidget* button;
  } rows[] = {{_("Cov_er:"), cover_, swap_}, {_("_Target:"), target_, open_file}};
  for (const auto& r : rows) {
    gtk_widget_set_size_request(r.list.widget(), kLeast, -1);
    GtkWidget* both = make_row(6);
    gtk_box_pack_start(GTK_BOX(both), r.list.widget(), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(both), r.button, FALSE, FALSE, 0);
    attach_row(table, row++, r.name, both, 3, r.list.widget());
  }
  GtkSizeGroup* as_wide = gtk_size_group_new(GTK_SIZE_GROUP_HORIZONTAL);
  gtk_size_group_add_widget(as_wide, swap_);
  gtk_size_group_add_widget(as_wide, open_file);
  g_object_unref(as_wide);  // the buttons keep it
}

void PicturesRow::set_target(gint32 layer) { show(cover(), layer); }

void PicturesRow::show(gint32 cover, gint32 target) {
  last_cover_ = cover;
  cover_.set(cover);
  target_.refresh();
  target_.set(target);
  gtk_widget_set_sensitive(swap_, cover_.get() != -1 && target_.get() != -1);
}

void PicturesRow::swap() {
  if (cover() == -1 || target() == -1) return;
  show(target(), cover());
  changed_();
}

void PicturesRow::cover_chosen() {
  const gint32 chosen = cover(), other = target();
  show(chosen, chosen == other ? last_cover_ : other);
  changed_();
}

void PicturesRow::tell() {
  show(cover(), target());
  changed_();
}

}  // namespace plugin
