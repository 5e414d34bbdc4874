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
#include "dialogs/settings_form.hpp"
#include "dialogs/window_memory.hpp"
#include "language.hpp"
#include "origin.hpp"
#include "small_size.hpp"

namespace plugin {
namespace {

constexpr int kReset = 1;

constexpr int kLeastForm = 630, kLeastPreview = 338;  // px, before its halves scroll sideways

}  // namespace

SettingsDialog::SettingsDialog(PagedWindow& window, const Hiding& start, const std::string& about)
    : first_cover_(start.cover), about_first_(about),
      pictures_(open_, files_, start.cover.layer, [this] { pictures_chosen(); }),
      presets_(PresetFile("bifocal-presets"), {{"default", N_("As Bifocal comes")}},
               {[this](const std::string&) { reset(); }, [this](const std::string& preset) { use_own(preset); },
                [this] {
                  Settings s = read();
                  if (gimp_item_is_valid(s.target)) s.target_name = picture_name(s.target);
                  s.of_cover = cover_size_;
                  return key_file_of(s);
                }},
               "plug-in-bifocal/presets"),
      page_(window, box_), preview_(window.memory(), [this](Advice advice) { follow(advice); }),
      size_(sizes(), [this] { size_typed(); }), where_([this] { scaler_changed(); }),
      goal_([this] { appearance_changed(); }), more_([this] { check(); }), message_(false),
      advanced_(MoreOptions::keys(), [this] { check(); }), start_(start.settings) {
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
  show(start_);
}

SettingsDialog::~SettingsDialog() {
  updating_ = true;  // what the window says while it goes is no change
}

GtkWidget* SettingsDialog::make_form() {
  GtkWidget* form = make_column(12);
  GtkWidget* top = gtk_table_new(1, 2, FALSE);
  gtk_table_set_col_spacings(GTK_TABLE(top), 6);
  let_shrink(presets_.list());
  attach_row(GTK_TABLE(top), 0, _("_Quick presets:"), presets_.widget(), 1, presets_.list());
  gtk_box_pack_start(GTK_BOX(form), top, FALSE, FALSE, 0);
  GtkWidget* table = gtk_table_new(10, 4, FALSE);
  gtk_table_set_row_spacings(GTK_TABLE(table), 6);
  gtk_table_set_col_spacings(GTK_TABLE(table), 6);
  where_.attach(GTK_TABLE(table), 0);
  pictures_.attach(GTK_TABLE(table), 3);
  size_.attach(GTK_TABLE(table), 5);
  fit_ = make_fit_combo();
  let_shrink(fit_);
  explain(fit_, nullptr, "plug-in-bifocal/shape");
  attach_row(GTK_TABLE(table), 7, _("Target's _shape:"), fit_, 3);
  g_signal_connect(fit_, "changed", G_CALLBACK(on_options), this);
  add_goal_rows(GTK_TABLE(table), 8);
  gtk_box_pack_start(GTK_BOX(form), table, FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(form), more_.widget(), FALSE, FALSE, 0);
  gtk_box_pack_start(GTK_BOX(form), advanced_.widget(), FALSE, FALSE, 0);
  return form;
}

void SettingsDialog::add_goal_rows(GtkTable* table, int row) {
  gtk_table_attach(table, goal_.widget(), 0, 4, row, row + 1, GTK_FILL, GTK_FILL, 0, 6);
  const Balance balance = make_balance(_("exact\nthumbnail"));
  balance_ = balance.value;
  attach_row(table, row + 1, _("Ba_lance:"), balance.widget, 3, balance.number);
  g_signal_connect(balance_, "value-changed", G_CALLBACK(on_balance), this);
}

MeantCover SettingsDialog::meant() const { return meant_cover(cover(), first_cover_); }

Settings SettingsDialog::read() const {
  Settings s;
  s.target = pictures_.target();
  s.width = size_.get().width;
  s.height = size_.get().height;
  s.scaler = where_.scaler();
  s.fit = bifocal::Fit(std::max(0, gtk_combo_box_get_active(GTK_COMBO_BOX(fit_))));
  s.appearance = int(goal_.get());
  s.balance = gtk_adjustment_get_value(balance_);
  s.options = advanced_.get();
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
  pictures_.set_target(s.target);
  where_.set(s.remembered ? s.scaler : std::string(bifocal::kAnyScaler));
  gtk_combo_box_set_active(GTK_COMBO_BOX(fit_), int(s.fit));
  goal_.set(bifocal::Appearance(s.appearance));
  gtk_adjustment_set_value(balance_, s.balance);
  Settings rest = s;
  more_.show(rest);
  advanced_.show(rest.options);
  updating_ = false;
  goal_changed();
  if (cover() != shown_cover_) cover_changed();
  shown_target_ = -1;  // so that its size is set
  target_changed();
}

void SettingsDialog::check() {
  if (updating_) return;
  if (!showing_preset_ && !first_.pending()) presets_.forget();
  std::string wrong, words = about_;
  Settings s;
  try {
    s = wanted();
    if (cover() == -1) throw UserError(_("The cover layer is not there any more. Choose another one."));
    const gint32 image = gimp_item_get_image(cover());
    check_cover(image, cover());
    check_target(cover(), s.target);
    check_selection(image, cover());
    check_settings(cover(), s);
    bifocal::check_options(s.options);
    words = joined({about_, shape_words(cover_size_, {s.width, s.height}, s.scaler),
                    result_as_target_words(s.target, s.width, s.height)});
  } catch (const std::exception& e) {
    wrong = e.what();
  }
  message_.show(page_.window().dialog(), wrong, words);
  if (first_.pending() || !page_.shown()) return;
  if (wrong.empty())
    preview_.show(wish_of(cover(), s));
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
  const gint32 named = find_target_named(cover(), s.target_name, false);
  s.target = named != -1 ? named : read().target;
  s.remembered = true;
  showing_preset_ = true;
  show(s);
  showing_preset_ = false;
}

bool SettingsDialog::ask(Hiding& hiding, const std::string& wrong) {
  page_.show("Bifocal", page_.button(GTK_RESPONSE_OK));
  showing_preset_ = true;
  if (!first_.pending()) check();  // what is open may have changed
  showing_preset_ = false;
  if (!wrong.empty()) message_.tell(wrong);
  for (;;) {
    switch (page_.run()) {
      case GTK_RESPONSE_OK:
        hiding = {meant(), wanted()};
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
  const gint32 used[] = {cover(), pictures_.target()};
  files_.keep(used);
}

std::unique_ptr<Form<Hiding>> make_settings_form(PagedWindow& window, const Hiding& start, const std::string& about) {
  return std::make_unique<SettingsDialog>(window, start, about);
}

}  // namespace plugin
