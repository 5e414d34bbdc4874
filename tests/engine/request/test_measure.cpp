// SPDX-License-Identifier: LGPL-3.0-or-later
// Figures under a selection, and figures of another image than the result.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>

#include <bifocal/error.hpp>
#include <bifocal/views.hpp>

#include "support/random_image.hpp"

using namespace bifocal;

namespace {

Request request_of(const std::string& scaler, Appearance appearance = Appearance::Pixels) {
  Request r;
  r.cover = smooth_image(3, 60, 76, 3, 20, 230);
  r.target().picture = smooth_image(4, 15, 19, 3, 60, 190);
  r.target().scaler = scaler;
  r.goal = goal_of(appearance);
  return r;
}

/// A disc of half strength with a soft border.
Image8 disc(Size size) {
  Image8 out(size.height, size.width, 1);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      out.plane(0).row(y)[x] = std::uint8_t(std::clamp(400 - 20 * std::hypot(x - 30.0, y - 26.0), 0.0, 255.0));
  return out;
}

/// Whether a pixel of the view takes in a selected one.
bool reaches(const SeparableOperator& look, const Image8& selection, int y, int x) {
  for (int i = 0; i < look.vertical.count(y); ++i)
    for (int k = 0; k < look.horizontal.count(x); ++k)
      if (look.vertical.weights(y)[i] != 0 && look.horizontal.weights(x)[k] != 0 &&
          selection.plane(0).row(look.vertical.first(y) + i)[look.horizontal.first(x) + k] > 0)
        return true;
  return false;
}

void same_figures(const Result& a, const Result& b) {
  CHECK(a.cover_psnr == b.cover_psnr);
  CHECK(a.cover_ssim == b.cover_ssim);
  REQUIRE(a.views.size() == b.views.size());
  for (std::size_t k = 0; k < a.views.size(); ++k) {
    CHECK(a.views[k].exact_pixels == b.views[k].exact_pixels);
    CHECK(a.views[k].unreached == b.views[k].unreached);
    CHECK(a.views[k].psnr == b.views[k].psnr);
    CHECK(a.views[k].ssim == b.views[k].ssim);
  }
  REQUIRE(a.appearance.size() == b.appearance.size());
  for (std::size_t k = 0; k < a.appearance.size(); ++k) {
    CHECK(a.appearance[k].name == b.appearance[k].name);
    CHECK(a.appearance[k].likeness.zncc == b.appearance[k].likeness.zncc);
    CHECK(a.appearance[k].likeness.leak == b.appearance[k].likeness.leak);
  }
}

Image8 filled(Size size, int channels, int level) {
  Image8 out(size.height, size.width, channels);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < size.height; ++y) std::fill_n(out.plane(c).row(y), size.width, std::uint8_t(level));
  return out;
}

}  // namespace

TEST_CASE("under a selection a view's figures are those of the pixels that can change", "[measure]") {
  const std::string id = GENERATE("pillow-bicubic", "pillow-box", "opencv-linear", "gimp-cubic", "pillow-nearest");
  CAPTURE(id);
  Request r = request_of(id);
  r.selection = disc(r.cover.size());
  const Result result = run(r);
  const ViewReport& v = result.views.at(0);
  const Scaler scaler = Scaler::find(id);
  const Image8 shown = scaler.resize(result.image, r.target().picture.size());
  const SeparableOperator look = scaler.matrices(r.cover.size(), r.target().picture.size());
  std::size_t pixels = 0, wrong = 0, all_wrong = 0;
  double squares = 0;
  for (int y = 0; y < v.size.height; ++y)
    for (int x = 0; x < v.size.width; ++x) {
      bool right = true;
      double here = 0;
      for (int c = 0; c < 3; ++c) {
        const int d = shown.plane(c).row(y)[x] - r.target().picture.plane(c).row(y)[x];
        right &= d == 0;
        here += d * d;
      }
      all_wrong += !right;
      if (!reaches(look, *r.selection, y, x)) continue;
      ++pixels;
      wrong += !right;
      squares += here;
    }
  CHECK(v.pixels == pixels);
  CHECK(v.unreached == wrong);
  CHECK(all_wrong > wrong);
  CHECK(v.exact_pixels == Approx(1 - double(wrong) / double(pixels)));
  CHECK(v.psnr == Approx(10 * std::log10(255. * 255. * 3 * double(pixels) / squares)));
}

TEST_CASE("without a selected pixel in reach a view has no figures", "[measure]") {
  Request r = request_of("pillow-nearest");
  r.selection = Image8(60, 76, 1);
  r.selection->plane(0).row(0)[0] = 255;
  const Result result = run(r);
  CHECK(result.views.at(0).pixels == 0);
  CHECK(std::isnan(result.views.at(0).exact_pixels));
  CHECK(to_json(result).find("\"exact_pixels\": null") != std::string::npos);
}

TEST_CASE("the result, measured as another image would be, has its own figures", "[measure]") {
  const auto appearance = GENERATE(Appearance::Pixels, Appearance::Eye);
  const bool selected = GENERATE(false, true);
  CAPTURE(int(appearance), selected);
  Request one = request_of("pillow-bicubic", appearance);
  if (selected) one.selection = disc(one.cover.size());
  const Result result = run(one);
  Result again = result;
  again = measure(one, result.image, std::move(again));
  same_figures(result, again);

  Request several;
  several.cover = one.cover;
  several.selection = one.selection;
  several.goal = goal_of(appearance);
  several.targets.resize(2);
  several.targets[0].picture = several.targets[1].picture = one.target().picture;
  several.targets[1].size = {38, 30};
  const Result both = run(several);
  Result both_again = both;
  both_again = measure(several, both.image, std::move(both_again));
  same_figures(both, both_again);
}

TEST_CASE("another image has its own figures", "[measure]") {
  const Request r = request_of("pillow-bicubic");
  Result result = run(r);
  CHECK(result.views.at(0).exact_pixels > 0.99);
  result = measure(r, filled(r.cover.size(), 3, 100), std::move(result));
  std::size_t right = 0;
  for (int y = 0; y < 15; ++y)
    for (int x = 0; x < 19; ++x) {
      bool all = true;
      for (int c = 0; c < 3; ++c) all &= r.target().picture.plane(c).row(y)[x] == 100;
      right += all;
    }
  CHECK(result.views.at(0).unreached == 15 * 19 - right);
  CHECK(result.cover_psnr == psnr(filled(r.cover.size(), 3, 100), r.cover));
}

TEST_CASE("an image of another size is scaled to the same thumbnail", "[measure]") {
  const auto appearance = GENERATE(Appearance::Pixels, Appearance::Eye);
  const Request r = request_of("pillow-box", appearance);
  Result result = run(r);
  const Size size = GENERATE(Size{40, 50}, Size{200, 90}, Size{3, 2});
  result = measure(r, filled(size, 3, 77), std::move(result));
  CHECK(std::isnan(result.cover_psnr));
  CHECK(result.views.at(0).size == r.target().picture.size());
  CHECK(result.views.at(0).exact_pixels < 0.1);
  CHECK_THROWS_AS(measure(r, filled(size, 1, 77), result), Error);
}
