// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <optional>

#include <bifocal/request.hpp>

#include "request/fit.hpp"
#include "request/options.hpp"

namespace bifocal::request {

/// A request, checked and read.
struct Parts {
  Scaler scaler;
  Settings settings;
  Fitted target;              ///< at the small size
  std::optional<Image> mask;  ///< the selection, 0..1
};

/// Also puts what the request's options say into `options`. Throws Error with a message for the user.
Parts take_apart(const Request& request, SolveOptions& options);

}  // namespace bifocal::request
