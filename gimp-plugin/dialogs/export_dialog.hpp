// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <gtk/gtk.h>

#include <bifocal/image.hpp>

namespace plugin {

/// Asks where to, and exports the image that a result's layer is in as a PNG file, as GIMP does. The file is read again
/// and compared with `shown`: what is said of it is true of the file. Overwrites nothing without asking. Empty: the
/// person cancelled. Throws UserError.
std::string export_result(GtkWindow* parent, gint32 layer, const bifocal::Image8& shown);

}  // namespace plugin
