// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/reveal_dialog.hpp"

#include <utility>

#include "dialogs/gui.hpp"
#include "dialogs/scaler_tree.hpp"
#include "language.hpp"

namespace plugin {
namespace {

constexpr int kMostWidth = 900;  // px, before the page scrolls sideways

class RevealForm final : public Form<RevealSettings> {
 public:
  RevealForm(PagedWindow& window, const RevealSettings& start,
             std::function<std::string(const RevealSettings&)> complaint);
  bool ask(RevealSettings& settings, const std::string& wrong) override;
  void used() override {}

 private:
  void attach(int row, const char* words, GtkWidget* widget, GtkWidget* focus);

  const std::function<std::string(const RevealSettings&)> complaint_;
  GtkWidget* box_ = make_column(12);
  Page page_;
  GtkWidget *table_, *sizes_;
  ScalerTree scalers_;
  MessageLine message_{false};
};

RevealForm::RevealForm(PagedWindow& window, const RevealSettings& start,
                       std::function<std::string(const RevealSettings&)> complaint)
    : complaint_(std::move(complaint)), page_(window, box_), table_(gtk_table_new(3, 2, FALSE)),
      sizes_(gtk_entry_new()), scalers_({}, [this] { page_.respond(GTK_RESPONSE_OK); },
                                        {{"", _("All programs"), _("every way to scale that is listed here")}}) {
  page_.add_button(GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  page_.add_button(GTK_STOCK_OK, GTK_RESPONSE_OK);
  page_.set_default(GTK_RESPONSE_OK);
  gtk_container_set_border_width(GTK_CONTAINER(box_), 12);
  gtk_table_set_row_spacings(GTK_TABLE(table_), 6);
  gtk_table_set_col_spacings(GTK_TABLE(table_), 6);
  gtk_entry_set_text(GTK_ENTRY(sizes_), start.sizes.c_str());
  gtk_entry_set_activates_default(GTK_ENTRY(sizes_), TRUE);
  explain(sizes_, _("Longest sides in pixels, separated by blanks, such as \"64 128\"; empty: a quarter of the layer"),
          "plug-in-bifocal-reveal/sizes");
  attach(0, _("_Sizes:"), sizes_, sizes_);
  scalers_.set("");
  scalers_.set(start.scalers);
  attach(1, _("Scaled _by:"), scalers_.widget(), scalers_.search_field());
  GtkWidget* note = make_label(_("Hidden pictures are looked for at other sizes, too, whatever is shown."));
  gtk_table_attach(GTK_TABLE(table_), note, 0, 2, 2, 3, GTK_FILL, GTK_FILL, 0, 0);
  GtkWidget* scrolled = make_scrolling(table_, kMostWidth);
  gtk_box_pack_start(GTK_BOX(box_), scrolled, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), message_.widget(), FALSE, FALSE, 0);
  gtk_widget_show_all(scrolled);
}

void RevealForm::attach(int row, const char* words, GtkWidget* widget, GtkWidget* focus) {
  GtkWidget* label = gtk_label_new_with_mnemonic(words);
  gtk_misc_set_alignment(GTK_MISC(label), 0, 0);
  gtk_label_set_mnemonic_widget(GTK_LABEL(label), focus);
  gtk_table_attach(GTK_TABLE(table_), label, 0, 1, row, row + 1, GTK_FILL, GTK_FILL, 0, 0);
  gtk_table_attach(GTK_TABLE(table_), widget, 1, 2, row, row + 1, GtkAttachOptions(GTK_EXPAND | GTK_FILL),
                   GtkAttachOptions(GTK_EXPAND | GTK_FILL), 0, 0);
}

bool RevealForm::ask(RevealSettings& settings, const std::string& wrong) {
  page_.show(_("Bifocal, Reveal"), sizes_);
  gtk_widget_show_all(message_.widget());
  message_.show(page_.window().dialog(), {}, {});
  if (!wrong.empty()) message_.tell(wrong);
  while (page_.run() == GTK_RESPONSE_OK) {
    settings.sizes = gtk_entry_get_text(GTK_ENTRY(sizes_));
    settings.scalers = scalers_.get();
    const std::string complaint = complaint_(settings);
    if (complaint.empty()) return true;
    message_.tell(complaint);
    gtk_widget_grab_focus(sizes_);
  }
  return false;
}

}  // namespace

std::unique_ptr<Form<RevealSettings>> make_reveal_form(PagedWindow& window, const RevealSettings& start,
                                                       std::function<std::string(const RevealSettings&)> complaint) {
  return std::make_unique<RevealForm>(window, start, std::move(complaint));
}

}  // namespace plugin
