// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/views_dialog.hpp"

#include <cmath>
#include <exception>
#include <memory>

#include <gegl.h>
#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <bifocal/scaler.hpp>

#include "answer.hpp"
#include "checks.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/trade_off_plot.hpp"
#include "report_words.hpp"
#include "settings.hpp"
#include "small_size.hpp"
#include "view_sizes.hpp"

namespace plugin {
namespace {

constexpr int kForesee = 1;
constexpr int kShortList = 120, kLongList = 262;  // px

struct NamedPreset {
  const char *id, *name;
};
constexpr NamedPreset kPresets[] = {{"thumbnail", "Thumbnail"},
                                    {"works-everywhere", "Works everywhere"},
                                    {"when-enlarged", "When enlarged"},
                                    {"small-and-large", "Small and large"}};

/// One line's widgets, kept by the dialog until it closes.
struct Row {
  GtkWidget *box = nullptr, *layer = nullptr, *width = nullptr, *height = nullptr, *scaler = nullptr, *weight = nullptr;
};

class ViewsDialog {
 public:
  ViewsDialog(gint32 cover, const std::string& about, const ViewList& start, const Foresee& foresee);
  bool run(ViewList& list);

 private:
  void add_row(const ViewLine& line);
  void add_new_row();
  void remove_row(GtkWidget* box);
  void use_preset();
  void changed();
  void show_trade_off();
  /// What the widgets say.
  ViewList read() const;
  /// The same with the plug-in's own options, typed in Advanced, in their places. Throws UserError.
  ViewList wanted() const;
  /// A new target brings its own size.
  void layer_changed(GtkWidget* layer);
  static gint32 layer_of(const Row& row);
  static ViewLine read_line(const Row& row);

  static gboolean is_target(gint32, gint32 item, gpointer self) noexcept {
    return can_be_target(static_cast<ViewsDialog*>(self)->cover_, item);
  }
  static void on_add(GtkWidget*, ViewsDialog* self) noexcept { self->add_new_row(); }
  static void on_remove(GtkWidget* button, ViewsDialog* self) noexcept {
    self->remove_row(gtk_widget_get_parent(button));
  }
  static void on_preset(GtkWidget*, ViewsDialog* self) noexcept { self->use_preset(); }
  static void on_layer(GtkWidget* layer, ViewsDialog* self) noexcept { self->layer_changed(layer); }
  static void on_change(GtkWidget*, ViewsDialog* self) noexcept { self->changed(); }

  gint32 cover_;
  std::string about_;
  const Foresee& foresee_;
  Window window_;
  GtkWidget *rows_box_ = nullptr, *scrolled_ = nullptr, *preset_ = nullptr, *appearance_ = nullptr, *fit_ = nullptr,
            *result_ = nullptr, *add_ = nullptr;
  Advanced advanced_;
  MessageLine message_;
  GtkAdjustment* balance_ = nullptr;
  std::unique_ptr<TradeOffPlot> plot_;
  std::vector<std::unique_ptr<Row>> rows_;
};

GtkWidget* spin(double value, double low, double high, double step, guint digits, const char* tip) {
  GtkWidget* widget = gtk_spin_button_new_with_range(low, high, step);
  gtk_spin_button_set_digits(GTK_SPIN_BUTTON(widget), digits);
  gtk_spin_button_set_value(GTK_SPIN_BUTTON(widget), value);
  gtk_spin_button_set_numeric(GTK_SPIN_BUTTON(widget), TRUE);
  gtk_widget_set_tooltip_text(widget, tip);
  return widget;
}

ViewsDialog::ViewsDialog(gint32 cover, const std::string& about, const ViewList& start, const Foresee& foresee)
    : cover_(cover), about_(about), foresee_(foresee),
      window_(make_dialog("Bifocal, Many Views", "plug-in-bifocal-views")), advanced_(make_advanced()) {
  GtkDialog* dialog = GTK_DIALOG(window_.get());
  GtkWidget* ask = gtk_dialog_add_button(dialog, "_What Can Be Had", kForesee);
  gtk_widget_set_tooltip_text(ask,
                              "Solves the list for several balances on a small copy, and shows how far each view gets");
  gtk_dialog_add_button(dialog, GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  gtk_dialog_add_button(dialog, GTK_STOCK_OK, GTK_RESPONSE_OK);
  gtk_dialog_set_alternative_button_order(dialog, GTK_RESPONSE_OK, kForesee, GTK_RESPONSE_CANCEL, -1);
  gtk_dialog_set_default_response(dialog, GTK_RESPONSE_OK);
  GtkWidget* all = gtk_vbox_new(FALSE, 12);
  gtk_container_set_border_width(GTK_CONTAINER(all), 12);
  gtk_box_pack_start(GTK_BOX(gtk_dialog_get_content_area(dialog)), all, TRUE, TRUE, 0);

  GtkWidget* top = gtk_table_new(1, 2, FALSE);
  gtk_table_set_col_spacings(GTK_TABLE(top), 6);
  preset_ = gtk_combo_box_text_new();
  gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(preset_), "None: the list below");
  gtk_combo_box_set_active(GTK_COMBO_BOX(preset_), 0);
  for (const NamedPreset& p : kPresets) gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(preset_), p.name);
  gtk_widget_set_tooltip_text(preset_, "Fills the list, for the layers that it now names");
  attach_row(GTK_TABLE(top), 0, "_Preset:", preset_);
  gtk_box_pack_start(GTK_BOX(all), top, FALSE, FALSE, 0);

