// SPDX-License-Identifier: LGPL-3.0-or-later
#include "request/weights.hpp"

#include <algorithm>

#include "matrix/banded.hpp"

namespace bifocal::request {
namespace {

constexpr double kExactPull = 5000;
/// Views that overlap make the problem as badly conditioned as this is large.
constexpr double kExactPullOfMany = 1000;

}  // namespace

double view_weight(const SeparableOperator& look, double balance, std::size_t views) {
  const double most = views > 1 ? kExactPullOfMany : kExactPull;
  const double pull = balance >= 100 ? most : std::min(most, balance / (100 - balance));
  return pull / (matrix::mean_square(look.vertical) * matrix::mean_square(look.horizontal));
}

}  // namespace bifocal::request
