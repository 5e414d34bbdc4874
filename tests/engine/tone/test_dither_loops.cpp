// SPDX-License-Identifier: LGPL-3.0-or-later
// The row loops of the solver "to the eye": the same for any CPU, and right.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "hot/dither.hpp"
#include "light/transfer.hpp"

using namespace bifocal;

namespace {

using Row = std::vector<float>;

Row random_row(std::mt19937& random, int n, float low, float high) {
  Row row(n);
  for (float& v : row) v = std::uniform_real_distribution<float>(low, high)(random);
  return row;
}

void check_near(const Row& a, const Row& b, float margin) {
  REQUIRE(a.size() == b.size());
  float most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::fabs(a[i] - b[i]));
  CHECK(most <= margin);
}

double curve(double t) { return std::pow(t + 0.01, 2.2); }
double lens_floor(double t, double low, double room) { return (1 - low) * (curve(t) + room) + low * t; }
double lens_ceiling(double t, double high, double room) {
  return t > curve(t) + room ? t - high * (t - curve(t) - room) : t;
}

}  // namespace

TEST_CASE("rows of any length come out the same with and without vector instructions", "[eye]") {
  const hot::DitherLoops &any = hot::baseline::kDitherLoops, &here = hot::dither();
  const int n = GENERATE(1, 2, 7, 8, 9, 16, 31, 33, 100);
  CAPTURE(n);
  std::mt19937 random(n);
  const Row level = random_row(random, n, 0, 255), other = random_row(random, n, -3, 3),
            half = random_row(random, (n + 1) / 2, -9, 9);
  Row a((n + 1) / 2), b = a, c(n), d(n), e(n), f(n);
  any.halve_row(level.data(), n, a.data()), here.halve_row(level.data(), n, b.data());
  check_near(a, b, 1e-4f);
  const Row pairs = random_row(random, (n + 1) / 2, -9, 9);
  for (const float* more : {static_cast<const float*>(nullptr), pairs.data()}) {
    any.double_row(half.data(), more, n, c.data()), here.double_row(half.data(), more, n, d.data());
    check_near(c, d, 1e-5f);
  }
  any.pair_rows(level.data(), other.data(), n, a.data()), here.pair_rows(level.data(), other.data(), n, b.data());
  check_near(a, b, 1e-4f);
  e = f = other;
  for (bool add : {false, true}) {
    any.light_row(level.data(), n, 0.3f, add, c.data(), e.data()),
        here.light_row(level.data(), n, 0.3f, add, d.data(), f.data());
    check_near(c, d, 1e-3f), check_near(e, f, 1e-3f);
    for (int i = 0; i < n; ++i) CHECK(c[i] == Approx(light::decode(Transfer::Srgb, level[i])).margin(0.1));
  }
  any.weight_row(level.data(), n, 0.2f, c.data()), here.weight_row(level.data(), n, 0.2f, d.data());
  check_near(c, d, 1e-3f);

  Row low = random_row(random, n, 0, 100), high(n), x(n);
  for (int i = 0; i < n; ++i) {
    high[i] = low[i] + 100;
    // Some lie at a bound, where they may be held.
    x[i] = i % 3 == 0 ? low[i] : i % 3 == 1 ? high[i] : low[i] + 50;
  }
  const Row luma = random_row(random, n, -5, 5), light = random_row(random, n, -5, 5),
            weight = random_row(random, n, 0.2f, 5);
  any.wish_row(x.data(), luma.data(), 0.3f, light.data(), other.data(), weight.data(), 8, 4, low.data(), high.data(), n,
               c.data(), d.data());
  here.wish_row(x.data(), luma.data(), 0.3f, light.data(), other.data(), weight.data(), 8, 4, low.data(), high.data(),
                n, e.data(), f.data());
  check_near(c, e, 1e-5f), check_near(d, f, 1e-3f);
  const Row root = c, wish = d;
  Row at = x, moved = other, at_here = x, moved_here = other;
  hot::Advance how{root.data(), wish.data(), light.data(), {}, low.data(), high.data(), 8, 1.3f, 0.7f};
  const Row blur = random_row(random, hot::Advance::kTaps, 0, 0.3f);
  how.blur = blur.data();
  for (auto& row : how.rows) row = luma.data();
  any.advance_row(how, at.data(), moved.data(), n), here.advance_row(how, at_here.data(), moved_here.data(), n);
  check_near(at, at_here, 1e-3f), check_near(moved, moved_here, 1e-3f);
  for (int i = 0; i < n; ++i) {
    CHECK(at[i] >= low[i]);
    CHECK(at[i] <= high[i]);
    CHECK(at[i] - x[i] == Approx(moved[i]).margin(1e-4));
    if (wish[i] == 0) CHECK(at[i] == x[i]);
  }
}

TEST_CASE("the lens of tone planning gives back the nearest pair inside", "[eye]") {
  const hot::DitherLoops& loops = GENERATE(0, 1) ? hot::dither() : hot::baseline::kDitherLoops;
  constexpr int kPairs = 501, kSteps = 4000;
  constexpr float kHigh = 0.05f;
  std::mt19937 random(5);
  const Row u = random_row(random, kPairs, -0.1f, 1.1f), v = random_row(random, kPairs, -0.1f, 1.1f),
            room = random_row(random, kPairs, 0, 0.04f), low = random_row(random, kPairs, 0.05f, 0.4f),
            care = random_row(random, kPairs, 0.5f, 5);
  const Row before_u = random_row(random, kPairs, -0.05f, 0.05f), before_v = random_row(random, kPairs, -0.05f, 0.05f);
  Row split_u(kPairs), split_v(kPairs), dual_u = before_u, dual_v = before_v;
  loops.project_row(low.data(), kHigh, room.data(), care.data(), {u.data(), split_u.data(), dual_u.data()},
                    {v.data(), split_v.data(), dual_v.data()}, kPairs);
  double worst = 0;
  for (int i = 0; i < kPairs; ++i) {
    const double a = u[i] + before_u[i], b = v[i] + before_v[i], p = split_u[i], q = split_v[i];
    CHECK(dual_u[i] == Approx(a - p).margin(1e-6));
    CHECK(dual_v[i] == Approx(b - q).margin(1e-6));
    CHECK(q >= lens_floor(p, low[i], room[i]) - 2e-3);
    CHECK(q <= lens_ceiling(p, kHigh, room[i]) + 2e-3);
    const auto distance = [&](double du, double dv) { return std::hypot(std::sqrt(care[i]) * du, dv); };
    double nearest = 10;
    for (int k = 0; k <= kSteps; ++k) {
      const double t = static_cast<double>(k) / kSteps, bottom = lens_floor(t, low[i], room[i]),
                   top = lens_ceiling(t, kHigh, room[i]);
      if (bottom <= top) nearest = std::min(nearest, distance(t - a, std::clamp(b, bottom, top) - b));
    }
    worst = std::max(worst, distance(p - a, q - b) - nearest);
  }
  CHECK(worst < 0.005);
}
