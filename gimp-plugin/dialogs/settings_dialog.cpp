// SPDX-License-Identifier: LGPL-3.0-or-later
#include "dialogs/settings_dialog.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <libgimp/gimp.h>
#include <libgimp/gimpui.h>

#include <bifocal/error.hpp>
#include <bifocal/scaler.hpp>

#include "answer.hpp"
#include "checks.hpp"
#include "dialogs/goal_choice.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/layer_chooser.hpp"
#include "dialogs/more_options.hpp"
#include "dialogs/preset_bar.hpp"
#include "dialogs/preview_pane.hpp"
#include "dialogs/size_fields.hpp"
#include "dialogs/where_choice.hpp"
#include "language.hpp"
#include "origin.hpp"
#include "small_size.hpp"

namespace plugin {
namespace {

constexpr int kReset = 1;

constexpr int kLeastForm = 575, kLeastPreview = 390;  // px, before its halves scroll sideways

class SettingsDialog final : public Form<Settings> {
 public:
  SettingsDialog(PagedWindow& window, gint32 cover, const std::string& about, const Settings& start);
  ~SettingsDialog() override;
  SettingsDialog(const SettingsDialog&) = delete;
  SettingsDialog& operator=(const SettingsDialog&) = delete;
  bool ask(Settings& settings, const std::string& wrong) override;
  void used() override;

 private:
  GtkWidget* make_form();
  void add_target_row(GtkTable* table, int row);
  void add_goal_rows(GtkTable* table, int row);
  /// What the widgets say.
  Settings read() const;
  /// The same with the plug-in's own options, typed in Advanced, in their places. Throws UserError.
  Settings wanted() const;
  void show(const Settings& settings);
  void target_changed();
  void appearance_changed();
  /// Shows what belongs to the goal: sliders for the eye, a choice for what cannot be exact.
  void goal_changed();
  /// Says what is wrong and makes OK insensitive, or clears the message.
  void check();

  /// The settings that Bifocal comes with.
  void reset();
  /// Another one was chosen, or the chosen one has gone.
  void target_chosen();
  void use_own(const std::string& preset);
  static void on_balance(GtkAdjustment*, SettingsDialog* self) noexcept {
    self->goal_changed();
    self->check();
  }
  static gboolean on_first(gpointer self) noexcept;
  static void on_options(GtkWidget*, SettingsDialog* self) noexcept { self->check(); }
  bifocal::Size own_size() const;
  bifocal::Size of_covers_shape(bifocal::Size given) const;
  void size_typed();
  void scaler_changed();
  /// What the preview advises.
  void follow(Advice advice);
  /// The target's last size, if it is the one that the dialog began with; else a size to begin with.
  void suggest_size();
  /// Until the user has chosen, "Match" follows scaler and size.
  void suggest_appearance();

