// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>

#include <libgimp/gimp.h>

#include "answer.hpp"

namespace plugin {

/// The binary's name, which GIMP also uses as the dialogs' role.
inline constexpr char kBinary[] = "bifocal";

/// The submenu that all entries are in.
inline constexpr char kMenu[] = "<Image>/Filters/Combine/Bifocal";

/// libgimp wants writable strings in its tables, and never writes.
inline gchar* text(const char* s) { return const_cast<gchar*>(s); }

/// One entry of GIMP's procedural database.
struct Procedure {
  const char* name;         ///< "plug-in-..."; also the help id
  const char* menu_label;   ///< with mnemonic and ellipsis
  const char* blurb;        ///< one line: the menu's tooltip
  const char* help;         ///< the arguments' meaning, for the procedure browser
  const char* image_types;  ///< where the entry is not greyed out
  std::span<const GimpParamDef> arguments;
  std::span<const GimpParamDef> returns;
  /// Runs it; the number of arguments and the run mode, the first of them, are right. Throws UserError, CallError,
  /// Cancelled, bifocal::Error or any std::exception.
  Answer (*run)(std::span<const GimpParam> arguments);
};

/// All of them. A new procedure is one more entry.
std::span<const Procedure* const> procedures();

/// Tells GIMP about all procedures, their menu entries and icons.
void install_procedures();

/// Runs the procedure of that name; every exception becomes a status with a message.
Answer run_procedure(std::string_view name, std::span<const GimpParam> arguments) noexcept;

}  // namespace plugin
