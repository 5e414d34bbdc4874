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
#include "dialogs/advanced_options.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/preset_bar.hpp"
#include "dialogs/preview_pane.hpp"
#include "dialogs/trade_off_plot.hpp"
#include "dialogs/views_list.hpp"
#include "dialogs/window_memory.hpp"
#include "language.hpp"
#include "report_words.hpp"
#include "settings.hpp"
#include "small_size.hpp"
#include "view_sizes.hpp"

namespace plugin {
namespace {

constexpr int kReset = 1, kForesee = 2;
constexpr const char* kTitle = N_("Bifocal, Many Views");
constexpr int kMostWidth = 986;   // px, before the content scrolls sideways
constexpr int kPlotHeight = 190;  // px, at least
constexpr int kApart = 18;        // px, between goals and preview
constexpr int kCombo = 200;       // px, at least
enum Leaf { kListPage, kPlotPage };
constexpr char kPresetFile[] = "bifocal-views-presets";

const Choice kAppearances[] = {
    {N_("Pixel by pixel"), N_("Each view is its target in every pixel, as near as they can be had together")},
    {N_("To the eye"), N_("All pictures look right to a person, with less contrast; the numbers may differ")},
};

class ViewsDialog final : public Form<ViewList> {
 public:
  ViewsDialog(PagedWindow& window, gint32 cover, const std::string& about, const ViewList& start, Foresee foresee);
  ~ViewsDialog() override;
  bool ask(ViewList& list, const std::string& wrong) override;
  void used() override { files_.keep(list_.targets()); }

 private:
  GtkWidget* make_top();
  /// The list, and in its place the plot, once there is one.
  GtkWidget* make_pages();
  void show_leaf(Leaf leaf);
  GtkWidget* make_goals();
  void show(const ViewList& list);
  /// A list of one line, as without a run before.
  ViewList first_list() const;
  void use_fixed(const std::string& id);
  void use_own(const std::string& settings);
  void changed_by_user();
  void changed();
  /// Checks, and has the preview show what comes of it.
  void look_ahead();
  /// What is wrong with the list, or empty; and what is to be said of it.
  std::string check(std::string& words);
  static gboolean on_first(gpointer self) noexcept;
  void follow(Advice advice);
  void show_trade_off();
  /// What the widgets say.
  ViewList read() const;
  /// The same with the plug-in's own options, typed in Advanced, in their places. Throws UserError.
  ViewList wanted() const;

  static void on_foresee(GtkWidget*, ViewsDialog* self) noexcept { self->page_.respond(kForesee); }
  static void on_change(GtkWidget*, ViewsDialog* self) noexcept { self->changed_by_user(); }
  static void on_balance(GtkAdjustment*, ViewsDialog* self) noexcept { self->look_ahead(); }

