// SPDX-License-Identifier: LGPL-3.0-or-later
// What follows from a change in the form: sizes and goals that are suggested, and what belongs together.
#include <libgimp/gimp.h>

#include "checks.hpp"
#include "dialogs/settings_form.hpp"
#include "small_size.hpp"

namespace plugin {

void SettingsDialog::suggest_appearance() {
  if (!updating_ && !appearance_chosen_ && ready()) {
    updating_ = true;
    try {
      goal_.set(suggested_appearance(cover(), read()));
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

void SettingsDialog::goal_changed() {
  const double balance = gtk_adjustment_get_value(balance_);
  more_.suit(goal_.eye(), balance >= 100);
  advanced_.suit(goal_.get(), false, balance);
}

void SettingsDialog::pictures_chosen() {
  if (updating_) return;
  if (cover() != shown_cover_) cover_changed();
  target_changed();
}

void SettingsDialog::cover_changed() {
  const bifocal::Size before = cover_size_;
  shown_cover_ = cover();
  preview_.set_cover(shown_cover_);
  about_ = cover() == first_cover_.layer ? about_first_ : meant().words;
  if (!gimp_item_is_valid(shown_cover_)) return;
  cover_size_ = size_of(shown_cover_);
  if (shown_target_ == -1 || shown_target_ != pictures_.target()) return;  // gets a size of its own
  Settings s = read();
  s.of_cover = before;
  const bifocal::Size size = size_again(shown_cover_, s);
  size_.set(size_chosen_ ? size : suggested_size(shown_cover_, s.target, s.scaler));
  suggest_appearance();
}

SizeChoice::Sizes SettingsDialog::sizes() const {
  return {[this] { return cover_size_; }, [this] { return ready() ? size_of(pictures_.target()) : bifocal::Size{}; },
          [this](int side) { return ready() ? size_of_side(cover(), side, where_.scaler()) : bifocal::Size{}; },
          [this](bifocal::Size given) { return of_covers_shape(given); }};
}

bifocal::Size SettingsDialog::of_covers_shape(bifocal::Size given) const {
  Settings s;
  s.scaler = where_.scaler();
  s.width = given.width;
  s.height = given.height;
  return ready() ? small_size(cover(), s) : given;
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
  size_.follow();
  if (!size_chosen_ && ready())
    suggest_size();
  else
    suggest_appearance();
}

void SettingsDialog::target_changed() {
  const gint32 target = read().target;
  if (target != shown_target_ && ready()) {
    shown_target_ = target;
    if (!updating_) suggest_size();
  }
  check();
}

void SettingsDialog::suggest_size() {
  const bool again = shown_target_ == start_.target && start_.width > 0 && start_.height > 0;
  size_chosen_ = again && start_.remembered;
  size_.set(again ? size_again(cover(), start_) : suggested_size(cover(), shown_target_, read().scaler));
  suggest_appearance();
}

}  // namespace plugin
