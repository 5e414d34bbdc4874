// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtk/gtk.h>

#include "dialogs/gui.hpp"

namespace plugin {

/// A layer, or a group of some, of an open image.
struct OpenLayer {
  gint32 image = -1, layer = -1;
  std::string name;  ///< what a list calls it: its picture's name, or "image: layer" where an image has several
  bool operator==(const OpenLayer&) const = default;
};

/// The layers of all open images, with small pictures, for the lists of a dialog: looked for again every second, as
/// GIMP tells plug-ins nothing of layers that come, go or are renamed.
class OpenLayers {
 public:
  OpenLayers();
  ~OpenLayers();
  OpenLayers(const OpenLayers&) = delete;
  OpenLayers& operator=(const OpenLayers&) = delete;

  /// Image by image, from the top down, a group before what is in it.
  const std::vector<OpenLayer>& list() const { return list_; }
  /// A layer's picture, kPicture pixels or less; nothing when it has gone. Lives until the layer has gone.
  GdkPixbuf* picture(gint32 layer);
  static constexpr int kPicture = 32;
  /// Looks now.
  void look();
  /// Calls `changed` after each change of the list, until `who` leaves.
  void follow(const void* who, std::function<void()> changed) { followers_[who] = std::move(changed); }
  void leave(const void* who) { followers_.erase(who); }

 private:
  static gboolean on_tick(gpointer self) noexcept;

  std::vector<OpenLayer> list_;
  std::map<gint32, Pixbuf> pictures_;
  std::map<const void*, std::function<void()>> followers_;
  guint timer_;
};

}  // namespace plugin
