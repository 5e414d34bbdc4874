// SPDX-License-Identifier: LGPL-3.0-or-later
// A scaler learnt from what real software makes of the probes has that software's matrices.
#include <catch2/catch.hpp>

#include <bifocal/error.hpp>
#include <bifocal/learn.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

std::vector<double> dense(const BandedMatrix& m) {
  std::vector<double> d(static_cast<std::size_t>(m.rows()) * m.columns());
  for (int r = 0; r < m.rows(); ++r)
    for (int k = 0; k < m.count(r); ++k)
      d[static_cast<std::size_t>(r) * m.columns() + m.first(r) + k] = m.weights(r)[k];
  return d;
}

double largest_difference(const BandedMatrix& a, const BandedMatrix& b) {
  const auto x = dense(a), y = dense(b);
  REQUIRE(x.size() == y.size());
  double most = 0;
  for (std::size_t i = 0; i < x.size(); ++i) most = std::max(most, std::abs(x[i] - y[i]));
  return most;
}

struct Case {
  std::string library, filter, id;
  Size from, to;
};

}  // namespace

TEST_CASE("scalers are learnt from examples", "[learn][peer]") {
  const Case c = GENERATE(values<Case>({{"pillow", "bicubic", "pillow-bicubic", {200, 160}, {50, 40}},
                                        {"pillow", "lanczos", "pillow-lanczos", {150, 97}, {113, 60}},
                                        {"opencv", "area", "opencv-area", {210, 150}, {64, 48}},
                                        {"opencv", "nearest", "opencv-nearest", {128, 128}, {32, 32}},
                                        {"gimp", "linear", "gimp-linear", {200, 160}, {60, 40}},
                                        {"qt", "smooth", "qt-smooth", {180, 150}, {60, 64}}}));
  Peer peer;
  const std::vector<Image8> probes = make_probes(c.from, c.to);
  std::vector<Peer::Job> jobs;
  for (const Image8& p : probes) jobs.push_back({c.filter, &p, c.to});
  const LearntScaler learnt = learn_scaler(probes, peer.resize_all(c.library, jobs), "the unknown one");
  const Scaler known = Scaler::find(c.id);
  CAPTURE(c.id, probes.size(), learnt.residual_mean, learnt.residual_max, learnt.bias);
  CHECK(learnt.scaler.info().light == known.info().light);
  CHECK(learnt.residual_mean < 0.25);
  CHECK(learnt.residual_max <= 2);
  const SeparableOperator a = learnt.scaler.matrices(c.from, c.to), b = known.matrices(c.from, c.to);
  CHECK(largest_difference(a.vertical, b.vertical) < 0.006);
  CHECK(largest_difference(a.horizontal, b.horizontal) < 0.006);
  CHECK(std::abs(learnt.bias - (c.id == "qt-smooth" ? -0.5 : 0)) < 0.1);
  CHECK_THROWS_AS(learnt.scaler.matrices({10, 10}, {5, 5}), Error);
}

TEST_CASE("software that is not linear is found out", "[learn]") {
  const Size from{96, 96}, to{24, 24};
  const std::vector<Image8> probes = make_probes(from, to);
  std::vector<Image8> outputs;
  for (const Image8& p : probes) {  // the median of a block of 3 x 3 samples, which no matrix gives
    Image8 out(to.height, to.width, 1);
    for (int y = 0; y < to.height; ++y)
      for (int x = 0; x < to.width; ++x) {
        std::vector<std::uint8_t> block;
        for (int j = 0; j < 3; ++j)
          for (int i = 0; i < 3; ++i) block.push_back(p.plane(0).row(4 * y + j)[4 * x + i]);
        std::nth_element(block.begin(), block.begin() + 4, block.end());
        out.plane(0).row(y)[x] = block[4];
      }
    outputs.push_back(std::move(out));
  }
  CHECK(learn_scaler(probes, outputs).residual_mean > 5);
  outputs.pop_back();
  CHECK_THROWS_AS(learn_scaler(probes, outputs), Error);
}
