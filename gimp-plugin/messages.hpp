// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <exception>
#include <string>

namespace plugin {

/// What a person is told when this kept a procedure from its end.
std::string message_of(const std::exception& error);

}  // namespace plugin