  gint32 cover_;
  std::string about_;
  const Foresee foresee_;
  OpenLayers open_;
  OpenedFiles files_;
  ViewsList list_;
  PresetBar presets_;
  GtkWidget* box_ = make_column(12);
  Page page_;  // goes before those whose widgets it shows
  PreviewPane preview_;
  GtkWidget *pages_ = nullptr, *appearance_ = nullptr, *fit_ = nullptr, *result_ = nullptr, *foresee_button_ = nullptr;
  AdvancedOptions advanced_;
  MessageLine message_{false};
  GtkAdjustment* balance_ = nullptr;
  std::unique_ptr<TradeOffPlot> plot_;
  bool updating_ = false;  // the dialog itself is setting values
  guint first_ = 0;        // the first preview, once the window is there
};

ViewsDialog::ViewsDialog(PagedWindow& window, gint32 cover, const std::string& about, const ViewList& start,
                         Foresee foresee)
    : cover_(cover), about_(about), foresee_(std::move(foresee)),
      list_(open_, files_, cover, [this] { changed_by_user(); }),
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
  gtk_box_pack_start(GTK_BOX(all), make_top(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), make_pages(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(all), halves, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(all), preview_.words(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), message_.widget(), FALSE, FALSE, 0);
  GtkWidget* scrolled = make_scrolling(all, kMostWidth);
  gtk_box_pack_start(GTK_BOX(box_), scrolled, TRUE, TRUE, 0);

  for (GtkWidget* widget : {appearance_, fit_}) g_signal_connect(widget, "changed", G_CALLBACK(on_change), this);
  preview_.set_cover(cover_);
  first_ = g_idle_add(on_first, this);
  show(start);
  gtk_widget_show_all(scrolled);
  GtkRequisition wants;
  gtk_widget_size_request(halves, &wants);
  if (wants.width > kMostWidth)  // large letters
    gtk_orientable_set_orientation(GTK_ORIENTABLE(halves), GTK_ORIENTATION_VERTICAL);
  show_leaf(kListPage);
}

ViewsDialog::~ViewsDialog() {
  updating_ = true;  // what the window says while it goes is no change
  if (first_ != 0) g_source_remove(first_);
}

/// The window is there; a preview that reads pixels first would have kept it waiting.
gboolean ViewsDialog::on_first(gpointer self) noexcept {
  static_cast<ViewsDialog*>(self)->first_ = 0;
  static_cast<ViewsDialog*>(self)->changed();
  return G_SOURCE_REMOVE;
}

GtkWidget* ViewsDialog::make_top() {
  GtkWidget* top = gtk_table_new(1, 2, FALSE);
  gtk_table_set_col_spacings(GTK_TABLE(top), 6);
  attach_row(GTK_TABLE(top), 0, _("_Quick presets:"), presets_.widget(), 1, presets_.list());
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

ViewList ViewsDialog::first_list() const {
  ViewList list;
  ViewLine line;
  const std::vector<gint32> known = list_.targets();
  line.target = known.empty() ? find_target_named(cover_, "", true) : known[0];
  if (gimp_item_is_valid(line.target)) start_line(cover_, line);
  list.lines.push_back(line);
  return list;
}

void ViewsDialog::use_fixed(const std::string& id) {
  const std::vector<gint32> known = list_.targets();
  ViewList list = read();
  list.lines.clear();
  for (const bifocal::PresetView& v : bifocal::preset_views(bifocal::find_preset(id))) {
    ViewLine line;
    if (!known.empty()) line.target = known[std::min(v.target, known.size() - 1)];
    line.scaler = v.scaler;
    if (v.factor == 0) {
      if (gimp_item_is_valid(line.target)) start_line(cover_, line);
    } else {
      line.width = static_cast<int>(std::lround(gimp_drawable_width(cover_) * v.factor));
      line.height = static_cast<int>(std::lround(gimp_drawable_height(cover_) * v.factor));
    }
    list.lines.push_back(line);
  }
  show(list);
}

void ViewsDialog::use_own(const std::string& settings) {
  ViewList list = view_list_from(settings);
  if (list.lines.empty()) return message_.show(page_.window().dialog(), _("this preset cannot be read"), {});
  // Targets that are not open give way to those that the list shows now.
  const std::vector<gint32> known = list_.targets();
  std::vector<std::string> missing;
  for (ViewLine& line : list.lines) {
    line.target = find_target_named(cover_, line.target_name, false);
    if (line.target != -1 || known.empty()) continue;
    auto place = std::find(missing.begin(), missing.end(), line.target_name) - missing.begin();
    if (place == std::ssize(missing)) missing.push_back(line.target_name);
    line.target = known[std::min<std::size_t>(place, known.size() - 1)];
  }
  show(list);
}

void ViewsDialog::changed_by_user() {
  if (updating_) return;
  presets_.forget();
  changed();
}

void ViewsDialog::changed() {
  show_leaf(kListPage);  // what was drawn is not of these settings
  look_ahead();
}

void ViewsDialog::look_ahead() {
  if (updating_) return;
  std::string words = about_;
  const std::string wrong = check(words);
  message_.show(page_.window().dialog(), wrong, words);
  // The trade-off is of pixel-by-pixel views.
  gtk_widget_set_sensitive(foresee_button_, wrong.empty() && gtk_combo_box_get_active(GTK_COMBO_BOX(appearance_)) == 0);
  if (first_ != 0 || !page_.shown()) return;
  if (wrong.empty())
    preview_.show(wish_of(wanted()));
  else
    preview_.cannot();
}

std::string ViewsDialog::check(std::string& words) {
  try {
    const ViewList list = wanted();
    advanced_.suit(bifocal::Appearance(list.appearance), true, list.balance);
    for (const ViewLine& line : list.lines) {
      if (line.target == -1)
        throw UserError(_("Open a target first: as another image, or with File > Open as Layers."));
      check_target(cover_, line.target);
      if (view_size(line) == size_of(cover_))
        throw UserError(_("A view has the cover's own size, where only the cover can be seen."));
    }
    check_views_options(list.options);
    check_selection(gimp_item_get_image(cover_), cover_);
    for (const bifocal::Message& about : messages_about(cover_, list)) words = joined({words, about.text});
  } catch (const std::exception& e) {
    return e.what();
  }
  return {};
}

void ViewsDialog::follow(Advice advice) {
  if (advice == Advice::ToTheEye) gtk_combo_box_set_active(GTK_COMBO_BOX(appearance_), int(bifocal::Appearance::Eye));
}

void ViewsDialog::show_trade_off() {
  try {
    const ViewList list = wanted();
    std::vector<std::string> names;
    for (const ViewLine& line : list.lines) names.push_back(view_name(line));
    plot_->show(foresee_(list), names);
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

bool ViewsDialog::ask(ViewList& list, const std::string& wrong) {
  page_.show(_(kTitle), page_.button(GTK_RESPONSE_OK));
  if (first_ == 0) look_ahead();  // what is open may have changed
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
        list = wanted();
        preview_.sleep();
        return true;
      default:
        return false;
    }
  }
}

}  // namespace

std::unique_ptr<Form<ViewList>> make_views_form(PagedWindow& window, gint32 cover, const std::string& about,
                                                const ViewList& start, Foresee foresee) {
  return std::make_unique<ViewsDialog>(window, cover, about, start, std::move(foresee));
}

}  // namespace plugin
