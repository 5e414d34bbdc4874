// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/scaler_button.hpp"

#include <algorithm>
#include <utility>

#include <bifocal/scaler.hpp>

#include "dialogs/gui.hpp"
#include "language.hpp"

namespace plugin {
namespace {}  // namespace

ScalerButton::ScalerButton(const std::string& id, std::function<void()> changed, std::vector<ScalerTree::Line> first)
    : changed_(std::move(changed)), first_(std::move(first)), button_(gtk_button_new()), label_(gtk_label_new("")) {
  gtk_misc_set_alignment(GTK_MISC(label_), 0, 0.5);
  gtk_label_set_ellipsize(GTK_LABEL(label_), PANGO_ELLIPSIZE_END);
  gtk_container_add(GTK_CONTAINER(button_), label_);
  set(id);
  g_signal_connect(button_, "clicked", G_CALLBACK(on_clicked), this);
}

void ScalerButton::set(const std::string& id) {
  std::string name, about;
  const auto line = std::find_if(first_.begin(), first_.end(), [&](const ScalerTree::Line& l) { return l.id == id; });
  if (line != first_.end()) {
    name = line->name;
    about = name;
  } else {
    const bifocal::ScalerInfo info = bifocal::Scaler::find(id).info();
    name = info.name;
    // TRANSLATORS: a program, and how it is called there: "Pillow: bicubic, called as Image.resize(size, BICUBIC)"
    about = filled(_("%s, called as %s"), name.c_str(), std::string(info.call).c_str());
  }
  id_ = id;
  gtk_label_set_text(GTK_LABEL(label_), name.c_str());
  gtk_widget_set_tooltip_text(
      button_, filled(_("The software that scales: %s. Click to choose another."), about.c_str()).c_str());
  name_for_readers(button_, filled(_("Scaled by %s"), name.c_str()).c_str());
}

void ScalerButton::ask() {
  const Window window(gtk_dialog_new_with_buttons(_("Scaled By"), GTK_WINDOW(gtk_widget_get_toplevel(button_)),
                                                  GTK_DIALOG_MODAL, GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL, GTK_STOCK_OK,
                                                  GTK_RESPONSE_OK, nullptr));
  GtkDialog* dialog = GTK_DIALOG(window.get());
  gtk_dialog_set_alternative_button_order(dialog, GTK_RESPONSE_OK, GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response(dialog, GTK_RESPONSE_OK);
  ScalerTree tree(
      {}, [dialog] { gtk_dialog_response(dialog, GTK_RESPONSE_OK); }, first_);
  gtk_container_set_border_width(GTK_CONTAINER(tree.widget()), 12);
  gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(dialog)), tree.widget(), TRUE, TRUE, 0);
  gtk_widget_show_all(tree.widget());
  tree.set(id_);
  gtk_widget_grab_focus(tree.search_field());
  if (gtk_dialog_run(dialog) != GTK_RESPONSE_OK || tree.get() == id_) return;
  set(tree.get());
  changed_();
}

}  // namespace plugin
