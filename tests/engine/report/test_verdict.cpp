// SPDX-License-Identifier: LGPL-3.0-or-later
#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <string>

#include <nlohmann/json.hpp>

#include <bifocal/request.hpp>
#include <bifocal/verdict.hpp>
#include <bifocal/views.hpp>

#include "support/random_image.hpp"
#include "support/text_request.hpp"

using namespace bifocal;

namespace {

TextRequest pair(const std::string& scaler = "pillow-bicubic", double balance = 100) {
  TextRequest r;
  r.cover = smooth_image(5, 128, 192, 3);
  r.target().picture = smooth_image(9, 32, 48, 3, 40, 215);
  r.target().scaler = scaler;
  r.balance = balance;
  return r;
}

std::string warnings(const Result& r) {
  std::string all;
  for (const std::string& w : r.texts(Severity::Warning)) all += w + "\n";
  return all;
}

}  // namespace

TEST_CASE("grades come from figures", "[verdict]") {
  CHECK(grade_of_pixels(0, 1) == Grade::VeryGood);
  CHECK(grade_of_pixels(0.75, -1) == Grade::VeryGood);
  CHECK(grade_of_pixels(0.76, 0.99) == Grade::Good);
  CHECK(grade_of_pixels(1, 0.84) == Grade::Fair);
  CHECK(grade_of_pixels(6.1, 0.99) == Grade::Poor);
  CHECK(grade_of_pixels(17, 0.99) == Grade::Hardly);
  CHECK(grade_of_pixels(1, 0.2) == Grade::Hardly);
  CHECK(grade_of_pixels(std::numeric_limits<double>::quiet_NaN(), 1) == Grade::Hardly);
  CHECK(grade_of_change(0) == Grade::VeryGood);
  CHECK(grade_of_change(12) == Grade::Good);
  CHECK(grade_of_change(25) == Grade::Fair);
  CHECK(grade_of_change(45) == Grade::Poor);
  CHECK(grade_of_change(86) == Grade::Hardly);
  CHECK(grade_of_likeness({.zncc = 0.96, .leak = 0.05}) == Grade::VeryGood);
  CHECK(grade_of_likeness({.zncc = 0.96, .leak = 0.3}) == Grade::Fair);
  CHECK(grade_of_likeness({.zncc = 0.6, .leak = 0.05}) == Grade::Poor);
  CHECK(grade_of_likeness({.zncc = 0.9, .leak = 1}) == Grade::Hardly);
  CHECK(std::string(to_string(Grade::VeryGood)) == "very-good");
}

TEST_CASE("the verdict tells the exact thumbnail from the cover that paid for it", "[verdict]") {
  const Judgement bicubic = judge(run(pair()));
  CHECK(bicubic.exact);
  CHECK_FALSE(bicubic.by_model);
  CHECK(bicubic.views == Grade::VeryGood);
  CHECK(bicubic.cover <= Grade::Poor);
  CHECK(bicubic.overall == bicubic.cover);
  CHECK_THAT(bicubic.words, Catch::StartsWith("The thumbnail is the target in every pixel; the cover is "));
  TextRequest selected = pair();
  selected.selection = Image8(selected.cover.height(), selected.cover.width(), 1);
  for (int y = 0; y < 64; ++y) std::fill_n(selected.selection->plane(0).row(y), selected.cover.width(), 255);
  const Result upper = run(selected);
  REQUIRE(upper.views.back().pixels < 32 * 48);
  if (judge(upper).exact)
    CHECK_THAT(judge(upper).words, Catch::StartsWith("The thumbnail is the target in every pixel that can change"));
  const Judgement nearest = judge(run(pair("pillow-nearest")));
  CHECK(nearest.exact);
  CHECK(nearest.cover > bicubic.cover);
}

TEST_CASE("nothing that is only modelled closely is called exact without saying so", "[verdict]") {
  const Result r = run(pair("libvips-thumbnail"));
  const Judgement j = judge(r);
  CHECK(j.by_model);
  CHECK(j.views >= Grade::Good);
  if (j.exact) CHECK_THAT(j.words, Catch::Contains("by the scaler's model"));
}