  gint32 cover_;
  std::string about_;
  OpenLayers open_;
  OpenedFiles files_;
  LayerChooser target_;
  PresetBar presets_;
  GtkWidget* box_ = make_column(12);
  Page page_;
  PreviewPane preview_;
  SizeFields size_;
  WhereChoice where_;
  GoalChoice goal_;
  MoreOptions more_;
  MessageLine message_;
  Advanced advanced_;
  GtkAdjustment* balance_ = nullptr;
  gint32 shown_target_ = -1;
  Settings start_;
  bool size_chosen_ = false;  // by the user, for this target
  bool appearance_chosen_ = false;
  bool showing_preset_ = false;
  bool updating_ = false;  // the dialog itself is setting values
  guint first_ = 0;        // the first preview, once the window is there
};

SettingsDialog::SettingsDialog(PagedWindow& window, gint32 cover, const std::string& about, const Settings& start)
    : cover_(cover), about_(about),
      target_(
          open_, _("Target"), [cover](gint32 layer) { return can_be_target(cover, layer); },
          [this] { target_chosen(); }),
      presets_(PresetFile("bifocal-presets"), {{"default", N_("As Bifocal comes")}},
               {[this](const std::string&) { reset(); }, [this](const std::string& preset) { use_own(preset); },
                [this] {
                  Settings s = read();
                  if (gimp_item_is_valid(s.target)) s.target_name = picture_name(s.target);
                  s.of_cover = size_of(cover_);
                  return key_file_of(s);
                }},
               "plug-in-bifocal/presets"),
      page_(window, box_), preview_(cover, window.memory(), [this](Advice advice) { follow(advice); }),
      size_(
          size_of(cover), [this](bifocal::Size given) { return of_covers_shape(given); }, [this] { return own_size(); },
          [this] { size_typed(); }),
      where_([this] { scaler_changed(); }), goal_([this] { appearance_changed(); }), more_([this] { check(); }),
      message_(false), advanced_(make_advanced()), start_(start) {
  page_.add_button(_("_Reset"), kReset);
  page_.add_button(GTK_STOCK_CANCEL, GTK_RESPONSE_CANCEL);
  page_.add_button(GTK_STOCK_OK, GTK_RESPONSE_OK);
  page_.set_default(GTK_RESPONSE_OK);
  gtk_container_set_border_width(GTK_CONTAINER(box_), 12);
  GtkWidget* halves = make_row(18);
  gtk_box_pack_start(GTK_BOX(halves), make_scrolling(make_form(), kLeastForm), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(halves), make_scrolling(preview_.widget(), kLeastPreview), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), halves, TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(box_), preview_.words(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(box_), message_.widget(), FALSE, FALSE, 0);
  for (GtkWidget* widget : {halves, preview_.words(), message_.widget()}) gtk_widget_show_all(widget);
  first_ = g_idle_add(on_first, this);
  show(start);
}

SettingsDialog::~SettingsDialog() {
  updating_ = true;  // what the window says while it goes is no change
  if (first_ != 0) g_source_remove(first_);
}

/// The window is there; a preview that reads pixels first would have kept it waiting.
gboolean SettingsDialog::on_first(gpointer self) noexcept {
  static_cast<SettingsDialog*>(self)->first_ = 0;
  static_cast<SettingsDialog*>(self)->check();
  return G_SOURCE_REMOVE;
}

GtkWidget* SettingsDialog::make_form() {
  GtkWidget* form = make_column(12);
  GtkWidget* top = gtk_table_new(1, 2, FALSE);
  gtk_table_set_col_spacings(GTK_TABLE(top), 6);
  let_shrink(presets_.list());
  attach_row(GTK_TABLE(top), 0, _("_Quick presets:"), presets_.widget(), 1, presets_.list());
  gtk_box_pack_start(GTK_BOX(form), top, FALSE, FALSE, 0);
  GtkWidget* table = gtk_table_new(9, 4, FALSE);
  gtk_table_set_row_spacings(GTK_TABLE(table), 6);
  gtk_table_set_col_spacings(GTK_TABLE(table), 6);
  where_.attach(GTK_TABLE(table), 0);
  add_target_row(GTK_TABLE(table), 3);
  size_.attach(GTK_TABLE(table), 4);
  add_goal_rows(GTK_TABLE(table), 6);
  gtk_box_pack_start(GTK_BOX(form), table, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(form), more_.widget(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(form), advanced_.widget, FALSE, FALSE, 0);
  g_signal_connect(advanced_.entry, "changed", G_CALLBACK(on_options), this);
  return form;
}

void SettingsDialog::add_target_row(GtkTable* table, int row) {
  GtkWidget* both = make_row(6);
  explain(target_.widget(), _("The layer that the small image shows. Layers of all open images are listed."),
          "plug-in-bifocal/target");
  let_shrink(target_.widget());
  gtk_box_pack_start(GTK_BOX(both), target_.widget(), TRUE, TRUE, 0);
  gtk_box_pack_start(GTK_BOX(both), make_open_button(files_, target_, [this] { target_chosen(); }), FALSE, FALSE, 0);
  attach_row(table, row, _("_Target layer:"), both, 3, target_.widget());
}

void SettingsDialog::add_goal_rows(GtkTable* table, int row) {
  gtk_table_attach(table, goal_.widget(), 0, 4, row, row + 1, GTK_FILL, GTK_FILL, 0, 6);
  const Balance balance = make_balance(_("exact\nthumbnail"));
  balance_ = balance.value;
  attach_row(table, row + 1, _("Ba_lance:"), balance.widget, 3, balance.number);
  g_signal_connect(balance_, "value-changed", G_CALLBACK(on_balance), this);
}

void SettingsDialog::suggest_appearance() {
  if (!updating_ && !appearance_chosen_) {
    updating_ = true;
    try {
      goal_.set(suggested_appearance(cover_, read()));
    } catch (const std::exception&) {  // check() says what is wrong
    }
    updating_ = false;
  }
  check();
}

void SettingsDialog::appearance_changed() {
  if (!updating_) appearance_chosen_ = true;
  // Exact is what one program shows.
  if (!updating_ && !goal_.eye() && where_.scaler() == bifocal::kAnyScaler) where_.set(Settings().scaler);
  goal_changed();
  check();
}

void SettingsDialog::follow(Advice advice) {
  switch (advice) {
    case Advice::ToTheEye:
      return goal_.set(bifocal::Appearance::Eye);
    case Advice::PixelByPixel:
      return goal_.set(bifocal::Appearance::Pixels);
    case Advice::OtherProgram:
      return where_.choose_anywhere();
    case Advice::None:
      return;
  }
}

void SettingsDialog::goal_changed() { more_.suit(goal_.eye(), gtk_adjustment_get_value(balance_) >= 100); }

void SettingsDialog::target_chosen() {
  if (!updating_) target_changed();
}

bifocal::Size SettingsDialog::own_size() const {
  const gint32 target = read().target;
  return gimp_item_is_valid(target) ? size_of(target) : bifocal::Size{};
}

bifocal::Size SettingsDialog::of_covers_shape(bifocal::Size given) const {
  Settings s = read();
  s.width = given.width;
  s.height = given.height;
  return small_size(cover_, s);
}

void SettingsDialog::size_typed() {
  size_chosen_ = true;
  suggest_appearance();
}

void SettingsDialog::scaler_changed() {
  if (where_.scaler() == bifocal::kAnyScaler && !goal_.eye()) {
    updating_ = true;
    goal_.set(bifocal::Appearance::Eye);
    updating_ = false;
  }
  // Not all software rounds a thumbnail's sides alike.
  if (!size_chosen_ && gimp_item_is_valid(shown_target_))
    suggest_size();
  else
    suggest_appearance();
}

void SettingsDialog::target_changed() {
  const gint32 target = read().target;
  if (target != shown_target_ && gimp_item_is_valid(target)) {
    shown_target_ = target;
    if (!updating_) suggest_size();
  }
  check();
}

void SettingsDialog::suggest_size() {
  const bool again = shown_target_ == start_.target && start_.width > 0 && start_.height > 0;
  size_chosen_ = again && start_.remembered;
  size_.set(again ? bifocal::Size{start_.width, start_.height} : suggested_size(cover_, shown_target_, read().scaler));
  suggest_appearance();
}

Settings SettingsDialog::read() const {
  Settings s;
  s.target = target_.get();
  s.width = size_.get().width;
  s.height = size_.get().height;
  s.scaler = where_.scaler();
  s.appearance = int(goal_.get());
  s.balance = gtk_adjustment_get_value(balance_);
  s.options = gtk_entry_get_text(GTK_ENTRY(advanced_.entry));
  more_.add_to(s);
  return s;
}

Settings SettingsDialog::wanted() const {
  Settings s = read();
  take_own_options(s.options, s.fit, s.result);
  return s;
}

void SettingsDialog::show(const Settings& s) {
  start_ = s;
  appearance_chosen_ = s.remembered;
  updating_ = true;
  target_.set(s.target);
  where_.set(s.remembered ? s.scaler : std::string(bifocal::kAnyScaler));
  goal_.set(bifocal::Appearance(s.appearance));
  gtk_adjustment_set_value(balance_, s.balance);
  Settings rest = s;
  more_.show(rest);
  show_options(advanced_, rest.options);
  updating_ = false;
  goal_changed();
  shown_target_ = -1;  // so that its size is set
  target_changed();
}

void SettingsDialog::check() {
  if (updating_) return;
  if (!showing_preset_ && first_ == 0) presets_.forget();
  std::string wrong, words = about_;
  try {
    const Settings s = wanted();
    check_target(cover_, s.target);
    check_settings(cover_, s);
    bifocal::check_options(s.options);
    words = joined({about_, shape_words(size_of(cover_), {s.width, s.height}, s.scaler),
                    result_as_target_words(s.target, s.width, s.height)});
  } catch (const std::exception& e) {
    wrong = e.what();
  }
  message_.show(page_.window().dialog(), wrong, words);
  if (first_ != 0 || !page_.shown()) return;
  if (wrong.empty())
    preview_.show(wanted());
  else
    preview_.cannot();
}

void SettingsDialog::reset() {
  Settings defaults;
  defaults.target = read().target;
  showing_preset_ = true;
  show(defaults);
  showing_preset_ = false;
}

void SettingsDialog::use_own(const std::string& preset) {
  Settings s = settings_from(preset);
  const gint32 named = find_target_named(cover_, s.target_name, false);
  s.target = named != -1 ? named : read().target;
  const bifocal::Size size = size_again(cover_, s);
  s.width = size.width, s.height = size.height;
  s.remembered = true;
  showing_preset_ = true;
  show(s);
  showing_preset_ = false;
}

bool SettingsDialog::ask(Settings& settings, const std::string& wrong) {
  page_.show("Bifocal", page_.button(GTK_RESPONSE_OK));
  showing_preset_ = true;
  if (first_ == 0) check();  // what is open may have changed
  showing_preset_ = false;
  if (!wrong.empty()) message_.tell(wrong);
  for (;;) {
    switch (page_.run()) {
      case GTK_RESPONSE_OK:
        settings = wanted();
        preview_.sleep();
        return true;
      case kReset:
        presets_.forget();
        reset();
        break;
      default:
        return false;
    }
  }
}

void SettingsDialog::used() {
  const gint32 target = target_.get();
  files_.keep({&target, 1});
}

}  // namespace

std::unique_ptr<Form<Settings>> make_settings_form(PagedWindow& window, gint32 cover, const std::string& about,
                                                   const Settings& start) {
  return std::make_unique<SettingsDialog>(window, cover, about, start);
}

}  // namespace plugin
