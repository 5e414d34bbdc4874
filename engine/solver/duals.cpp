// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/duals.hpp"

#include <algorithm>
#include <cmath>

#include "hot/hot.hpp"

namespace bifocal::solver {

double dot(const Duals& a, const Duals& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += hot::loops().dot(a[k].v.data(), b[k].v.data(), a[k].v.size());
  return sum;
}

void add(Duals& y, double a, const Duals& x) {
  for (std::size_t k = 0; k < y.size(); ++k) {
    float* to = y[k].v.data();
    const float* from = x[k].v.data();
    const float f = static_cast<float>(a);
    for (std::size_t i = 0; i < y[k].v.size(); ++i) to[i] += f * from[i];
  }
}

Duals difference(const Duals& a, const Duals& b) {
  Duals d = a;
  add(d, -1, b);
  return d;
}

double largest(const Duals& a) {
  float most = 0;
  for (const Grid& g : a) most = std::max(most, hot::loops().largest(g.v.data(), g.v.size()));
  return most;
}

}  // namespace bifocal::solver
