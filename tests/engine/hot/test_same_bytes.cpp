// SPDX-License-Identifier: LGPL-3.0-or-later
// The same bytes from the loops for AVX2 and from those for any CPU.
#include <catch2/catch.hpp>

#include <bifocal/request.hpp>
#include <bifocal/views.hpp>

#include "hot/hot.hpp"
#include "support/random_image.hpp"
#include "support/text_request.hpp"

using namespace bifocal;

namespace {

/// Until it is destroyed all loops are those for any CPU.
struct BaselineOnly {
  BaselineOnly() { hot::force_baseline(true); }
  ~BaselineOnly() { hot::force_baseline(!fast); }
  const bool fast = hot::fast();
};

/// Odd sizes, so that rows end within a vector.
TextRequest request(const char* scaler, Appearance appearance, const char* options) {
  TextRequest r;
  r.cover = smooth_image(31, 157, 203, 3);
  r.target().picture = smooth_image(32, 39, 51, 3, 60, 200);
  r.target().scaler = scaler;
  r.goal = goal_of(appearance);
  r.options = options;
  return r;
}

template <class AnyRequest>
void check_same(const AnyRequest& r) {
  const Result here = run(r);
  const BaselineOnly forced;
  const Result anywhere = run(r);
  CHECK(mismatches(here.image, anywhere.image) == 0);
  CHECK(here.objective == anywhere.objective);
  CHECK(here.cover_ssim == anywhere.cover_ssim);
  CHECK(here.sweeps == anywhere.sweeps);
  REQUIRE(here.appearance.size() == anywhere.appearance.size());
  for (std::size_t i = 0; i < here.appearance.size(); ++i)
    CHECK(here.appearance[i].likeness.ssim == anywhere.appearance[i].likeness.ssim);
}

}  // namespace

TEST_CASE("the baseline loops can be forced", "[same-bytes]") {
  const bool can = hot::fast();
  {
    const BaselineOnly forced;
    CHECK_FALSE(hot::fast());
    CHECK(std::string(hot::loops().name) == "baseline");
  }
  CHECK(hot::fast() == can);
}

TEST_CASE("to the eye, the bytes are the same on every CPU", "[same-bytes]") {
  const char* options = GENERATE("repair=no", "jpeg=85", "algorithm=lbfgs iterations=6 repair=no");
  CAPTURE(options);
  check_same(request("pillow-bicubic", Appearance::Eye, options));
}

TEST_CASE("for a scaler in linear light, the bytes are the same on every CPU", "[same-bytes]") {
  check_same(request("gimp-cubic", Appearance::Pixels, "sweeps=40"));
}

TEST_CASE("for several views, the bytes are the same on every CPU", "[same-bytes]") {
  TextRequest r;
  r.cover = smooth_image(33, 91, 117, 3);
  r.goal = goal_of(GENERATE(Appearance::Pixels, Appearance::Eye));
  r.options = "sweeps=30 iterations=6";
  for (const char* scaler : {"pillow-box", "pillow-bicubic"}) {
    r.targets.emplace_back();
    r.targets.back().picture = smooth_image(34, 23, 29, 3, 60, 200);
    r.targets.back().scaler = scaler;
  }
  check_same(r);
}

TEST_CASE("the dual's bytes are at most one level apart", "[same-bytes]") {
  const TextRequest r = request("pillow-bicubic", Appearance::Pixels, "repair=no");
  const Image8 here = run(r).image;
  const BaselineOnly forced;
  const Image8 anywhere = run(r).image;
  int most = 0;
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < here.height(); ++y)
      for (int x = 0; x < here.width(); ++x)
        most = std::max(most, std::abs(here.plane(c).row(y)[x] - anywhere.plane(c).row(y)[x]));
  CHECK(most <= 1);
  CHECK(mismatches(here, anywhere) < 100);
}