  GtkWidget* list = gtk_vbox_new(FALSE, 6);
  gtk_box_pack_start(GTK_BOX(all), list, TRUE, TRUE, 0);
  GtkWidget* heading = make_label("<b>Views:</b> target, width and height (0: the target's own), scaler, weight");
  gtk_label_set_line_wrap(GTK_LABEL(heading), FALSE);
  gtk_box_pack_start(GTK_BOX(list), heading, FALSE, FALSE, 0);
  scrolled_ = gtk_scrolled_window_new(nullptr, nullptr);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled_), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  rows_box_ = gtk_vbox_new(FALSE, 6);
  gtk_scrolled_window_add_with_viewport(GTK_SCROLLED_WINDOW(scrolled_), rows_box_);
  gtk_viewport_set_shadow_type(GTK_VIEWPORT(gtk_bin_get_child(GTK_BIN(scrolled_))), GTK_SHADOW_NONE);
  gtk_box_pack_start(GTK_BOX(list), scrolled_, TRUE, TRUE, 0);
  add_ = gtk_button_new_with_mnemonic("_Add a View");
  GtkWidget* add_box = gtk_hbox_new(FALSE, 0);
  gtk_box_pack_start(GTK_BOX(add_box), add_, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(list), add_box, FALSE, FALSE, 0);

  GtkWidget* goals = gtk_table_new(4, 2, FALSE);
  gtk_table_set_row_spacings(GTK_TABLE(goals), 6);
  gtk_table_set_col_spacings(GTK_TABLE(goals), 6);
  appearance_ = gtk_combo_box_text_new();
  for (const char* name : {"Pixel by pixel", "To the eye"})
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(appearance_), name);
  gtk_combo_box_set_active(GTK_COMBO_BOX(appearance_), start.appearance);
  attach_row(GTK_TABLE(goals), 0, "_Match:", appearance_);
  fit_ = make_fit_combo();
  gtk_combo_box_set_active(GTK_COMBO_BOX(fit_), int(start.fit));
  attach_row(GTK_TABLE(goals), 1, "Targets of another _shape:", fit_);
  const Balance balance = make_balance("views\nfirst");
  balance_ = balance.value;
  gtk_adjustment_set_value(balance_, start.balance);
  attach_row(GTK_TABLE(goals), 2, "_Balance:", balance.widget, 1, balance.number);
  result_ = make_result_combo();
  gtk_combo_box_set_active(GTK_COMBO_BOX(result_), int(start.result));
  attach_row(GTK_TABLE(goals), 3, "Res_ult:", result_);
  gtk_box_pack_start(GTK_BOX(all), goals, FALSE, FALSE, 0);
  show_options(advanced_, start.options);
  gtk_box_pack_start(GTK_BOX(all), advanced_.widget, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(all), message_.widget(), FALSE, FALSE, 0);
  plot_ = std::make_unique<TradeOffPlot>(balance_);
  gtk_box_pack_start(GTK_BOX(all), plot_->widget(), FALSE, FALSE, 0);

  for (const ViewLine& line : start.lines) add_row(line);
  g_signal_connect(add_, "clicked", G_CALLBACK(on_add), this);
  g_signal_connect(preset_, "changed", G_CALLBACK(on_preset), this);
  for (GtkWidget* widget : {appearance_, fit_, advanced_.entry})
    g_signal_connect(widget, "changed", G_CALLBACK(on_change), this);
  changed();
  gtk_widget_show_all(all);
}

