// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/export_dialog.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

#include <libgimp/gimp.h>

#include "checks.hpp"
#include "dialogs/gui.hpp"
#include "errors.hpp"
#include "exported.hpp"
#include "language.hpp"
#include "text.hpp"

namespace plugin {
namespace {

constexpr char kEnding[] = ".png";

bool has_ending(const std::string& path) {
  const Text lower(g_ascii_strdown(path.c_str(), -1));
  return g_str_has_suffix(lower.get(), kEnding);
}

std::string base_of(const std::string& path) { return Text(g_filename_display_basename(path.c_str())).get(); }

bool may_overwrite(GtkWindow* parent, const std::string& path) {
  if (!g_file_test(path.c_str(), G_FILE_TEST_EXISTS)) return true;
  const Window window(gtk_message_dialog_new(
      parent, GTK_DIALOG_MODAL, GTK_MESSAGE_QUESTION, GTK_BUTTONS_NONE, "%s",
      filled(_("A file named %s is there already. Do you want to replace it?"), base_of(path).c_str()).c_str()));
  GtkDialog* dialog = GTK_DIALOG(window.get());
  gtk_window_set_title(GTK_WINDOW(dialog), _("Bifocal Message"));
  gtk_dialog_add_button(dialog, GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  gtk_dialog_add_button(dialog, _("_Replace"), GTK_RESPONSE_ACCEPT);
  gtk_dialog_set_default_response(dialog, GTK_RESPONSE_CANCEL);
  return gtk_dialog_run(dialog) == GTK_RESPONSE_ACCEPT;
}

/// Beside the image's own file; else among the pictures.
void propose(GtkFileChooser* chooser, gint32 layer) {
  const Text file(gimp_image_get_filename(gimp_item_get_image(layer)));
  const char* pictures = g_get_user_special_dir(G_USER_DIRECTORY_PICTURES);
  const Text folder(file ? g_path_get_dirname(file.get()) : g_strdup(pictures ? pictures : g_get_home_dir()));
  gtk_file_chooser_set_current_folder(chooser, folder.get());
  // A layer's name has the target, the size and the scaler in it; a "/" is none of a file's name.
  std::string name = Text(gimp_item_get_name(layer)).get();
  std::replace(name.begin(), name.end(), '/', '-');
  gtk_file_chooser_set_current_name(chooser, (name + kEnding).c_str());
}

/// Nothing: cancelled.
std::optional<std::string> ask_path(GtkWindow* parent, gint32 layer) {
  const Window window(gtk_file_chooser_dialog_new(_("Export as PNG"), parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                                  GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL, GTK_STOCK_SAVE,
                                                  GTK_RESPONSE_ACCEPT, nullptr));
  gtk_dialog_set_default_response(GTK_DIALOG(window.get()), GTK_RESPONSE_ACCEPT);
  GtkFileChooser* chooser = GTK_FILE_CHOOSER(window.get());
  propose(chooser, layer);
  while (gtk_dialog_run(GTK_DIALOG(window.get())) == GTK_RESPONSE_ACCEPT) {
    const Text chosen(gtk_file_chooser_get_filename(chooser));
    if (!chosen) continue;
    std::string path = chosen.get();
    if (!has_ending(path)) path += kEnding;
    if (may_overwrite(GTK_WINDOW(window.get()), path)) return path;
  }
  return {};
}

/// How many pixels of a file are not those of `image`; nothing: the sizes differ.
std::optional<std::size_t> wrong_pixels(const std::string& path, const bifocal::Image8& image) {
  GError* error = nullptr;
  const Pixbuf file(gdk_pixbuf_new_from_file(path.c_str(), &error));
  if (!file) {
    const std::string why = error ? error->message : "";
    g_clear_error(&error);
    throw UserError(filled(_("%s was written, but it cannot be read again: %s"), base_of(path).c_str(), why.c_str()));
  }
  if (gdk_pixbuf_get_width(file.get()) != image.width() || gdk_pixbuf_get_height(file.get()) != image.height())
    return {};
  const int step = gdk_pixbuf_get_n_channels(file.get());
  std::size_t wrong = 0;
  for (int y = 0; y < image.height(); ++y) {
    const guchar* row =
        gdk_pixbuf_get_pixels(file.get()) + static_cast<std::size_t>(y) * gdk_pixbuf_get_rowstride(file.get());
    for (int x = 0; x < image.width(); ++x) {
      bool right = true;
      for (int c = 0; c < 3; ++c)
        right &= row[static_cast<std::size_t>(x) * step + c] == image.plane(image.channels() == 1 ? 0 : c).row(y)[x];
      wrong += !right;
    }
  }
  return wrong;
}

}  // namespace

std::string export_result(GtkWindow* parent, gint32 layer, const bifocal::Image8& shown) {
  const auto there = [&] {
    if (!gimp_item_is_valid(layer)) throw UserError(_("The result is not in its image any more. Nothing was written."));
  };
  there();
  const auto path = ask_path(parent, layer);
  if (!path) return {};
  there();                                            // it takes a while to choose
  while (gtk_events_pending()) gtk_main_iteration();  // what the file chooser lay on is painted again
  export_png(gimp_item_get_image(layer), *path);
  const std::string name = base_of(*path);
  if (shown.empty()) return filled(_("%s was written."), name.c_str());
  const auto wrong = wrong_pixels(*path, shown);
  if (!wrong)
    return filled(_("%s was written, but it has another size than the picture above: the image was changed since."),
                  name.c_str());
  if (*wrong == 0)
    return filled(_("%s was written and read again: it is the picture above, pixel for pixel."), name.c_str());
  return filled(
      plural("%s was written, but read again %lu pixel is another one than in the picture above: the image was "
             "changed since, or is in a precision that GIMP writes otherwise.",
             "%s was written, but read again %lu pixels are others than in the picture above: the image was "
             "changed since, or is in a precision that GIMP writes otherwise.",
             static_cast<unsigned long>(*wrong)),
      name.c_str(), static_cast<unsigned long>(*wrong));
}

}  // namespace plugin
