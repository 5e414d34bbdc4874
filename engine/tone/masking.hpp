// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
// What the cover's own texture hides (visual masking): grain and ghosts are seen where it is flat. On the tone plan's
// grid; planes of height·width samples, rows after rows, 0..1.
#include <vector>

#include "tone/plan.hpp"

namespace bifocal::tone {

/// The share of the lens' height to be left free at v = light(u): PlanOptions::low_margin where the cover is textured,
/// to flat_margin where it is not. room: per channel, about the mean square of the detail that is seen.
std::vector<float> low_margins(const std::vector<std::vector<float>>& room, int height, int width,
                               const PlanOptions& options);

/// How much an error of u counts against one of v: PlanOptions::textured_care to flat_care. seen: per channel, what is
/// wished of u.
std::vector<float> cares(const std::vector<std::vector<float>>& room, const std::vector<std::vector<float>>& seen,
                         int height, int width, const PlanOptions& options);

/// How much of the picture that cares() looked at is flat, 0..1; 0 where the options care as much for all.
double plain_share(const std::vector<float>& cares, const PlanOptions& options);

}  // namespace bifocal::tone
