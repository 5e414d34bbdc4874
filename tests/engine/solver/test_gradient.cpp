// SPDX-License-Identifier: LGPL-3.0-or-later
// The plain projected gradient and its certificate, against an exact solution.
#include <catch2/catch.hpp>

#include <cmath>
#include <random>

#include "solver/gradient.hpp"

using namespace bifocal::solver;

TEST_CASE("projected gradient solves box-constrained quadratics with a certificate", "[gradient]") {
  // f = ½ Σ a_i (x_i − b_i)² + ½ s (Σ x_i − t)²: the optimum is x_i = clip(b_i − s r / a_i) with r = Σ x_i − t, a
  // scalar equation that bisection solves.
  std::mt19937 random(3);
  std::uniform_real_distribution<double> unit(0, 1);
  for (int round = 0; round < 20; ++round) {
    const int n = 12;
    std::vector<double> a(n), b(n);
    double largest = 0, smallest = 1e9;
    for (int i = 0; i < n; ++i) {
      a[i] = 0.5 + 3 * unit(random);
      b[i] = -100 + 450 * unit(random);
      largest = std::max(largest, a[i]);
      smallest = std::min(smallest, a[i]);
    }
    const double s = 2 * unit(random), t = 255 * n * unit(random);
    BoxFunction f;
    f.lower.assign(n, 0);
    f.upper.assign(n, 255);
    f.value_and_gradient = [&](std::span<const double> x, std::span<double> g) {
      double sum = -t, value = 0;
      for (int i = 0; i < n; ++i) sum += x[i];
      for (int i = 0; i < n; ++i) {
        value += 0.5 * a[i] * (x[i] - b[i]) * (x[i] - b[i]);
        g[i] = a[i] * (x[i] - b[i]) + s * sum;
      }
      return value + 0.5 * s * sum * sum;
    };
    f.value = [&](std::span<const double> x) {
      std::vector<double> g(x.size());
      return f.value_and_gradient(x, g);
    };
    double low = -1e6, high = 1e6;
    std::vector<double> exact(n);
    for (int k = 0; k < 200; ++k) {
      const double r = 0.5 * (low + high);
      double sum = -t;
      for (int i = 0; i < n; ++i) sum += exact[i] = std::clamp(b[i] - s * r / a[i], 0.0, 255.0);
      (sum > r ? low : high) = r;
    }
    const double optimum = f.value(exact);
    GradientOptions options;
    options.lipschitz = round % 2 ? largest + s * n : 1e-3;  // the right one, or one that must grow
    options.modulus = smallest;
    options.gap_tolerance = 1e-9;
    const GradientResult result = projected_gradient(f, std::vector<double>(n, 10.0), {}, options);
    CAPTURE(round, result.iterations, optimum, result.value, result.lower_bound);
    CHECK(result.converged);
    CHECK(result.value == Approx(optimum).epsilon(1e-8));
    CHECK(result.lower_bound <= optimum * (1 + 1e-12));
    CHECK(result.lower_bound >= optimum * (1 - 1e-8));
    // Convexity alone gives a certificate, too: weaker, never wrong.
    std::vector<double> g(n);
    const double v = f.value_and_gradient(result.x, g);
    CHECK(convex_bound(f, result.x, v, g, 0) <= optimum * (1 + 1e-12));
  }
}
