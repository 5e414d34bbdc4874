// SPDX-License-Identifier: LGPL-3.0-or-later
#include "messages.hpp"

#include <new>

#include <bifocal/error.hpp>

#include "errors.hpp"
#include "language.hpp"
#include "report_words.hpp"

namespace plugin {

std::string message_of(const std::exception& error) {
  const auto* engine = dynamic_cast<const bifocal::Error*>(&error);
  if (dynamic_cast<const std::bad_alloc*>(&error) || (engine && engine->code() == bifocal::ErrorCode::OutOfMemory))
    return _("There is not enough memory for this. Close other images or use a smaller layer; nothing was changed.");
  if (engine) return sentence(engine->what());
  if (dynamic_cast<const UserError*>(&error) || dynamic_cast<const CallError*>(&error)) return error.what();
  return filled(_("Bifocal stopped on an unexpected error: %s"), error.what());
}

}  // namespace plugin
