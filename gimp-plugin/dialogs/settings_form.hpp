// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <gtk/gtk.h>

#include <bifocal/image.hpp>

#include "dialogs/advanced_options.hpp"
#include "dialogs/first_look.hpp"
#include "dialogs/goal_choice.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/more_options.hpp"
#include "dialogs/pictures_row.hpp"
#include "dialogs/preset_bar.hpp"
#include "dialogs/preview_pane.hpp"
#include "dialogs/settings_dialog.hpp"
#include "dialogs/size_choice.hpp"
#include "dialogs/where_choice.hpp"

namespace plugin {

/// The form of settings_dialog.hpp: settings_dialog.cpp builds it, reads and shows settings; settings_following.cpp has
/// what follows from each change.
class SettingsDialog final : public Form<Hiding> {
 public:
  SettingsDialog(PagedWindow& window, const Hiding& start, const std::string& about);
  ~SettingsDialog() override;
  SettingsDialog(const SettingsDialog&) = delete;
  SettingsDialog& operator=(const SettingsDialog&) = delete;
  bool ask(Hiding& hiding, const std::string& wrong) override;
  void used() override;

 private:
  GtkWidget* make_form();
  void add_goal_rows(GtkTable* table, int row);
  /// What the widgets say.
  Settings read() const;
  /// The same with the plug-in's own options, typed in Advanced, in their places. Throws UserError.
  Settings wanted() const;
  void show(const Settings& settings);
  gint32 cover() const { return pictures_.cover(); }
  /// Cover and target are there.
  bool ready() const { return gimp_item_is_valid(cover()) && gimp_item_is_valid(pictures_.target()); }
  /// The cover that is chosen, and what is to be said of it.
  MeantCover meant() const;
  void cover_changed();
  void target_changed();
  void appearance_changed();
  /// Shows what belongs to the goal: sliders for the eye, a choice for what cannot be exact.
  void goal_changed();
  /// Says what is wrong and makes OK insensitive, or clears the message.
  void check();

  /// The settings that Bifocal comes with.
  void reset();
  /// Others were chosen, or a chosen one has gone.
  void pictures_chosen();
  void use_own(const std::string& preset);
  static void on_balance(GtkAdjustment*, SettingsDialog* self) noexcept {
    self->goal_changed();
    self->check();
  }
  static void on_options(GtkWidget*, SettingsDialog* self) noexcept { self->check(); }
  bifocal::Size of_covers_shape(bifocal::Size given) const;
  SizeChoice::Sizes sizes() const;
  void size_typed();
  void scaler_changed();
  /// What the preview advises.
  void follow(Advice advice);
  /// The target's last size, if it is the one that the dialog began with; else a size to begin with.
  void suggest_size();
  /// Until the user has chosen, "Match" follows scaler and size.
  void suggest_appearance();

  const MeantCover first_cover_;
  const std::string about_first_;
  std::string about_;
  OpenLayers open_;
  OpenedFiles files_;
  PicturesRow pictures_;
  PresetBar presets_;
  GtkWidget* box_ = make_column(12);
  Page page_;
  PreviewPane preview_;
  SizeChoice size_;
  WhereChoice where_;
  GoalChoice goal_;
  MoreOptions more_;
  MessageLine message_;
  AdvancedOptions advanced_;
  GtkWidget* fit_ = nullptr;
  GtkAdjustment* balance_ = nullptr;
  gint32 shown_cover_ = -1, shown_target_ = -1;
  bifocal::Size cover_size_;  // of the one that is shown
  Settings start_;
  bool size_chosen_ = false;  // by the user, for this target
  bool appearance_chosen_ = false;
  bool showing_preset_ = false;
  bool updating_ = false;  // the dialog itself is setting values
  FirstLook first_{[this] { check(); }};
};

}  // namespace plugin
