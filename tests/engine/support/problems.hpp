// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <string>

#include <bifocal/problem.hpp>
#include <bifocal/request.hpp>

/// A cover and one thumbnail of `weight`, both smooth pictures with levels in low..high.
bifocal::Problem one_thumbnail(const std::string& scaler, bifocal::Size cover, bifocal::Size thumbnail, int channels,
                               double weight, int low = 0, int high = 255);
/// The certified bound; -infinity without a certificate.
double bound_of(const bifocal::Result& result);
bifocal::Request one_request(const std::string& scaler, bifocal::Size cover, bifocal::Size thumbnail, int channels,
                             int low = 26, int high = 229);
