// SPDX-License-Identifier: LGPL-3.0-or-later
#include "scaling/chromium.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "matrix/banded.hpp"
#include "scaling/averaging.hpp"
#include "words/words.hpp"

namespace bifocal::scaling {

using namespace matrix;

namespace {

/// Pairs; an odd side's last three pixels, and with them all, as 1 2 1.
BandedMatrix halved(int in) {
  BandedMatrix m(in);
  if (in == 1) return BandedMatrix::identity(1);
  const std::array<double, 2> pair{0.5, 0.5};
  const std::array<double, 3> three{0.25, 0.5, 0.25};
  for (int o = 0; o < in / 2; ++o) {
    if (in % 2)
      m.add_row(2 * o, three);
    else
      m.add_row(2 * o, pair);
  }
  return m;
}

/// Between two pixels, not widened; positions are rounded down to 1/phases pixel, 0: as they are.
BandedMatrix interpolated(int in, int out, int phases) {
  BandedMatrix m(in);
  const double ratio = static_cast<double>(in) / out;
  for (int o = 0; o < out; ++o) {
    double at = std::clamp((o + 0.5) * ratio - 0.5, 0.0, in - 1.0);
    if (phases) at = std::floor(at * phases + 1e-6) / phases;
    const int first = std::min(static_cast<int>(at), std::max(0, in - 2));
    const std::array<double, 2> weights{1 - (at - first), at - first};
    m.add_row(first, {weights.data(), in > 1 ? 2u : 1u});
  }
  return m;
}

int part(int side, int level) {
  return static_cast<int>((static_cast<std::int64_t>(side) + (1 << level) - 1) >> level);
}

struct Steps {
  int level = 0;     // the image at 1/2^level
  int halvings = 0;  // that lead to it, or near it
  Size at;           // its size

  Steps(Size from, Size to) {
    const auto fits = [&](int l) { return part(from.width, l) >= to.width && part(from.height, l) >= to.height; };
    while (level < 16 && fits(level + 1) && (part(from.width, level) > 1 || part(from.height, level) > 1)) ++level;
    at = {part(from.width, level), part(from.height, level)};
    const double ratio =
        std::min(static_cast<double>(from.width) / at.width, static_cast<double>(from.height) / at.height);
    halvings = static_cast<int>(std::floor(std::log2(ratio) + 1e-9));
  }
};

BandedMatrix axis(int in, int out, int at, int halvings) {
  BandedMatrix m = BandedMatrix::identity(in);
  for (int i = 0; i < halvings; ++i) m = product(halved(m.rows()), m);
  if (m.rows() != at) m = product(interpolated(m.rows(), at, 0), m);
  return at == out ? m : product(interpolated(at, out, 16), m);
}

SeparableOperator matrices(Size from, Size to) {
  const Steps s(from, to);
  return {axis(from.height, to.height, s.at.height, s.halvings), axis(from.width, to.width, s.at.width, s.halvings)};
}

/// Dropped fractions: quarters by each halving, what is left of a level by the interpolation.
double bias(Size from, Size to) {
  const Steps s(from, to);
  return -0.375 * s.halvings - (s.at == to ? 0 : 0.5);
}

}  // namespace

std::vector<std::shared_ptr<const Model>> chromium_models() {
  ScalerInfo i;
  i.id = "chromium-img";
  i.name = "Chromium, Chrome, Edge: img";
  i.call = "<img>";
  i.program = N_("Web browsers");
  i.library = "Chromium";
  i.version = "150, 156";
  i.kernel = "halved, then triangle, not widened";
  i.arithmetic = "bytes after each step, fractions dropped";
  i.exactness = Exactness::Close;
  i.picture_error = 0.11;
  i.mean_error = 0.34;
  i.max_error = 17;
  return {averaging_model({i, matrices, Rounding::Nearest, bias})};
}

}  // namespace bifocal::scaling
