// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/problem.hpp>
#include <bifocal/report.hpp>

namespace bifocal::report {

/// What `view` shows of the bytes `image`: by its scaler's own arithmetic where it has one, else by the model, rounded.
Image8 shown(const View& view, const Image8& image);

/// What is known of a view before it is compared: ViewReport::channels are empty.
ViewReport named(const View& view);

/// Compares `shown` with the view's picture; pixels that do not matter count as right. `seen`: what the continuous
/// solution shows, may be empty.
ViewReport compare(const View& view, const Image8& shown, const Image& seen);

}  // namespace bifocal::report
