// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <stdexcept>

namespace plugin {

/// Something that the user can put right; what() is what GIMP shows.
struct UserError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A script called the procedure with arguments of the wrong number or range.
struct CallError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The user pressed Cancel or closed the dialog; nothing was changed and nothing is to be shown.
struct Cancelled {};

}  // namespace plugin
