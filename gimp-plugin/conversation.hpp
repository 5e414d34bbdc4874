// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>
#include <string>

#include "dialogs/form.hpp"

namespace plugin {

/// The steps of a person's way through a window.
struct Conversation {
  std::function<bool(const std::string& wrong)> ask;  ///< Form::ask
  std::function<void()> make;                         ///< does the work that was asked for
  std::function<bool()> show;                         ///< shows what was made; true: other settings are to be tried
  std::function<bool()> alive;                        ///< what it is about is still there
};

/// Settings, work, result; and back to the settings when the work was cancelled or came to nothing, or the result is
/// not the right one yet. Returns once something was made and is right. Throws Cancelled when there is nothing, and
/// what went wrong when nothing is `alive`.
void converse(const Conversation& steps);

}  // namespace plugin
