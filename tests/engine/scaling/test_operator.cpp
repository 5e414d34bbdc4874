// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <bifocal/error.hpp>
#include <bifocal/operator.hpp>
#include <bifocal/scaler.hpp>

#include "support/random_image.hpp"

using namespace bifocal;

namespace {

double dot(Plane<const float> a, Plane<const float> b) {
  double sum = 0;
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) sum += static_cast<double>(a.row(y)[x]) * b.row(y)[x];
  return sum;
}

}  // namespace

TEST_CASE("every scaler's adjoint is its operator's adjoint", "[operator]") {
  std::mt19937 random(3);
  const auto [from, to] =
      GENERATE(table<Size, Size>({{{40, 30}, {10, 6}}, {{17, 23}, {5, 23}}, {{9, 8}, {20, 31}}, {{1, 5}, {3, 1}}}));
  for (const ScalerInfo& info : Scaler::catalogue()) {
    CAPTURE(info.id, from.width, from.height, to.width, to.height);
    const SeparableOperator a = Scaler::find(info.id).matrices(from, to);
    const Image x = random_levels(random, from.height, from.width, 1),
                y = random_levels(random, to.height, to.width, 1);
    CHECK(dot(a.apply(x).plane(0), y.plane(0)) == Approx(dot(x.plane(0), a.adjoint(y).plane(0))).epsilon(1e-5));
  }
}

TEST_CASE("scaling a flat image keeps its level", "[operator]") {
  for (const ScalerInfo& info : Scaler::catalogue()) {
    CAPTURE(info.id);
    const SeparableOperator a = Scaler::find(info.id).matrices({37, 29}, {11, 8});
    for (const BandedMatrix* m : {&a.vertical, &a.horizontal})
      for (int r = 0; r < m->rows(); ++r) {
        double sum = 0;
        for (double w : m->weights(r)) sum += w;
        CHECK(sum == Approx(1).margin(2e-3));
      }
  }
}

TEST_CASE("a banded matrix refuses what does not fit", "[operator]") {
  BandedMatrix m(3);
  const double two[] = {0.5, 0.5};
  m.add_row(1, two);
  CHECK_THROWS_AS(m.add_row(2, two), Error);
  CHECK_THROWS_AS(m.add_row(-1, two), Error);
  CHECK_THROWS_AS(BandedMatrix(0), Error);
  CHECK_THROWS_AS(SeparableOperator::identity({4, 4}).apply(Image(3, 4, 1)), Error);
}
