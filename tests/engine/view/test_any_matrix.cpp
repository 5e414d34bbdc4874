// SPDX-License-Identifier: LGPL-3.0-or-later
// Matrices that no scaler has, but that are legal: rows in any order, empty rows. Every algorithm takes them.
#include <cmath>

#include <catch2/catch.hpp>

#include <bifocal/error.hpp>
#include <bifocal/learn.hpp>
#include <bifocal/request.hpp>
#include <bifocal/solve.hpp>

#include "bytes/exact_view.hpp"
#include "bytes/repair.hpp"
#include "solver/band_cholesky.hpp"
#include "support/problems.hpp"
#include "support/random_image.hpp"
#include "view/evaluator.hpp"

using namespace bifocal;

namespace {

enum class Kind { Mirror, Empty, HalfEmpty, Leaps, WideMirror };

BandedMatrix matrix(Kind kind, int n) {
  BandedMatrix m(n);
  const double one[] = {1.0}, three[] = {0.25, 0.5, 0.25};
  for (int r = 0; r < n; ++r) {
    switch (kind) {
      case Kind::Mirror:
        m.add_row(n - 1 - r, one);
        break;
      case Kind::Empty:
        m.add_row(0, {});
        break;
      case Kind::HalfEmpty:
        r % 3 ? m.add_row(0, {}) : m.add_row(std::min(r, n - 3), three);
        break;
      case Kind::Leaps:
        m.add_row(r * 5 % (n - 2), three);
        break;
      case Kind::WideMirror:
        m.add_row(std::max(0, n - 3 - r), three);
        break;
    }
  }
  return m;
}

Problem seen_through(const SeparableOperator& look, int channels) {
  std::mt19937 random(5);
  const Size size = look.source();
  Problem p;
  p.cover = random_levels(random, size.height, size.width, channels);
  p.views.push_back(View::pixels(size));
  View v;
  v.name = "odd";
  v.look = look;
  v.picture = random_levels(random, look.target().height, look.target().width, channels);
  v.weight = 3;
  p.views.push_back(v);
  return p;
}

}  // namespace

TEST_CASE("matrices with rows in any order, and empty ones, work in every algorithm", "[any-matrix]") {
  const Kind down = GENERATE(Kind::Mirror, Kind::Empty, Kind::HalfEmpty, Kind::Leaps, Kind::WideMirror);
  const Kind across = GENERATE(Kind::Mirror, Kind::Empty, Kind::HalfEmpty);
  const Size size = GENERATE(Size{8, 8}, Size{13, 9});
  CAPTURE(static_cast<int>(down), static_cast<int>(across), size.width);
  const Problem p = seen_through({matrix(down, size.height), matrix(across, size.width)}, 1);
  SolveOptions o;
  o.keep_continuous = true;
  o.max_sweeps = 400;
  double best = HUGE_VAL, bound = -HUGE_VAL;
  for (const char* algorithm : {"dual", "accelerated", "lbfgs", "gradient"}) {
    CAPTURE(algorithm);
    o.algorithm = algorithm;
    const Result r = solve(p, o);
    CHECK(r.outcome == Outcome::Solved);
    CHECK(r.objective == Approx(objective(p, r.continuous)).epsilon(1e-4));
    best = std::min(best, r.objective);
    bound = std::max(bound, bound_of(r));
  }
  CHECK(bound <= best * (1 + 1e-6));
  CHECK(bound >= best * (1 - 1e-3));
}

TEST_CASE("a larger mirror: the evaluator's tiles read from the other side", "[any-matrix]") {
  // Far beyond one tile; rows in leaps of up to 40 are still run tile by tile.
  const int width = 1100, height = 150;
  BandedMatrix across(width), down(height);
  const double two[] = {0.5, 0.5};
  for (int x = 0; x < width; ++x) across.add_row(std::min(width - 2, x / 30 * 30 + 29 - x % 30), two);
  for (int y = 0; y < height; ++y)
    y % 7 == 3 ? down.add_row(0, {}) : down.add_row(std::min(height - 2, y / 30 * 30 + 29 - y % 30), two);
  const Problem p = seen_through({down, across}, 3);
  view::Evaluator evaluate(p);
  Image gradient;
  const double f = evaluate(p.cover, gradient);
  CHECK(f == Approx(objective(p, p.cover)).epsilon(1e-5));
  // ∂f/∂x = w Aᵀ (A x − picture)
  Image residual = p.views[1].look.apply(p.cover);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) residual.plane(c).row(y)[x] -= p.views[1].picture.plane(c).row(y)[x];
  const Image wanted = p.views[1].look.adjoint(residual);
  double worst = 0;
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x)
        worst = std::max<double>(worst, std::abs(3 * wanted.plane(c).row(y)[x] - gradient.plane(c).row(y)[x]));
  CHECK(worst < 0.01);
}

