// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/opened_files.hpp"

#include <algorithm>
#include <memory>
#include <string>

#include "dialogs/gui.hpp"
#include "language.hpp"
#include "report_words.hpp"
#include "text.hpp"

namespace plugin {
namespace {

/// The path of the file that the user chose, or nothing.
Text ask_file(GtkWindow* parent) {
  const Window window(gtk_file_chooser_dialog_new(_("Open a Picture"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                                  GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL, GTK_STOCK_OPEN,
                                                  GTK_RESPONSE_ACCEPT, nullptr));
  gtk_dialog_set_alternative_button_order(GTK_DIALOG(window.get()), GTK_RESPONSE_ACCEPT, GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response(GTK_DIALOG(window.get()), GTK_RESPONSE_ACCEPT);
  const char* pictures = g_get_user_special_dir(G_USER_DIRECTORY_PICTURES);
  gtk_file_chooser_set_current_folder(GTK_FILE_CHOOSER(window.get()), pictures ? pictures : g_get_home_dir());
  if (gtk_dialog_run(GTK_DIALOG(window.get())) != GTK_RESPONSE_ACCEPT) return {};
  return Text(gtk_file_chooser_get_filename(GTK_FILE_CHOOSER(window.get())));
}

void tell(GtkWindow* parent, const std::string& words) {
  const Window window(
      gtk_message_dialog_new(parent, GTK_DIALOG_MODAL, GTK_MESSAGE_ERROR, GTK_BUTTONS_CLOSE, "%s", words.c_str()));
  gtk_window_set_title(GTK_WINDOW(window.get()), _("Bifocal Message"));
  gtk_dialog_run(GTK_DIALOG(window.get()));
}

}  // namespace

OpenedFiles::~OpenedFiles() {
  for (const gint32 image : images_)
    if (gimp_image_is_valid(image)) gimp_image_delete(image);
}

gint32 OpenedFiles::open(GtkWindow* parent) {
  const Text path = ask_file(parent);
  if (!path) return -1;
  const gint32 image = gimp_file_load(GIMP_RUN_INTERACTIVE, path.get(), path.get());
  if (image != -1) {
    images_.push_back(image);
    gint count = 0;
    const std::unique_ptr<gint32, decltype(&g_free)> layers(gimp_image_get_layers(image, &count), g_free);
    if (count > 0) return layers.get()[0];
  }
  const bool cancelled = gimp_get_pdb_status() == GIMP_PDB_CANCEL;
  if (!cancelled)
    tell(parent, filled(_("The file %s could not be opened."), Text(g_filename_display_basename(path.get())).get()) +
                     " " + (image == -1 ? sentence(gimp_get_pdb_error()) : _("It has no layers.")));
  return -1;
}

void OpenedFiles::keep(std::span<const gint32> layers) {
  for (const gint32 layer : layers) {
    const auto found = std::find(images_.begin(), images_.end(), gimp_item_get_image(layer));
    if (found == images_.end()) continue;
    gimp_display_new(*found);
    images_.erase(found);
  }
}

}  // namespace plugin