void ViewsDialog::add_row(const ViewLine& line) {
  auto row = std::make_unique<Row>();
  row->box = gtk_hbox_new(FALSE, 6);
  row->layer = gimp_layer_combo_box_new(is_target, this);
  gtk_widget_set_tooltip_text(row->layer, "What this view shows");
  if (line.target != -1) gimp_int_combo_box_set_active(GIMP_INT_COMBO_BOX(row->layer), line.target);
  row->width = spin(line.width, 0, 65535, 1, 0, "Width after scaling, in pixels; 0: the target's own");
  row->height = spin(line.height, 0, 65535, 1, 0, "Height after scaling, in pixels; 0: the target's own");
  row->scaler = gtk_combo_box_text_new();
  gtk_widget_set_tooltip_text(row->scaler, "The software that scales");
  int n = 0, active = 0;
  for (const bifocal::ScalerInfo& info : bifocal::Scaler::catalogue()) {
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(row->scaler), std::string(info.name).c_str());
    if (info.id == line.scaler) active = n;
    ++n;
  }
  gtk_combo_box_set_active(GTK_COMBO_BOX(row->scaler), active);
  row->weight = spin(line.weight, 0.01, 1000, 0.1, 2, "How much this view counts against the others");
  GtkWidget* remove = gtk_button_new_with_label("Remove");  // no mnemonic, as every line has one
  gtk_box_pack_start(GTK_BOX(row->box), row->layer, TRUE, TRUE, 0);
  for (GtkWidget* widget : {row->width, row->height, row->scaler, row->weight, remove})
    gtk_box_pack_start(GTK_BOX(row->box), widget, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(rows_box_), row->box, FALSE, FALSE, 0);
  g_signal_connect(remove, "clicked", G_CALLBACK(on_remove), this);
  g_signal_connect(row->layer, "changed", G_CALLBACK(on_layer), this);
  g_signal_connect(row->scaler, "changed", G_CALLBACK(on_change), this);
  for (GtkWidget* widget : {row->width, row->height, row->weight})
    g_signal_connect(widget, "value-changed", G_CALLBACK(on_change), this);
  gtk_widget_show_all(row->box);
  rows_.push_back(std::move(row));
}

void ViewsDialog::add_new_row() {
  ViewLine line;
  line.target = find_target_named(cover_, "", true);
  if (line.target != -1) start_line(cover_, line);
  add_row(line);
  changed();
}

void ViewsDialog::layer_changed(GtkWidget* layer) {
  for (const auto& row : rows_) {
    if (row->layer != layer) continue;
    ViewLine line = read_line(*row);
    if (!gimp_item_is_valid(line.target)) continue;
    start_line(cover_, line);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(row->width), line.width);
    gtk_spin_button_set_value(GTK_SPIN_BUTTON(row->height), line.height);
  }
  changed();
}

void ViewsDialog::remove_row(GtkWidget* box) {
  if (rows_.size() <= 1) return;
  std::erase_if(rows_, [&](const auto& row) { return row->box == box; });
  gtk_widget_destroy(box);
  changed();
}

gint32 ViewsDialog::layer_of(const Row& row) {
  gint id = -1;
  gimp_int_combo_box_get_active(GIMP_INT_COMBO_BOX(row.layer), &id);
  return id;
}

