// SPDX-License-Identifier: LGPL-3.0-or-later
// Reveal on tiny, thin, flat and tall images; progress, cancel, and words that claim no more than was compared.
// Quick, and not tagged [reveal], so that it runs under the sanitizers, too.
#include <catch2/catch.hpp>

#include <atomic>
#include <map>

#include <bifocal/error.hpp>
#include <bifocal/reveal.hpp>

#include "reveal/coarse.hpp"
#include "reveal/fourier.hpp"
#include "support/drawings.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

RevealOptions two(std::vector<Size> sizes = {}) {
  RevealOptions options;
  options.scalers = {"pillow-bicubic", "pillow-nearest"};
  options.sizes = std::move(sizes);
  options.tile = 16;
  return options;
}

bool same(const Reveal& a, const Reveal& b) {
  if (a.verdict != b.verdict || a.suspicion != b.suspicion || a.tiles.size() != b.tiles.size()) return false;
  for (std::size_t i = 0; i < a.tiles.size(); ++i)
    if (a.tiles[i].likeness != b.tiles[i].likeness || a.tiles[i].difference != b.tiles[i].difference) return false;
  return true;
}

}  // namespace

TEST_CASE("sizes of any side give the same answer each time, also where there is too little to compare",
          "[reveal-limits]") {
  std::vector<Size> sizes;
  for (int n = 1; n <= 8; ++n) sizes.push_back({n, 9 - n}), sizes.push_back({3 * n, n});
  RevealOptions options = two(sizes);
  options.search = false;
  for (const Size size : {Size{64, 16}, Size{8, 8}, Size{9, 40}, Size{41, 8}})
    for (const int channels : {1, 3}) {
      const Image8 image = smooth_image(3, size.height, size.width, channels);
      const Reveal first = reveal(image, options);
      CAPTURE(size.width, size.height, channels, first.verdict);
      CHECK(same(first, reveal(image, options)));
      for (const RevealTile& t : first.tiles) {
        CHECK(t.compared == (std::min({t.size.width, t.size.height}) >= 4));
        CHECK(std::abs(t.likeness) <= 1);
        if (!t.compared) CHECK_FALSE(t.hides);
      }
    }
}

TEST_CASE("thin, flat and enlarged images can be looked at", "[reveal-limits]") {
  for (const Size size : {Size{64, 16}, Size{16, 64}, Size{8, 8}, Size{300, 8}, Size{8, 500}, Size{63, 17}}) {
    for (const bool flat : {false, true}) {
      Image8 image = smooth_image(5, size.height, size.width, 1);
      if (flat) image = drawings::drawn(size, [](int, int) { return 90; });
      const std::vector<Size> enlarged = {
          {size.width * 2, size.height * 2}, {size.width * 3 / 2, 3}, {3, size.height * 3 / 2}};
      const Reveal r = reveal(image, two(enlarged)), again = reveal(image, two(enlarged)),
                   quarter = reveal(image, two());
      CAPTURE(size.width, size.height, flat, r.verdict, quarter.verdict);
      CHECK(same(r, again));
      CHECK(same(quarter, reveal(image, two())));
      CHECK_FALSE(r.hides);
      CHECK_FALSE(quarter.hides);
      if (std::min(size.width, size.height) < 16 && size.width != size.height)
        CHECK(quarter.verdict.find("too few pixels to compare") != std::string::npos);
    }
  }
}

TEST_CASE("pictures on different grids are not compared", "[reveal-limits]") {
  const Image8 image = smooth_image(1, 32, 32, 1);
  const coarse_view::Coarse a = coarse_view::coarse(image, {8, 8}), b = coarse_view::coarse(image, {8, 4});
  CHECK_THROWS_AS(coarse_view::compare(a, b), Error);
  CHECK_THROWS_AS(coarse_view::coarse(image, {33, 4}), Error);
  CHECK_THROWS_AS(coarse_view::coarse(image, {0, 4}), Error);
  for (int w = 1; w < 40; ++w)
    for (int h = 1; h < 40; h += 3) {
      const Size grid = coarse_view::common_grid({w, h}, {h, w});
      CHECK(grid.width >= 1);
      CHECK(grid.height >= 1);
      CHECK(std::max(grid.width, grid.height) <= std::min(w, h));
    }
}