TEST_CASE("a result that misses is not praised", "[verdict]") {
  // Stopped at once, and the cover as it is: the thumbnail shows the cover.
  TextRequest r = pair("pillow-bicubic", 0);
  const Result untouched = run(r);
  CHECK(judge(untouched).views == Grade::Hardly);
  CHECK(judge(untouched).cover == Grade::VeryGood);
  CHECK(judge(untouched).words == "The target is hardly shown; the cover is kept very well.");

  TextRequest stopped = pair();
  SolveOptions options;
  options.progress = [](const Progress&) { return Verdict::StopAndKeep; };
  const Result r8 = run(stopped, options);
  const ViewReport& view = r8.views.back();
  double mean = 0;
  for (const ChannelError& c : view.channels) mean += c.mean / 3;
  CAPTURE(view.exact_pixels, mean, view.ssim, judge(r8).words);
  CHECK(judge(r8).views == grade_of_pixels(mean, view.ssim));
  if (view.exact_pixels < 0.08) CHECK(judge(r8).views < Grade::VeryGood);
  const nlohmann::json j = nlohmann::json::parse(to_json(untouched));
  CHECK(j["verdict"]["views"] == "hardly");
  CHECK(j["verdict"]["cover"] == "very-good");
  CHECK(j["verdict"]["overall"] == "hardly");
}

TEST_CASE("to the eye the verdict goes by likeness, and a scaler of light never shows the target", "[verdict]") {
  TextRequest r = pair();
  r.goal = EyeGoal();
  const Result eye = run(r);
  const Judgement j = judge(eye);
  REQUIRE(eye.appearance.size() > 3);
  CHECK(eye.appearance[0].role == Role::Eye);
  CHECK(eye.appearance[1].role == Role::Asked);
  CHECK(std::count_if(eye.appearance.begin(), eye.appearance.end(),
                      [](const Showing& s) { return s.role == Role::Asked; }) == 1);
  CHECK(j.views == grade_of_likeness(eye.appearance[1].likeness));
  CHECK(j.cover == grade_of_likeness(eye.appearance[0].likeness));
  CHECK_FALSE(j.exact);
  r.target().scaler = "gimp-linear";
  CHECK(judge(run(r)).views == Grade::Hardly);
  r.target().scaler = "pillow-bicubic";
  r.options = "jpeg=85";
  const Result jpeg = run(r);
  CHECK(std::count_if(jpeg.appearance.begin(), jpeg.appearance.end(), [](const Showing& s) { return s.jpeg == 85; }) ==
        2);
}

TEST_CASE("options that do nothing in a mode are named", "[verdict][options]") {
  TextRequest r = pair();
  r.options = "jpeg=85 iterations=3 seed=4 iterations=5";
  const std::string pixels = warnings(run(r));
  CHECK_THAT(pixels,
             Catch::Contains("the option jpeg changes nothing here; it works only to the eye, with one thumbnail"));
  CHECK_THAT(pixels, Catch::Contains("the option iterations changes nothing here; it works only to the eye\n"));
  CHECK(std::count(pixels.begin(), pixels.end(), '\n') == 2);
  r.options = "out-of-reach=fit repair=no gap=1e-3";
  CHECK(run(r).texts(Severity::Warning).empty());
  r.balance = 50;
  CHECK_THAT(warnings(run(r)),
             Catch::Contains("the option out-of-reach changes nothing here; it works only pixel by pixel, with one "
                             "thumbnail, at balance 100") &&
                 Catch::Contains("the option repair changes nothing here; it works only at balance 100"));
  r.goal = EyeGoal();
  r.options = "gap=1e-3 sweeps=10 jpeg=85 sigma=1";
  CHECK_THAT(warnings(run(r)), Catch::Contains("the option gap changes nothing here; it works only pixel by pixel") &&
                                   !Catch::Contains("sweeps") && !Catch::Contains("jpeg changes") &&
                                   !Catch::Contains("sigma"));
  r.options = "subsampling=422 evaluations=9";
  CHECK_THAT(warnings(run(r)),
             Catch::Contains("the option subsampling changes nothing here; it works only with the option jpeg") &&
                 Catch::Contains("the option evaluations changes nothing here; it works only with algorithm="));
  r.options = "subsampling=422 jpeg=85";
  CHECK_THAT(warnings(run(r)), !Catch::Contains("changes nothing"));
  TextRequest v;
  v.cover = r.cover;
  for (const char* scaler : {"pillow-bicubic", "pillow-box"})
    v.targets.push_back({r.target().picture, {}, r.target().picture.size(), 0, scaler, 1});
  v.options = "out-of-reach=fit ghosting=0.2";
  CHECK_THAT(warnings(run(v)),
             Catch::Contains("out-of-reach changes nothing") && Catch::Contains("ghosting changes nothing"));
}
