// SPDX-License-Identifier: LGPL-3.0-or-later
#include "conversation.hpp"

#include <utility>

#include "errors.hpp"
#include "messages.hpp"

namespace plugin {

void converse(const Conversation& steps) {
  bool made = false;
  std::string wrong;
  while (steps.ask(std::exchange(wrong, {}))) {
    try {
      steps.make();
    } catch (const Cancelled&) {
      continue;
    } catch (const std::exception& e) {
      if (!steps.alive()) throw;
      wrong = message_of(e);
      continue;
    }
    made = true;
    if (!steps.show()) return;
  }
  if (!made) throw Cancelled();
}

}  // namespace plugin