TEST_CASE("tall and wide images take time in proportion to their pixels, and do not overflow", "[reveal-limits]") {
  // 65,535 rows times as many cells is beyond an int; searching every size took minutes.
  for (const Size size : {Size{8, 65535}, Size{40000, 9}}) {
    const Image8 image = smooth_image(2, size.height, size.width, 1);
    RevealOptions options = two({{1, size.height / 2}, {size.width / 3 + 1, size.height / 3 + 1}});
    const Reveal r = reveal(image, options);
    CAPTURE(size.width, r.verdict);
    CHECK_FALSE(r.hides);
    CHECK(r.tiles.size() >= 4);
  }
}

TEST_CASE("the transform of any length is the sum that it stands for", "[reveal-limits]") {
  std::mt19937 random(1);
  for (const int n : {1, 2, 3, 7, 64, 77, 100}) {
    std::vector<double> signal(n);
    for (double& v : signal) v = static_cast<double>(random() % 1000) / 100;
    const auto f = reveal_parts::centred_spectrum(signal);
    REQUIRE(f.size() == static_cast<std::size_t>(n / 2 + 1));
    for (int k = 0; k <= n / 2; ++k) {
      std::complex<double> sum = 0;
      for (int x = 0; x < n; ++x) sum += signal[x] * std::polar(1.0, -M_PI * (2 * x + 1) * k / n);
      CHECK(std::abs(f[k] - sum) < 1e-8);
    }
  }
}

TEST_CASE("progress never falls, comes to its end, and a cancel at any time is an outcome", "[reveal-limits]") {
  const Image8 image = smooth_image(6, 180, 240, 3);
  RevealOptions options = two();
  std::vector<double> fractions;
  options.progress = [&](const Progress& p) {
    fractions.push_back(p.fraction);
    return Verdict::Continue;
  };
  const Reveal whole = reveal(image, options);
  CHECK_FALSE(whole.cancelled);
  REQUIRE(fractions.size() >= 6);  // every phase says where it begins
  CHECK(std::is_sorted(fractions.begin(), fractions.end()));
  CHECK(fractions.front() >= 0);
  CHECK(fractions.back() > 0.9);
  CHECK(fractions.back() <= 1);
  options.progress = {};
  CHECK(same(whole, reveal(image, options)));
  for (std::size_t at = 0; at < 6; ++at) {
    std::size_t calls = 0;
    options.progress = [&](const Progress&) { return calls++ >= at ? Verdict::Cancel : Verdict::Continue; };
    const Reveal r = reveal(image, options);
    CAPTURE(at, r.verdict);
    CHECK(r.cancelled);
    CHECK(r.tiles.empty());
    CHECK(r.sheet.empty());
    CHECK_FALSE(r.hides);
    CHECK(calls <= at + 2);  // nothing goes on after it
  }
  for (const int threads : {1, 2}) {
    options.progress = {};
    options.threads = threads;
    CHECK(same(whole, reveal(image, options)));
  }
}

TEST_CASE("a verdict names what was compared, and no more", "[reveal-limits]") {
  const Image8 image = smooth_image(9, 120, 160, 3);
  const std::string one = reveal(image, two({{40, 30}})).verdict;
  CAPTURE(one);
  CHECK(one.find("At 40x30, none of the 2 scalers") != std::string::npos);
  CHECK(one.find("could be missed") != std::string::npos);
  CHECK(one.find("every scaler") == std::string::npos);
  CHECK(one.find("OpenCV's linear, cubic and Lanczos") != std::string::npos);
  RevealOptions options = two({{40, 30}, {80, 60}});
  options.search = false;
  options.scalers = {"opencv-area"};
  const std::string both = reveal(image, options).verdict;
  CAPTURE(both);
  CHECK(both.find("At 40x30 and 80x60, the one scaler") != std::string::npos);
  CHECK(both.find("OpenCV") == std::string::npos);
  const Reveal grid = reveal(Scaler::find("pillow-nearest").resize(smooth_image(9, 60, 80, 1), {320, 240}), two());
  CAPTURE(grid.verdict);
  CHECK(grid.finding == Finding::Grid);
  CHECK(grid.period == Approx(4));
  CHECK(grid.grid == Size{80, 60});
  CHECK(grid.suspicion < 0.5);
  CHECK(grid.verdict.find(
            "Detail repeats every 4 pixels: pixel art, an enlargement, text, or something made for scaling.") == 0);
}

TEST_CASE("sizes that are not possible are refused by name", "[reveal-limits]") {
  const Image8 image = smooth_image(9, 20, 20, 1);
  for (const Size bad : {Size{0, 5}, Size{5, -1}, Size{70000, 5}}) CHECK_THROWS_AS(reveal(image, two({bad})), Error);
  CHECK_THROWS_AS(reveal(image, two(std::vector<Size>(17, Size{5, 5}))), Error);
}
