// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/report_parts.hpp"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dialogs/gui.hpp"
#include "gimp_folder.hpp"

namespace plugin {
namespace {

constexpr char kFile[] = "bifocal-reports";  // holds "warnings" when only those are worth a page
constexpr char kOnlyWarnings[] = "warnings";
constexpr int kTextWidth = 780;  // px

GtkWidget* make_text(const std::string& words) {
  GtkWidget* label = make_label("");
  gtk_label_set_text(GTK_LABEL(label), words.c_str());
  gtk_label_set_selectable(GTK_LABEL(label), TRUE);
  gtk_widget_set_can_focus(label, FALSE);
  gtk_widget_set_size_request(label, kTextWidth, -1);
  return label;
}

}  // namespace

void add_part(GtkBox* box, const char* title, const std::vector<std::string>& lines, const char* icon) {
  GtkWidget* frame = gimp_frame_new(title);
  GtkWidget* list = make_column(6);
  for (const std::string& line : lines) {
    GtkWidget* row = make_row(6);
    if (icon) {
      GtkWidget* image = gtk_image_new_from_icon_name(icon, GTK_ICON_SIZE_MENU);
      gtk_misc_set_alignment(GTK_MISC(image), 0.5, 0);
      gtk_box_pack_start(GTK_BOX(row), image, FALSE, FALSE, 0);
    }
    gtk_box_pack_start(GTK_BOX(row), make_text(line), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(list), row, FALSE, FALSE, 0);
  }
  gtk_container_add(GTK_CONTAINER(frame), list);
  gtk_box_pack_start(box, frame, FALSE, FALSE, 0);
}

bool only_warnings() { return text_in_gimp_folder(kFile).starts_with(kOnlyWarnings); }

void remember_only_warnings(bool only) {
  // Without the file the next result is shown once more: nothing to interrupt for.
  write_in_gimp_folder(kFile, only ? kOnlyWarnings : "all");
}

}  // namespace plugin
