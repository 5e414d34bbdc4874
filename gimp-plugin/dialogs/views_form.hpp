// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <memory>
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include "dialogs/advanced_options.hpp"
#include "dialogs/first_look.hpp"
#include "dialogs/gui.hpp"
#include "dialogs/layer_chooser.hpp"
#include "dialogs/preset_bar.hpp"
#include "dialogs/preview_pane.hpp"
#include "dialogs/trade_off_plot.hpp"
#include "dialogs/views_dialog.hpp"
#include "dialogs/views_list.hpp"

namespace plugin {

/// The form of views_dialog.hpp: views_dialog.cpp builds it, reads and shows lists; views_following.cpp has what
/// follows from each change, and what presets say.
class ViewsDialog final : public Form<Viewing> {
 public:
  ViewsDialog(PagedWindow& window, const Viewing& start, Foresee foresee);
  ~ViewsDialog() override;
  bool ask(Viewing& viewing, const std::string& wrong) override;
  void used() override;

 private:
  static constexpr int kReset = 1, kForesee = 2;
  enum Leaf { kListPage, kPlotPage };
  GtkWidget* make_top();
  GtkWidget* make_cover_row();
  /// The cover that is chosen, and what is to be said of it.
  MeantCover meant() const;
  void cover_chosen();
  /// Cover and target change places, where there is one target.
  void swap();
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
  /// Throws, if something is wrong with the list.
  void check(const ViewList& list);
  void follow(Advice advice);
  void show_trade_off();
  /// What the widgets say.
  ViewList read() const;
  /// The same with the plug-in's own options, typed in Advanced, in their places. Throws UserError.
  ViewList wanted() const;

  static void on_swap(GtkWidget*, ViewsDialog* self) noexcept { self->swap(); }
  static void on_foresee(GtkWidget*, ViewsDialog* self) noexcept { self->page_.respond(kForesee); }
  static void on_change(GtkWidget*, ViewsDialog* self) noexcept { self->changed_by_user(); }
  static void on_balance(GtkAdjustment*, ViewsDialog* self) noexcept { self->look_ahead(); }

  const MeantCover first_cover_;
  gint32 cover_;  // the last one that was there
  const Foresee foresee_;
  OpenLayers open_;
  LayerChooser cover_list_;
  OpenedFiles files_;
  ViewsList list_;
  PresetBar presets_;
  GtkWidget* box_ = make_column(0);
  Page page_;  // goes before those whose widgets it shows
  PreviewPane preview_;
  GtkWidget *pages_ = nullptr, *appearance_ = nullptr, *fit_ = nullptr, *result_ = nullptr, *foresee_button_ = nullptr,
            *swap_ = nullptr;
  AdvancedOptions advanced_;
  MessageLine message_{false, 900};
  GtkAdjustment* balance_ = nullptr;
  std::unique_ptr<TradeOffPlot> plot_;
  bool updating_ = false;  // the dialog itself is setting values
  FirstLook first_{[this] { changed(); }};
};

}  // namespace plugin
