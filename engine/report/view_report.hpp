// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <functional>

#include <bifocal/problem.hpp>
#include <bifocal/report.hpp>

#include "progress/ask.hpp"
#include "report/part.hpp"

namespace bifocal::report {

/// What `view` shows of the bytes `image`: by its scaler's own arithmetic where it has one, else by the model, rounded.
Image8 shown(const View& view, const Image8& image);

/// Which pixels of what an operator makes take in at least one that `mask` (as Problem::mask) lets change: 255, else 0.
Image8 reachable(const SeparableOperator& look, const Image& mask);
/// The smallest part of a picture that holds all pixels that are not 0 on the map; all of it when there are none.
Part part_of(const Image8& map);

/// What is known of a view before it is compared: ViewReport::channels are empty.
ViewReport named(const View& view);

/// The figures of `shown` against `r`'s own picture, where its pixels are compared; whatever was proven is forgotten.
void measure(const Image8& shown, ViewReport& r);

/// The bytes' figures against the cover, those that `spare` does; NaN without.
void measure_cover(const Image8& image, const Image8& cover, const progress::Spare& spare, Result& r);

/// Names `view` and compares it as compare() does with what result.image shows, if `spare` does it. `seen` is asked for
/// then. Appends it to Result::views.
ViewReport& add_view(const View& view, const std::function<Image()>& seen, const Image* mask,
                     const progress::Spare& spare, Result& r);

/// Compares `shown` with the view's picture; pixels that do not matter count as right. `seen`: what the continuous
/// solution shows, may be empty. `mask`: as Problem::mask, or null; with one, only pixels that it lets change are
/// compared.
ViewReport compare(const View& view, const Image8& shown, const Image& seen, const Image* mask);

}  // namespace bifocal::report
