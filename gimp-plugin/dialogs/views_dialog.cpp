// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/views_dialog.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include "answer.hpp"
#include "checks.hpp"
#include "dialogs/views_form.hpp"
#include "dialogs/window_memory.hpp"
#include "language.hpp"
#include "report_words.hpp"
#include "settings.hpp"
#include "small_size.hpp"
#include "view_sizes.hpp"

namespace plugin {
namespace {

constexpr const char* kTitle = N_("Bifocal, Many Views");
constexpr int kMostWidth = 986;   // px, before the content scrolls sideways
constexpr int kPlotHeight = 190;  // px, at least
constexpr int kApart = 18;        // px, between goals and preview
constexpr int kCombo = 200;       // px, at least

/// A table's second row, beside the first one.
void put_in_one_line(GtkTable* table) {
  GList* children = gtk_container_get_children(GTK_CONTAINER(table));
  for (GList* each = children; each; each = each->next) {
    GtkContainer* in = GTK_CONTAINER(table);
    GtkWidget* child = GTK_WIDGET(each->data);
    guint left = 0, row = 0;
    gtk_container_child_get(in, child, "left-attach", &left, "top-attach", &row, nullptr);
    if (row == 1)
      gtk_container_child_set(in, child, "left-attach", left + 2, "right-attach", left + 3, "top-attach", 0,
                              "bottom-attach", 1, nullptr);
  }
  g_list_free(children);
  gtk_table_resize(table, 1, 4);
  gtk_table_set_col_spacing(table, 1, kApart);
  gtk_table_set_col_spacing(table, 2, 6);
}
constexpr char kPresetFile[] = "bifocal-views-presets";

const Choice kAppearances[] = {
    {N_("Pixel by pixel"), N_("Each view is its target in every pixel, as near as they can be had together")},
    {N_("To the eye"), N_("All pictures look right to a person, with less contrast; the numbers may differ")},
};

}  // namespace

ViewsDialog::ViewsDialog(PagedWindow& window, const Viewing& start, Foresee foresee)
    : first_cover_(start.cover), cover_(start.cover.layer), foresee_(std::move(foresee)),
      cover_list_(
          open_, _("Cover"), [](gint32 layer) { return can_be_target(-1, layer); }, [this] { cover_chosen(); },
          LayerChooser::WhenGone::None),
      list_(open_, files_, cover_, [this] { changed_by_user(); }),
      presets_(
          PresetFile(kPresetFile),
          {{"thumbnail", N_("Thumbnail")},
           {"works-everywhere", N_("Works everywhere")},
           {"when-enlarged", N_("When enlarged")},
           {"small-and-large", N_("Small and large")}},
          {[this](const std::string& id) { use_fixed(id); }, [this](const std::string& settings) { use_own(settings); },
           [this] {
             ViewList list = read();
             for (ViewLine& line : list.lines)
               if (gimp_item_is_valid(line.target)) line.target_name = picture_name(line.target);
             return to_json(list);
           }},
          "plug-in-bifocal-views/preset"),
      page_(window, box_), preview_(
                               window.memory(), [this](Advice advice) { follow(advice); }, true),
      advanced_({}, [this] { changed_by_user(); }) {
  GtkWidget* reset = page_.add_button(_("_Reset"), kReset);
  explain(reset, _("Back to one view and the settings that Bifocal comes with"), "plug-in-bifocal-views/reset");
  page_.add_button(GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  page_.add_button(GTK_STOCK_OK, GTK_RESPONSE_OK);
  page_.set_default(GTK_RESPONSE_OK);
  GtkWidget* all = make_column(12);
  gtk_container_set_border_width(GTK_CONTAINER(all), 12);
  GtkWidget* goals = make_goals();
  plot_ = std::make_unique<TradeOffPlot>(balance_);
  gtk_box_pack_start(GTK_BOX(goals), advanced_.widget(), FALSE, FALSE, 0);
  GtkWidget* halves = make_row(kApart);
  gtk_box_pack_start(GTK_BOX(halves), goals, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(halves), preview_.widget(), TRUE, TRUE, 0);
  GtkWidget* top = make_top();
  gtk_box_pack_start(GTK_BOX(all), top, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), make_pages(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(all), halves, TRUE, TRUE, 0);
  GtkWidget* scrolled = make_scrolling(all, kMostWidth);
  gtk_box_pack_start(GTK_BOX(box_), scrolled, TRUE, TRUE, 0);
  GtkWidget* said = make_column(6);  // in sight wherever the list is scrolled to
  gtk_container_set_border_width(GTK_CONTAINER(said), 12);
  gtk_box_pack_start(GTK_BOX(said), preview_.words(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(said), message_.widget(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), said, FALSE, FALSE, 0);

  for (GtkWidget* widget : {appearance_, fit_}) g_signal_connect(widget, "changed", G_CALLBACK(on_change), this);
  preview_.set_cover(cover_);
  show(start.list);
  for (GtkWidget* widget : {scrolled, said}) gtk_widget_show_all(widget);
  GtkRequisition wants;
  gtk_widget_size_request(halves, &wants);
  if (wants.width > kMostWidth)  // large letters
    gtk_orientable_set_orientation(GTK_ORIENTABLE(halves), GTK_ORIENTATION_VERTICAL);
  else
    put_in_one_line(GTK_TABLE(top));
  show_leaf(kListPage);
}

ViewsDialog::~ViewsDialog() {
  updating_ = true;  // what the window says while it goes is no change
}

GtkWidget* ViewsDialog::make_cover_row() {
  cover_list_.set(cover_);
  swap_ = gtk_button_new_with_mnemonic(_("S_wap"));
  explain(cover_list_.widget(), _("What the result shows at full size. It goes above this layer, into its image."),
          "plug-in-bifocal-views/cover");
  explain(swap_, _("Makes the cover the target, and the target the cover"), "plug-in-bifocal-views/cover");
  g_signal_connect(swap_, "clicked", G_CALLBACK(on_swap), this);
  GtkWidget* row = make_row(6);
  gtk_box_pack_start(GTK_BOX(row), cover_list_.widget(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(row), swap_, FALSE, FALSE, 0);
  return row;
}

MeantCover ViewsDialog::meant() const { return meant_cover(cover_list_.get(), first_cover_); }

/// Presets and cover, one below the other.
GtkWidget* ViewsDialog::make_top() {
  GtkWidget* top = gtk_table_new(2, 2, FALSE);
  gtk_table_set_col_spacings(GTK_TABLE(top), 6);
  gtk_table_set_row_spacings(GTK_TABLE(top), 6);
  let_shrink(presets_.list());
  attach_row(GTK_TABLE(top), 0, _("_Quick presets:"), presets_.widget(), 1, presets_.list());
  attach_row(GTK_TABLE(top), 1, _("Cov_er:"), make_cover_row(), 1, cover_list_.widget());
  return top;
}

GtkWidget* ViewsDialog::make_pages() {
  pages_ = gtk_notebook_new();
  gtk_notebook_append_page(GTK_NOTEBOOK(pages_), list_.widget(), gtk_label_new(_("Views")));
  gtk_notebook_append_page(GTK_NOTEBOOK(pages_), plot_->widget(), gtk_label_new(_("What Can Be Had")));
  gtk_widget_set_size_request(plot_->widget(), -1, kPlotHeight);
  foresee_button_ = gtk_button_new_with_mnemonic(_("Wha_t Can Be Had"));
  explain(foresee_button_, _("Solves the list for several balances on a small copy, and shows how far each view gets"),
          "plug-in-bifocal-views/what-can-be-had");
  list_.add_button(foresee_button_);
  g_signal_connect(foresee_button_, "clicked", G_CALLBACK(on_foresee), this);
  return pages_;
}

void ViewsDialog::show_leaf(Leaf page) {
  gtk_widget_set_visible(plot_->widget(), page == kPlotPage);
  gtk_notebook_set_show_tabs(GTK_NOTEBOOK(pages_), page == kPlotPage);
  gtk_notebook_set_show_border(GTK_NOTEBOOK(pages_), page == kPlotPage);
  gtk_notebook_set_current_page(GTK_NOTEBOOK(pages_), page);
}

GtkWidget* ViewsDialog::make_goals() {
  GtkWidget* goals = make_column(6);
  GtkWidget* table = gtk_table_new(4, 2, FALSE);
  gtk_table_set_row_spacings(GTK_TABLE(table), 6);
  gtk_table_set_col_spacings(GTK_TABLE(table), 6);
  gtk_box_pack_start(GTK_BOX(goals), table, FALSE, FALSE, 0);
  appearance_ = make_combo(kAppearances);
  const Balance balance = make_balance(_("views\nfirst"));
  balance_ = balance.value;
  fit_ = make_fit_combo();
  result_ = make_result_combo();
  for (GtkWidget* combo : {appearance_, fit_, result_}) {
    let_shrink(combo);
    gtk_widget_set_size_request(combo, kCombo, -1);
  }
  attach_row(GTK_TABLE(table), 0, _("_Match:"), appearance_);
  attach_row(GTK_TABLE(table), 1, _("_Balance:"), balance.widget, 1, balance.number);
  attach_row(GTK_TABLE(table), 2, _("Other _shapes:"), fit_);
  attach_row(GTK_TABLE(table), 3, _("Res_ult:"), result_);
  explain(balance.number, _("How much the cover, and how much the views count"), "plug-in-bifocal-views/balance");
  explain(appearance_, nullptr, "plug-in-bifocal-views/match");
  explain(fit_, nullptr, "plug-in-bifocal-views/shape");
  explain(result_, nullptr, "plug-in-bifocal-views/result");
  explain(advanced_.entry(), nullptr, "plug-in-bifocal-views/advanced");
  g_signal_connect(balance_, "value-changed", G_CALLBACK(on_balance), this);
  return goals;
}

void ViewsDialog::show(const ViewList& list) {
  updating_ = true;
  gtk_combo_box_set_active(GTK_COMBO_BOX(appearance_), list.appearance);
  gtk_combo_box_set_active(GTK_COMBO_BOX(fit_), int(list.fit));
  gtk_adjustment_set_value(balance_, list.balance);
  gtk_combo_box_set_active(GTK_COMBO_BOX(result_), int(list.result));
  advanced_.show(list.options);
  list_.show(list.lines);
  updating_ = false;
  changed();
}

void ViewsDialog::show_trade_off() {
  try {
    const ViewList list = wanted();
    std::vector<std::string> names;
    for (const ViewLine& line : list.lines) names.push_back(view_name(line));
    plot_->show(foresee_(cover_, list), names);
    show_leaf(kPlotPage);
  } catch (const Cancelled&) {
  } catch (const std::exception& e) {
    message_.show(page_.window().dialog(), {}, sentence(e.what()));
  }
  page_.show(_(kTitle), foresee_button_);
}

ViewList ViewsDialog::read() const {
  ViewList list;
  list.lines = list_.lines();
  list.appearance = std::max(0, gtk_combo_box_get_active(GTK_COMBO_BOX(appearance_)));
  list.fit = bifocal::Fit(std::max(0, gtk_combo_box_get_active(GTK_COMBO_BOX(fit_))));
  list.balance = gtk_adjustment_get_value(balance_);
  list.result = ResultAs(std::max(0, gtk_combo_box_get_active(GTK_COMBO_BOX(result_))));
  list.options = advanced_.get();
  return list;
}

ViewList ViewsDialog::wanted() const {
  ViewList list = read();
  take_own_options(list.options, list.fit, list.result);
  return list;
}

void ViewsDialog::used() {
  std::vector<gint32> used = list_.targets();
  used.push_back(cover_);
  files_.keep(used);
}

bool ViewsDialog::ask(Viewing& viewing, const std::string& wrong) {
  page_.show(_(kTitle), page_.button(GTK_RESPONSE_OK));
  if (!first_.pending()) look_ahead();  // what is open may have changed
  if (!wrong.empty()) message_.tell(wrong);
  for (;;) {
    switch (page_.run()) {
      case kReset:
        presets_.forget();
        show(first_list());
        break;
      case kForesee:
        show_trade_off();
        break;
      case GTK_RESPONSE_OK:
        viewing = {meant(), wanted()};
        preview_.sleep();
        return true;
      default:
        return false;
    }
  }
}

std::unique_ptr<Form<Viewing>> make_views_form(PagedWindow& window, const Viewing& start, Foresee foresee) {
  return std::make_unique<ViewsDialog>(window, start, std::move(foresee));
}

}  // namespace plugin
