// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <span>
#include <vector>

#include <gtk/gtk.h>
#include <libgimp/gimp.h>

namespace plugin {

/// Images that were opened from within a dialog. They have no window of their own until the dialog is confirmed, and
/// are closed again when it is not.
class OpenedFiles {
 public:
  OpenedFiles() = default;
  OpenedFiles(const OpenedFiles&) = delete;
  OpenedFiles& operator=(const OpenedFiles&) = delete;
  ~OpenedFiles();

  /// Asks for a file and opens it with GIMP's own loader. Its topmost layer, or -1 when the user cancelled, or after
  /// he was told that the file could not be opened.
  gint32 open(GtkWindow* parent);
  /// Gives a window to each opened image that one of these layers is in, and leaves it open for good.
  void keep(std::span<const gint32> layers);

 private:
  std::vector<gint32> images_;
};

}  // namespace plugin
