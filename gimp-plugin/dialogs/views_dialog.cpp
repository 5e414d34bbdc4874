// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/views_dialog.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <bifocal/scaler.hpp>

#include "answer.hpp"
#include "checks.hpp"
#include "dialogs/advanced_options.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/preset_bar.hpp"
#include "dialogs/trade_off_plot.hpp"
#include "dialogs/view_row.hpp"
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
constexpr int kMostWidth = 906, kMostListWidth = 870;  // px, before the content, and the list, scroll sideways
constexpr int kListHeight = 200, kPlotHeight = 240;    // px, at least
enum Leaf { kListPage, kPlotPage };
constexpr char kPresetFile[] = "bifocal-views-presets";

const Choice kAppearances[] = {
    {N_("Pixel by pixel"), N_("Each view is its target in every pixel, as near as they can be had together")},
    {N_("To the eye"), N_("All pictures look right to a person, with less contrast; the numbers may differ")},
};

class ViewsDialog final : public Form<ViewList> {
 public:
  ViewsDialog(PagedWindow& window, gint32 cover, const std::string& about, const ViewList& start, Foresee foresee);
  ~ViewsDialog() override { updating_ = true; }  // what the window says while it goes is no change
  bool ask(ViewList& list, const std::string& wrong) override;
  void used() override { files_.keep(targets()); }

 private:
  GtkWidget* make_top();
  GtkWidget* make_list();
  /// The list, and in its place the plot, once there is one.
  GtkWidget* make_pages();
  void show_leaf(Leaf leaf);
  GtkWidget* make_goals();
  void show(const ViewList& list);
  /// A list of one line, as without a run before.
  ViewList first_list() const;
  void add_row(const ViewLine& line);
  void add_new_row(gint32 target);
  void add_file();
  void remove_row(ViewRow* row);
  void clear_rows();
  /// The list's different targets, in its order.
  std::vector<gint32> targets() const;
  void use_fixed(const std::string& id);
  void use_own(const std::string& settings);
  void changed_by_user();
  void changed();
  void show_trade_off();
  /// What the widgets say.
  ViewList read() const;
  /// The same with the plug-in's own options, typed in Advanced, in their places. Throws UserError.
  ViewList wanted() const;

  static void on_add(GtkWidget*, ViewsDialog* self) noexcept {
    self->add_new_row(find_target_named(self->cover_, "", true));
  }
  static void on_add_file(GtkWidget*, ViewsDialog* self) noexcept { self->add_file(); }
  static void on_foresee(GtkWidget*, ViewsDialog* self) noexcept { self->page_.respond(kForesee); }
  static void on_change(GtkWidget*, ViewsDialog* self) noexcept { self->changed_by_user(); }

  gint32 cover_;
  std::string about_;
  const Foresee foresee_;
  OpenLayers open_;
  OpenedFiles files_;
  ViewColumns columns_;
  std::vector<std::unique_ptr<ViewRow>> rows_;
  PresetBar presets_;
  GtkWidget* box_ = make_column(12);
  Page page_;  // goes before those whose widgets it shows
  GtkWidget *rows_box_ = nullptr, *pages_ = nullptr, *appearance_ = nullptr, *fit_ = nullptr, *result_ = nullptr,
            *add_ = nullptr, *add_file_ = nullptr, *foresee_button_ = nullptr;
  AdvancedOptions advanced_;
  MessageLine message_{false};
  GtkAdjustment* balance_ = nullptr;
  std::unique_ptr<TradeOffPlot> plot_;
  bool updating_ = false;  // the dialog itself is setting values
};

