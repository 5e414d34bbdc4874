// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/duals.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "hot/hot.hpp"

namespace bifocal::solver {

double dot(const Duals& a, const Duals& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += hot::loops().dot(a[k].v.data(), b[k].v.data(), a[k].v.size());
  return sum;
}

void add(Duals& y, const std::vector<float>& a, const std::vector<const Duals*>& x) {
  std::vector<const float*> from(x.size());
  for (std::size_t k = 0; k < y.size(); ++k) {
    for (std::size_t i = 0; i < x.size(); ++i) from[i] = (*x[i])[k].v.data();
    hot::loops().add_scaled(y[k].v.data(), from.data(), a.data(), static_cast<int>(a.size()), y[k].v.size());
  }
}

void subtract(const Duals& a, const Duals& b, Duals& out) {
  out.resize(a.size());
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (out[k].v.size() != a[k].v.size()) out[k] = Grid(a[k].height, a[k].width);
    std::transform(a[k].v.begin(), a[k].v.end(), b[k].v.begin(), out[k].v.begin(), std::minus<float>());
  }
}

double largest(const Duals& a) {
  float most = 0;
  for (const Grid& g : a) most = std::max(most, hot::loops().largest(g.v.data(), g.v.size()));
  return most;
}

}  // namespace bifocal::solver
