// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <glib.h>

namespace plugin {

/// What GIMP calls our pages among those of other plug-ins.
inline constexpr char kHelpDomain[] = "https://bifocal.invalid/help";

/// The address of the folder of the help, which is installed beside the plug-in: "file:///...".
std::string help_folder();

/// The address of the page, and the place on it, that explains `id`: a procedure's name, or one and a control's name,
/// as in "plug-in-bifocal-views/preset". Throws UserError when the help is not installed.
std::string help_address(const std::string& id);

/// Shows that page: in GIMP's help browser, or in the web browser where GIMP has none. Neither needs a network. Throws
/// UserError.
void show_help(const std::string& id);
/// The same for GIMP's dialogs and keys; what is wrong becomes a message.
void on_help(const gchar* id, gpointer) noexcept;

}  // namespace plugin
