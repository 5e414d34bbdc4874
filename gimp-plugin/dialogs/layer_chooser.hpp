// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <vector>

#include <gtk/gtk.h>

#include "dialogs/open_layers.hpp"
#include "dialogs/opened_files.hpp"

namespace plugin {

/// A list of the layers of all open images, each with its picture, to choose one of; it follows layers that come, go
/// and are renamed while it is shown.
class LayerChooser {
 public:
  /// Which layers the list offers.
  using Allowed = std::function<bool(gint32 layer)>;
  /// What is chosen when the chosen layer has gone.
  enum class WhenGone { First, None };
  /// `changed` is called when the user chooses another layer, or when the chosen one has gone. `open` must outlive this
  /// object.
  LayerChooser(OpenLayers& open, const char* accessible_name, Allowed allowed, std::function<void()> changed,
               WhenGone when_gone = WhenGone::First);
  ~LayerChooser();
  LayerChooser(const LayerChooser&) = delete;
  LayerChooser& operator=(const LayerChooser&) = delete;
  GtkWidget* widget() const { return combo_; }

  /// The chosen layer; -1: none.
  gint32 get() const;
  /// Chooses a layer; when it is not in the list, as if it had gone. Tells nobody.
  void set(gint32 layer);
  /// Looks again which layers are there and allowed. Tells nobody.
  void refresh();

 private:
  static void on_changed(GtkWidget*, LayerChooser* self) noexcept { self->chosen(); }
  static void on_popup(GtkWidget*, GParamSpec*, LayerChooser* self) noexcept { self->follow(); }
  void chosen();
  /// Takes over the open layers, and tells when the chosen one has gone; not while the list is open, where nothing
  /// should move under the mouse.
  void follow();
  void fill();

  OpenLayers& open_;
  Allowed allowed_;
  std::function<void()> changed_;
  const WhenGone when_gone_;
  GtkWidget* combo_;
  GtkListStore* lines_;
  std::vector<OpenLayer> shown_;  // in the list's order
  bool updating_ = false;
};

/// A button "Open File...": what is opened is chosen in `chooser`, and `chosen` called. `files` and `chooser` must
/// outlive the button.
GtkWidget* make_open_button(OpenedFiles& files, LayerChooser& chooser, std::function<void()> chosen);

}  // namespace plugin