ViewsDialog::ViewsDialog(PagedWindow& window, gint32 cover, const std::string& about, const ViewList& start,
                         Foresee foresee)
    : cover_(cover), about_(about), foresee_(std::move(foresee)),
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
      page_(window, box_), advanced_({}, [this] { changed_by_user(); }) {
  GtkWidget* reset = page_.add_button(_("_Reset"), kReset);
  explain(reset, _("Back to one view and the settings that Bifocal comes with"), "plug-in-bifocal-views/reset");
  page_.add_button(GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  page_.add_button(GTK_STOCK_OK, GTK_RESPONSE_OK);
  page_.set_default(GTK_RESPONSE_OK);
  GtkWidget* all = make_column(12);
  gtk_container_set_border_width(GTK_CONTAINER(all), 12);
  GtkWidget* goals = make_goals();
  plot_ = std::make_unique<TradeOffPlot>(balance_);
  gtk_box_pack_start(GTK_BOX(all), make_top(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), make_pages(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(all), goals, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), advanced_.widget(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), message_.widget(), FALSE, FALSE, 0);
  GtkWidget* scrolled = make_scrolling(all, kMostWidth);
  gtk_box_pack_start(GTK_BOX(box_), scrolled, TRUE, TRUE, 0);

  for (GtkWidget* widget : {appearance_, fit_}) g_signal_connect(widget, "changed", G_CALLBACK(on_change), this);
  show(start);
  gtk_widget_show_all(scrolled);
  show_leaf(kListPage);
}

GtkWidget* ViewsDialog::make_top() {
  GtkWidget* top = gtk_table_new(1, 2, FALSE);
  gtk_table_set_col_spacings(GTK_TABLE(top), 6);
  attach_row(GTK_TABLE(top), 0, _("_Preset:"), presets_.widget(), 1, presets_.list());
  return top;
}

GtkWidget* ViewsDialog::make_pages() {
  pages_ = gtk_notebook_new();
  gtk_notebook_append_page(GTK_NOTEBOOK(pages_), make_list(), gtk_label_new(_("Views")));
  gtk_notebook_append_page(GTK_NOTEBOOK(pages_), plot_->widget(), gtk_label_new(_("What Can Be Had")));
  gtk_widget_set_size_request(plot_->widget(), -1, kPlotHeight);
  return pages_;
}

void ViewsDialog::show_leaf(Leaf page) {
  gtk_widget_set_visible(plot_->widget(), page == kPlotPage);
  gtk_notebook_set_show_tabs(GTK_NOTEBOOK(pages_), page == kPlotPage);
  gtk_notebook_set_show_border(GTK_NOTEBOOK(pages_), page == kPlotPage);
  gtk_notebook_set_current_page(GTK_NOTEBOOK(pages_), page);
}

GtkWidget* ViewsDialog::make_list() {
  GtkWidget* list = make_column(6);
  gtk_container_set_border_width(GTK_CONTAINER(list), 6);
  gtk_widget_set_size_request(list, -1, kListHeight);
  GtkWidget* lines = make_column(6);
  gtk_box_pack_start(GTK_BOX(lines), columns_.widget(), FALSE, FALSE, 0);
  GtkWidget* scrolled = gtk_scrolled_window_new(nullptr, nullptr);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  rows_box_ = make_column(6);
  gtk_scrolled_window_add_with_viewport(GTK_SCROLLED_WINDOW(scrolled), rows_box_);
  gtk_viewport_set_shadow_type(GTK_VIEWPORT(gtk_bin_get_child(GTK_BIN(scrolled))), GTK_SHADOW_NONE);
  gtk_container_set_focus_vadjustment(GTK_CONTAINER(rows_box_),
                                      gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(scrolled)));
  gtk_box_pack_start(GTK_BOX(lines), scrolled, TRUE, TRUE, 0);
  GtkWidget* sideways = make_scrolling(lines, kMostListWidth);
  gtk_box_pack_start(GTK_BOX(list), sideways, TRUE, TRUE, 0);
  add_ = gtk_button_new_with_mnemonic(_("_Add a View"));
  explain(add_, _("Adds a line to the list"), "plug-in-bifocal-views/add");
  add_file_ = gtk_button_new_with_mnemonic(_("Add a _File..."));
  explain(add_file_,
          _("Opens a picture and adds a view that shows it. It stays open when this window is confirmed, and is closed "
            "again otherwise."),
          "plug-in-bifocal-views/add-file");
  GtkWidget* buttons = make_row(6);
  gtk_box_pack_start(GTK_BOX(buttons), add_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(buttons), add_file_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(list), buttons, FALSE, FALSE, 0);
  foresee_button_ = gtk_button_new_with_mnemonic(_("_What Can Be Had"));
  explain(foresee_button_, _("Solves the list for several balances on a small copy, and shows how far each view gets"),
          "plug-in-bifocal-views/what-can-be-had");
  gtk_box_pack_end(GTK_BOX(buttons), foresee_button_, FALSE, FALSE, 0);
  g_signal_connect(foresee_button_, "clicked", G_CALLBACK(on_foresee), this);
  g_signal_connect(add_, "clicked", G_CALLBACK(on_add), this);
  g_signal_connect(add_file_, "clicked", G_CALLBACK(on_add_file), this);
  return list;
}

