// SPDX-License-Identifier: LGPL-3.0-or-later
// What is said of an image to the eye: what an eye and scalers see of it, and what a person should know of that.
#pragma once
#include <optional>
#include <vector>

#include <bifocal/request.hpp>

#include "progress/ask.hpp"
#include "request/parts.hpp"

namespace bifocal::request {

/// By the tone plan's kernel.
Image resampled(const Image& image, Size to);

/// One thumbnail: what the eye, the chosen scaler and a panel of others see of `image`, as Result::appearance. Rows
/// that `spare` does not do are left out.
void show_one(const Image8& image, const Image8& cover, const Parts& parts, const progress::Spare& spare,
              Result& result);
/// `plain`: tone::Plan's.
void warn_of_one(const Request& request, const Parts& parts, double plain, Result& result);

/// Several views: the same of the eye and of each of them. Returns each view's, where `spare` did it.
std::vector<std::optional<Likeness>> show_views(const Request& request, const std::vector<Scaler>& scalers,
                                                const std::vector<Size>& sizes, const Image8& image,
                                                const progress::Spare& spare, Result& result);
/// Of views that show little of their target; they are named in result.views.
void warn_of_views(const std::vector<Scaler>& scalers, const std::vector<std::optional<Likeness>>& shown, double plain,
                   Result& result);

}  // namespace bifocal::request
