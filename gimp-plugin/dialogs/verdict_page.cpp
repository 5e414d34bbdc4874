// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/verdict_page.hpp"

#include "dialogs/gui.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr int kAdjust = 1;
constexpr int kWords = 460, kMostWidth = 900;  // px, of the words, and before the page scrolls sideways

}  // namespace

bool show_verdict(PagedWindow& window, const Verdict& verdict) {
  GtkWidget* box = make_column(12);
  gtk_container_set_border_width(GTK_CONTAINER(box), 12);
  GtkWidget* words = make_label("");
  gtk_label_set_text(GTK_LABEL(words), verdict.words.c_str());
  gtk_label_set_selectable(GTK_LABEL(words), TRUE);
  gtk_widget_set_can_focus(words, FALSE);
  gtk_widget_set_size_request(words, kWords, -1);
  GtkWidget* headline = make_label(marked("b", verdict.headline).c_str());
  gtk_widget_set_size_request(headline, kWords, -1);
  for (GtkWidget* label : {headline, words}) gtk_box_pack_start(GTK_BOX(box), label, FALSE, FALSE, 0);
  GtkWidget* scrolled = make_scrolling(box, kMostWidth);
  gtk_widget_show_all(scrolled);
  Page page(window, scrolled);
  explain(page.add_button(_("_Adjust…"), kAdjust), _("Back to the settings"), "plug-in-bifocal-reveal");
  page.add_button(GTK_STOCK_CLOSE, GTK_RESPONSE_CLOSE);
  page.set_default(GTK_RESPONSE_CLOSE);
  page.show(verdict.title, page.button(GTK_RESPONSE_CLOSE));
  return page.run() == kAdjust;
}

}  // namespace plugin
