// SPDX-License-Identifier: LGPL-3.0-or-later
// A request looked over before anything is made of it: is all there, does it fit together, how large is each target
// seen?
#pragma once
#include <vector>

#include <bifocal/request.hpp>

namespace bifocal::request {

/// The sizes that the targets are seen at. Throws Error with a message for the user for whatever is wrong with the
/// request but its scalers.
std::vector<Size> checked_sizes(const Request& request);

/// A view with more pixels than the image on a side.
inline bool enlarges(Size view, Size image) { return view.width > image.width || view.height > image.height; }

/// One target, smaller than the cover: what most requests are.
bool one_thumbnail(const Request& request, const std::vector<Size>& sizes);

/// A view with more pixels than the image has cannot show anything one wants, whatever the scaler.
bool can_be_exact(Size image, Size view);

}  // namespace bifocal::request
