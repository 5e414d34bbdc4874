// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/views.hpp>

namespace bifocal::request {

/// A view with more pixels than the image has cannot show anything one wants, whatever the scaler.
bool can_be_exact(Size image, Size view);

}  // namespace bifocal::request
