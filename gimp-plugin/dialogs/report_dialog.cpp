// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/report_dialog.hpp"

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "dialogs/gui.hpp"
#include "gimp_folder.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr char kFile[] = "bifocal-reports";  // holds "warnings" when only those are worth a window
constexpr char kOnlyWarnings[] = "warnings";
constexpr int kTextWidth = 520;         // px
constexpr std::size_t kManyLines = 14;  // more of them scroll
constexpr int kScrolledHeight = 360;    // px

bool only_warnings() {
  gchar* raw = nullptr;
  if (!g_file_get_contents(in_gimp_folder(kFile).get(), &raw, nullptr, nullptr)) return false;
  return g_str_has_prefix(Text(raw).get(), kOnlyWarnings);
}

void remember(bool only) {
  // Without the file the next report is shown once more: nothing to interrupt for.
  g_file_set_contents(in_gimp_folder(kFile).get(), only ? kOnlyWarnings : "all", -1, nullptr);
}

GtkWidget* make_text(const std::string& words) {
  GtkWidget* label = make_label("");
  gtk_label_set_text(GTK_LABEL(label), words.c_str());
  gtk_label_set_selectable(GTK_LABEL(label), TRUE);
  gtk_widget_set_can_focus(label, FALSE);
  gtk_widget_set_size_request(label, kTextWidth, -1);
  return label;
}

/// A title and sentences below it.
void add_part(GtkBox* box, const char* title, const std::vector<std::string>& lines, const char* icon) {
  GtkWidget* frame = gimp_frame_new(title);
  GtkWidget* list = gtk_vbox_new(FALSE, 6);
  for (const std::string& line : lines) {
    GtkWidget* row = gtk_hbox_new(FALSE, 6);
    if (icon) {
      GtkWidget* image = gtk_image_new_from_icon_name(icon, GTK_ICON_SIZE_MENU);
      gtk_misc_set_alignment(GTK_MISC(image), 0.5, 0);
      gtk_box_pack_start(GTK_BOX(row), image, FALSE, FALSE, 0);
    }
    gtk_box_pack_start(GTK_BOX(row), make_text(line), TRUE, TRUE, 0);
    gtk_box_pack_start(GTK_BOX(list), row, FALSE, FALSE, 0);
  }
  if (lines.size() > kManyLines) {
    GtkWidget* scrolled = gtk_scrolled_window_new(nullptr, nullptr);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_add_with_viewport(GTK_SCROLLED_WINDOW(scrolled), list);
    gtk_viewport_set_shadow_type(GTK_VIEWPORT(gtk_bin_get_child(GTK_BIN(scrolled))), GTK_SHADOW_NONE);
    gtk_widget_set_size_request(scrolled, -1, kScrolledHeight);
    list = scrolled;
  }
  gtk_container_add(GTK_CONTAINER(frame), list);
  gtk_box_pack_start(box, frame, FALSE, FALSE, 0);
}

struct ReportWindow {
  Window window = make_dialog(_("Bifocal, Result"), nullptr);
  GtkBox* box = GTK_BOX(gtk_vbox_new(FALSE, 12));

  ReportWindow() {
    GtkDialog* dialog = GTK_DIALOG(window.get());
    gtk_dialog_add_button(dialog, GTK_STOCK_CLOSE, GTK_RESPONSE_CLOSE);
    gtk_dialog_set_default_response(dialog, GTK_RESPONSE_CLOSE);
    gtk_window_set_resizable(GTK_WINDOW(window.get()), FALSE);
    gtk_container_set_border_width(GTK_CONTAINER(box), 12);
    gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(dialog)), GTK_WIDGET(box), TRUE, TRUE, 0);
  }
  void run() {
    gtk_widget_show_all(GTK_WIDGET(box));
    gtk_widget_grab_focus(gtk_dialog_get_widget_for_response(GTK_DIALOG(window.get()), GTK_RESPONSE_CLOSE));
    gimp_dialog_run(GIMP_DIALOG(window.get()));
  }
};

}  // namespace

void show_report(const ReportWords& words) {
  const bool quiet = only_warnings();
  if (quiet && words.warnings.empty()) return;
  ReportWindow report;
  add_part(report.box, words.headline.c_str(), words.figures, nullptr);
  if (!words.warnings.empty()) add_part(report.box, _("Please note"), words.warnings, GIMP_ICON_DIALOG_WARNING);
  if (!words.notes.empty()) add_part(report.box, _("Good to know"), words.notes, GIMP_ICON_DIALOG_INFORMATION);
  GtkWidget* always = gtk_check_button_new_with_mnemonic(_("_Show this after every image"));
  gtk_widget_set_tooltip_text(
      always, _("Off: only when there is something to warn of. The layer keeps all figures in any case."));
  gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(always), !quiet);
  gtk_box_pack_start(report.box, always, FALSE, FALSE, 0);
  report.run();
  if (const bool now = !gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(always)); now != quiet) remember(now);
}

void show_verdict(const std::string& headline, const std::string& words) {
  ReportWindow report;
  add_part(report.box, headline.c_str(), {words}, nullptr);
  report.run();
}

}  // namespace plugin