GtkWidget* ViewsDialog::make_goals() {
  GtkWidget* goals = make_row(18);
  GtkWidget* tables[2];
  for (GtkWidget*& table : tables) {
    table = gtk_table_new(2, 2, FALSE);
    gtk_table_set_row_spacings(GTK_TABLE(table), 6);
    gtk_table_set_col_spacings(GTK_TABLE(table), 6);
    gtk_box_pack_start(GTK_BOX(goals), table, TRUE, TRUE, 0);
  }
  appearance_ = make_combo(kAppearances);
  attach_row(GTK_TABLE(tables[0]), 0, _("_Match:"), appearance_);
  const Balance balance = make_balance(_("views\nfirst"));
  balance_ = balance.value;
  explain(balance.number, _("How much the cover, and how much the views count"), "plug-in-bifocal-views/balance");
  attach_row(GTK_TABLE(tables[0]), 1, _("_Balance:"), balance.widget, 1, balance.number);
  fit_ = make_fit_combo();
  attach_row(GTK_TABLE(tables[1]), 0, _("Other _shapes:"), fit_);
  result_ = make_result_combo();
  for (GtkWidget* combo : {appearance_, fit_, result_}) let_shrink(combo);
  explain(appearance_, nullptr, "plug-in-bifocal-views/match");
  explain(fit_, nullptr, "plug-in-bifocal-views/shape");
  explain(result_, nullptr, "plug-in-bifocal-views/result");
  explain(advanced_.entry(), nullptr, "plug-in-bifocal-views/advanced");
  attach_row(GTK_TABLE(tables[1]), 1, _("Res_ult:"), result_);
  return goals;
}

void ViewsDialog::show(const ViewList& list) {
  updating_ = true;
  gtk_combo_box_set_active(GTK_COMBO_BOX(appearance_), list.appearance);
  gtk_combo_box_set_active(GTK_COMBO_BOX(fit_), int(list.fit));
  gtk_adjustment_set_value(balance_, list.balance);
  gtk_combo_box_set_active(GTK_COMBO_BOX(result_), int(list.result));
  advanced_.show(list.options);
  clear_rows();
  for (const ViewLine& line : list.lines) add_row(line);
  updating_ = false;
  changed();
}

ViewList ViewsDialog::first_list() const {
  ViewList list;
  ViewLine line;
  const std::vector<gint32> known = targets();
  line.target = known.empty() ? find_target_named(cover_, "", true) : known[0];
  if (gimp_item_is_valid(line.target)) start_line(cover_, line);
  list.lines.push_back(line);
  return list;
}

void ViewsDialog::add_row(const ViewLine& line) {
  rows_.push_back(std::make_unique<ViewRow>(
      columns_, open_, cover_, line, [this] { changed_by_user(); }, [this](ViewRow* row) { remove_row(row); }));
  gtk_box_pack_start(GTK_BOX(rows_box_), rows_.back()->widget(), FALSE, FALSE, 0);
}

void ViewsDialog::add_new_row(gint32 target) {
  ViewLine line;
  line.target = target;
  if (line.target != -1) start_line(cover_, line);
  add_row(line);
  changed_by_user();
}

void ViewsDialog::add_file() {
  const gint32 layer = files_.open(page_.window().window());
  if (layer == -1) return;
  open_.look();
  add_new_row(layer);
}

void ViewsDialog::remove_row(ViewRow* row) {
  if (rows_.size() <= 1) return;
  updating_ = true;
  gtk_widget_destroy(row->widget());
  updating_ = false;
  std::erase_if(rows_, [&](const auto& r) { return r.get() == row; });
  changed_by_user();
}

void ViewsDialog::clear_rows() {
  for (const auto& row : rows_) gtk_widget_destroy(row->widget());
  rows_.clear();
}

std::vector<gint32> ViewsDialog::targets() const {
  std::vector<gint32> found;
  for (const auto& row : rows_)
    if (const gint32 target = row->read().target; std::find(found.begin(), found.end(), target) == found.end())
      found.push_back(target);
  return found;
}

void ViewsDialog::use_fixed(const std::string& id) {
  const std::vector<gint32> known = targets();
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
  const std::vector<gint32> known = targets();
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
  gtk_widget_set_sensitive(add_, rows_.size() < bifocal::kMostTargets);
  gtk_widget_set_sensitive(add_file_, rows_.size() < bifocal::kMostTargets);
  for (const auto& row : rows_) row->set_removable(rows_.size() > 1);
  std::string wrong, words = about_;
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
    for (const bifocal::Message& about : messages_about(cover_, list)) words = joined({words, about.text});
  } catch (const std::exception& e) {
    wrong = e.what();
  }
  message_.show(page_.window().dialog(), wrong, words);
  // The trade-off is of pixel-by-pixel views.
  gtk_widget_set_sensitive(foresee_button_, wrong.empty() && gtk_combo_box_get_active(GTK_COMBO_BOX(appearance_)) == 0);
}

void ViewsDialog::show_trade_off() {
  try {
    const ViewList list = wanted();
    std::vector<std::string> names;
    for (const ViewLine& line : list.lines) {
      const bifocal::Size size = view_size(line);
      // TRANSLATORS: a view: target, width and height, scaler
      names.push_back(filled(_("%s, %dx%d, %s"), picture_name(line.target).c_str(), size.width, size.height,
                             std::string(bifocal::Scaler::find(line.scaler).info().name).c_str()));
    }
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
  for (const auto& row : rows_) list.lines.push_back(row->read());
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