TEST_CASE("a banded factor knows rows that overlap far apart", "[any-matrix]") {
  // Rows 0 and 5 read the same columns, those between them others: A Aᵀ has an entry five rows from the diagonal.
  BandedMatrix a(12);
  const double w[] = {1.0, 2.0};
  for (int first : {4, 0, 6, 2, 8, 4}) a.add_row(first, w);
  const solver::BandCholesky factor(a, 0.1);
  // (A Aᵀ + 0.1 mean) x = b for b = first unit vector: rows 0 and 5 share it.
  std::vector<float> b = {1, 0, 0, 0, 0, 0};
  factor.solve(b.data(), 1);
  const double d = 5 + 0.5, e = 5, det = d * d - e * e;
  CHECK(b[0] == Approx(d / det).epsilon(1e-4));
  CHECK(b[5] == Approx(-e / det).epsilon(1e-4));
}

TEST_CASE("a row's end is counted without overflow", "[any-matrix]") {
  BandedMatrix m(4);
  const double two[] = {1.0, 1.0}, zero_first[] = {0.0, 1.0};
  CHECK_THROWS_AS(m.add_row(2147483647, two), Error);
  CHECK_THROWS_AS(m.add_row(2147483647, zero_first), Error);
  CHECK_THROWS_AS(m.add_row(-2147483647 - 1, two), Error);
  CHECK(m.rows() == 0);
  m.add_row(2, two);
  m.add_row(-1, zero_first);  // its one weight stands in column 0
  CHECK(m.rows() == 2);
}

TEST_CASE("repair leaves an output alone that no pixel feeds", "[any-matrix]") {
  // As learnt from a program that gives some rows a constant.
  std::vector<Image8> probes = make_probes({16, 16}, {4, 4}), results;
  const Scaler box = Scaler::find("pillow-box");
  for (const Image8& p : probes) {
    results.push_back(box.resize(p, {4, 4}));
    for (int x = 0; x < 4; ++x) results.back().plane(0).row(2)[x] = 0;
  }
  const LearntScaler learnt = learn_scaler(probes, results);
  BandedMatrix down(16);
  const double quarter[] = {0.25, 0.25, 0.25, 0.25};
  for (int r = 0; r < 4; ++r) r == 2 ? down.add_row(0, {}) : down.add_row(4 * r, quarter);
  scaling::FixedPoint f;
  f.vertical = scaling::quantised(down, 22);
  f.horizontal = scaling::quantised(box.matrices({16, 16}, {4, 4}).horizontal, 22);
  scaling::set_rounding_shift(f, 44);
  std::mt19937 random(3);
  Image8 image = random_image(random, 16, 16, 1), wanted = box.resize(image, {4, 4});
  for (int x = 0; x < 4; ++x)
    for (int y = 0; y < 4; ++y) {
      std::uint8_t& level = wanted.plane(0).row(y)[x];
      level = y == 2 ? 1 : static_cast<std::uint8_t>(level + x % 3 - 1);
    }
  std::vector<bytes::ExactView> views;
  views.emplace_back(f, image.plane(0), wanted.plane(0), Plane<const float>{});
  CHECK_FALSE(views[0].picks());
  const Image cover = to_float(image);
  bytes::RepairLimits limits;
  bytes::repair(image.plane(0), Levels(cover.plane(0)), {}, views, limits);
  for (int x = 0; x < 4; ++x)
    for (int y : {0, 1, 3}) CHECK(views[0].need(y, x) == 0);

  // The whole way: a learnt scaler in an exact view.
  Problem p;
  p.cover = random_levels(random, 16, 16, 1);
  p.views.push_back(View::pixels(Size{16, 16}));
  p.views.push_back(View::scaled(learnt.scaler, {16, 16}, to_float(wanted), 100));
  p.views.back().exact = true;
  CHECK_NOTHROW(solve(p));
}

TEST_CASE("luma of one, two and four channels", "[any-matrix]") {
  const int channels = GENERATE(1, 2, 3, 4);
  const Transfer light = GENERATE(Transfer::None, Transfer::Srgb, Transfer::Power);
  CAPTURE(channels, static_cast<int>(light));
  std::mt19937 random(9);
  const Size size{20, 18};
  Problem p;
  p.cover = random_levels(random, size.height, size.width, channels);
  p.views.push_back(View::eye(1.2, Channels::Luma, random_levels(random, size.height, size.width, 1), 2, light));
  View far = p.views[0];  // and one that is not run tile by tile
  const SeparableOperator box = Scaler::find("pillow-box").matrices(size, {5, 6});
  far.look = box;
  far.picture = random_levels(random, 6, 5, 1);
  p.views.push_back(far);
  view::Evaluator evaluate(p);
  Image gradient;
  const double f = evaluate(p.cover, gradient);
  CHECK(f == Approx(objective(p, p.cover)).epsilon(light == Transfer::Srgb ? 5e-3 : 1e-4));
  // The gradient is the value's, in every channel; a fourth one is not looked at.
  for (int c = 0; c < channels; ++c) {
    Image moved = p.cover;
    double along = 0;
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        const float step = moved.plane(c).row(y)[x] < 128 ? 0.5f : -0.5f;
        moved.plane(c).row(y)[x] += step;
        along += step * gradient.plane(c).row(y)[x];
      }
    const double changed = evaluate.value(moved) - f;
    CHECK(changed == Approx(along).epsilon(0.05).margin(1e-4 * f));
    if (c == 3) CHECK(along == 0);
  }
  SolveOptions o;
  o.algorithm = "lbfgs";
  o.max_sweeps = 20;
  CHECK(solve(p, o).objective < f);
}
