// SPDX-License-Identifier: LGPL-3.0-or-later
// What follows from a change in the form: another cover, a preset, and what the preview and the messages say then.
#include <algorithm>
#include <cmath>
#include <exception>

#include <libgimp/gimp.h>

#include <bifocal/views.hpp>

#include "answer.hpp"
#include "checks.hpp"
#include "dialogs/views_form.hpp"
#include "language.hpp"
#include "report_words.hpp"
#include "settings.hpp"
#include "small_size.hpp"
#include "view_sizes.hpp"

namespace plugin {

void ViewsDialog::cover_chosen() {
  if (const gint32 chosen = cover_list_.get(); chosen != -1 && chosen != cover_) {
    list_.set_cover(chosen);
    cover_ = chosen;
    preview_.set_cover(chosen);
  }
  changed();
}

void ViewsDialog::swap() {
  const std::vector<gint32> targets = list_.targets();
  if (targets.size() != 1) return;
  cover_list_.set(targets[0]);
  cover_chosen();
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
  std::string wrong, words = meant().words;
  ViewList list;
  try {
    list = wanted();
    check(list);
    for (const bifocal::Message& about : messages_about(cover_, list)) words = joined({words, about.text});
  } catch (const std::exception& e) {
    wrong = e.what();
  }
  const std::vector<gint32> targets = list_.targets();
  gtk_widget_set_sensitive(swap_, cover_list_.get() != -1 && targets.size() == 1 && targets[0] != -1);
  message_.show(page_.window().dialog(), wrong, words);
  // The trade-off is of pixel-by-pixel views.
  gtk_widget_set_sensitive(foresee_button_, wrong.empty() && gtk_combo_box_get_active(GTK_COMBO_BOX(appearance_)) == 0);
  if (first_.pending() || !page_.shown()) return;
  if (wrong.empty())
    preview_.show(wish_of(list));
  else
    preview_.cannot();
}

void ViewsDialog::check(const ViewList& list) {
  if (cover_list_.get() == -1) throw UserError(_("The cover layer is not there any more. Choose another one."));
  check_cover(gimp_item_get_image(cover_), cover_);
  advanced_.suit(bifocal::Appearance(list.appearance), true, list.balance);
  for (const ViewLine& line : list.lines) {
    if (line.target == -1) throw UserError(_("Open a target first: as another image, or with File > Open as Layers."));
    check_target(cover_, line.target);
    if (view_size(line) == size_of(cover_))
      throw UserError(_("A view has the cover's own size, where only the cover can be seen."));
  }
  check_views_options(list.options);
  check_selection(gimp_item_get_image(cover_), cover_);
}

void ViewsDialog::follow(Advice advice) {
  if (advice == Advice::ToTheEye) gtk_combo_box_set_active(GTK_COMBO_BOX(appearance_), int(bifocal::Appearance::Eye));
}

}  // namespace plugin
