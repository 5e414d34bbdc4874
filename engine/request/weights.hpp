// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <bifocal/operator.hpp>

namespace bifocal::request {

/// The weight of a view, against a cover of weight 1, that closes b % of the way between what the cover shows in it and
/// its picture: one output alone moves by κ/(1 + κ) of it, with κ = weight · |its row of the operator|². 100: exact,
/// which is 1/5000 of the way short of it; 1/1000 with several views, which repair then makes up for.
double view_weight(const SeparableOperator& look, double balance, std::size_t views = 1);

}  // namespace bifocal::request