void ViewsDialog::use_preset() {
  const int chosen = gtk_combo_box_get_active(GTK_COMBO_BOX(preset_)) - 1;  // the first is none
  if (chosen < 0) return;
  // The first two different layers of the list are the preset's targets.
  gint32 targets[2] = {rows_.empty() ? -1 : layer_of(*rows_[0]), -1};
  for (const auto& row : rows_)
    if (const gint32 id = layer_of(*row); id != targets[0] && targets[1] == -1) targets[1] = id;
  if (targets[1] == -1) targets[1] = targets[0];
  for (const auto& row : rows_) gtk_widget_destroy(row->box);
  rows_.clear();
  for (const bifocal::PresetView& v : bifocal::preset_views(bifocal::find_preset(kPresets[chosen].id))) {
    ViewLine line;
    line.target = targets[v.target];
    line.scaler = v.scaler;
    if (v.factor == 0) {
      if (gimp_item_is_valid(line.target)) start_line(cover_, line);
    } else {
      line.width = static_cast<int>(std::lround(gimp_drawable_width(cover_) * v.factor));
      line.height = static_cast<int>(std::lround(gimp_drawable_height(cover_) * v.factor));
    }
    add_row(line);
  }
  changed();
}

void ViewsDialog::changed() {
  plot_->clear();
  gtk_widget_set_size_request(scrolled_, -1, rows_.size() > 3 ? kLongList : kShortList);
  gtk_widget_set_sensitive(add_, rows_.size() < bifocal::kMostViews);
  std::string wrong, words = about_;
  try {
    const ViewList list = wanted();
    for (const ViewLine& line : list.lines) {
      if (line.target == -1) throw UserError("Open a target first: as another image, or with File > Open as Layers.");
      check_target(cover_, line.target);
      if ((line.width == 0) != (line.height == 0))
        throw UserError("A view's width and height must both be above 0, or both 0.");
      if (view_size(line) == size_of(cover_))
        throw UserError("A view has the cover's own size, where only the cover can be seen.");
    }
    check_views_options(list.options);
    for (const std::string& about : words_about(cover_, list)) words = joined({words, about});
  } catch (const std::exception& e) {
    wrong = e.what();
  }
  message_.show(GTK_DIALOG(window_.get()), wrong, words);
  // The trade-off is of pixel-by-pixel views.
  gtk_dialog_set_response_sensitive(GTK_DIALOG(window_.get()), kForesee,
                                    wrong.empty() && gtk_combo_box_get_active(GTK_COMBO_BOX(appearance_)) == 0);
}

void ViewsDialog::show_trade_off() {
  try {
    plot_->show(foresee_(wanted()));
  } catch (const Cancelled&) {
  } catch (const std::exception& e) {
    message_.show(GTK_DIALOG(window_.get()), {}, sentence(e.what()));
  }
}

ViewLine ViewsDialog::read_line(const Row& row) {
  ViewLine line;
  line.target = layer_of(row);
  line.width = gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(row.width));
  line.height = gtk_spin_button_get_value_as_int(GTK_SPIN_BUTTON(row.height));
  line.scaler = bifocal::Scaler::catalogue()[gtk_combo_box_get_active(GTK_COMBO_BOX(row.scaler))].id;
  line.weight = gtk_spin_button_get_value(GTK_SPIN_BUTTON(row.weight));
  return line;
}

ViewList ViewsDialog::read() const {
  ViewList list;
  for (const auto& row : rows_) list.lines.push_back(read_line(*row));
  list.appearance = gtk_combo_box_get_active(GTK_COMBO_BOX(appearance_));
  list.fit = bifocal::Fit(gtk_combo_box_get_active(GTK_COMBO_BOX(fit_)));
  list.balance = gtk_adjustment_get_value(balance_);
  list.result = ResultAs(gtk_combo_box_get_active(GTK_COMBO_BOX(result_)));
  list.options = gtk_entry_get_text(GTK_ENTRY(advanced_.entry));
  return list;
}

ViewList ViewsDialog::wanted() const {
  ViewList list = read();
  take_own_options(list.options, list.fit, list.result);
  return list;
}

bool ViewsDialog::run(ViewList& list) {
  for (;;) {
    switch (gimp_dialog_run(GIMP_DIALOG(window_.get()))) {
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

bool ask_views(gint32 cover, const std::string& about, ViewList& list, const Foresee& foresee) {
  return ViewsDialog(cover, about, list, foresee).run(list);
}

}  // namespace plugin
