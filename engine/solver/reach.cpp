// SPDX-License-Identifier: LGPL-3.0-or-later
#include "solver/reach.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "progress/ask.hpp"
#include "view/cover.hpp"

namespace bifocal::solver {
namespace {

constexpr float kPatch = 0.25f, kSeed = 0.5f;

using Patch = std::vector<std::pair<int, int>>;  // (y, x)

/// Connected (8 neighbours) outputs with |residual| > kPatch, at least one above kSeed.
std::vector<Patch> patches(const Image& residual, int channel) {
  const auto r = residual.plane(channel);
  Image8 taken(r.height, r.width, 1);
  const auto t = taken.plane(0);
  std::vector<Patch> all;
  for (int y0 = 0; y0 < r.height; ++y0) {
    progress::ask();
    for (int x0 = 0; x0 < r.width; ++x0) {
      if (t.row(y0)[x0] || std::abs(r.row(y0)[x0]) <= kSeed) continue;
      Patch patch{{y0, x0}};
      t.row(y0)[x0] = 1;
      for (std::size_t i = 0; i < patch.size(); ++i) {
        const auto [cy, cx] = patch[i];
        for (int y = std::max(0, cy - 1); y <= std::min(r.height - 1, cy + 1); ++y)
          for (int x = std::max(0, cx - 1); x <= std::min(r.width - 1, cx + 1); ++x)
            if (!t.row(y)[x] && std::abs(r.row(y)[x]) > kPatch) {
              t.row(y)[x] = 1;
              patch.emplace_back(y, x);
            }
      }
      all.push_back(std::move(patch));
    }
  }
  return all;
}

class Prover {
 public:
  Prover(const Problem& p, const View& v) : problem_(p), view_(v) {}

  bool proves(const Image& residual, int channel, const Patch& patch, double slack) const {
    const BandedMatrix &vertical = view_.look.vertical, &horizontal = view_.look.horizontal;
    int y0 = vertical.columns(), y1 = 0, x0 = horizontal.columns(), x1 = 0;
    for (const auto& [y, x] : patch) {
      y0 = std::min(y0, vertical.first(y));
      y1 = std::max(y1, vertical.first(y) + vertical.count(y));
      x0 = std::min(x0, horizontal.first(x));
      x1 = std::max(x1, horizontal.first(x) + horizontal.count(x));
    }
    const int width = x1 - x0;
    std::vector<double> a(static_cast<std::size_t>(std::max(0, y1 - y0)) * std::max(0, width), 0.0);
    double gain = 0;
    for (const auto& [y, x] : patch) {
      const double mu = residual.plane(channel).row(y)[x];
      progress::ask();
      gain += mu * view_.picture.plane(channel).row(y)[x] - slack * std::abs(mu);
      const auto v = vertical.weights(y), h = horizontal.weights(x);
      for (std::size_t i = 0; i < v.size(); ++i)
        for (std::size_t k = 0; k < h.size(); ++k)
          a[(vertical.first(y) - y0 + i) * width + horizontal.first(x) - x0 + k] += mu * v[i] * h[k];
    }
    for (int y = y0; y < y1; ++y) {
      progress::ask();
      for (int x = x0; x < x1; ++x) {
        const double c = cover_of(problem_, channel).at(y, x);
        const double s = problem_.mask ? problem_.mask->plane(0).row(y)[x] : 1;
        const double weight = a[static_cast<std::size_t>(y - y0) * width + x - x0];
        gain -= weight * (weight > 0 ? c + (255 - c) * s : c - c * s);
      }
    }
    return gain > 0;
  }

 private:
  const Problem& problem_;
  const View& view_;
};

}  // namespace

std::size_t prove_out_of_reach(const Problem& problem, const View& view, const Image& seen, double slack, Image8& map) {
  Image residual(seen.height(), seen.width(), seen.channels());
  std::size_t proven = 0;
  const Prover prover(problem, view);
  for (int c = 0; c < seen.channels(); ++c) {
    for (int y = 0; y < seen.height(); ++y)
      for (int x = 0; x < seen.width(); ++x) {
        const bool matters = !view.pixel_weights || view.pixel_weights->plane(0).row(y)[x] > 0;
        residual.plane(c).row(y)[x] = matters ? view.picture.plane(c).row(y)[x] - seen.plane(c).row(y)[x] : 0.f;
      }
    for (const Patch& patch : patches(residual, c)) {
      if (!prover.proves(residual, c, patch, slack)) continue;
      for (const auto& [y, x] : patch) {
        std::uint8_t& mark = map.plane(0).row(y)[x];
        proven += mark != 0 && mark != 255;
        if (mark) mark = 255;
      }
    }
  }
  return proven;
}

}  // namespace bifocal::solver
