// SPDX-License-Identifier: LGPL-3.0-or-later
// Several views in one image, against the real scalers.
#include <catch2/catch.hpp>

#include <bifocal/error.hpp>
#include <bifocal/views.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

Target view(Image8 target, std::string scaler, double factor = 0) {
  Target v;
  v.picture = std::move(target);
  v.scaler = std::move(scaler);
  v.factor = factor;
  return v;
}

double mean_error(const Image8& a, const Image8& b) {
  double sum = 0;
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      for (int x = 0; x < a.width(); ++x) sum += std::abs(a.plane(c).row(y)[x] - b.plane(c).row(y)[x]);
  return sum / a.channels() / a.height() / a.width();
}

}  // namespace

TEST_CASE("two sizes at once are right in the real Pillow", "[views][peer]") {
  Peer peer;
  Request r;
  r.cover = peer.load(IMAGES "/astronaut.png", 3, {256, 256});
  const Image8 target = smooth_image(3, 48, 48, 3, 60, 190);
  r.targets = {view(target, "pillow-bicubic"),
               view(peer.resize("pillow", "bicubic", target, {20, 20}), "pillow-bicubic")};
  const Result result = run(r);
  REQUIRE(result.views.size() == 2);
  for (std::size_t k = 0; k < 2; ++k) {
    const Image8 seen = peer.resize("pillow", "bicubic", result.image, r.targets[k].picture.size());
    const double wrong =
        static_cast<double>(mismatches(seen, r.targets[k].picture)) / (3.0 * seen.width() * seen.height());
    CAPTURE(k, wrong, result.views[k].exact_pixels, result.certificate->gap, result.why_stopped);
    CHECK(mean_error(seen, r.targets[k].picture) < 1);
    double reported = 0;
    for (const ChannelError& c : result.views[k].channels) reported += c.exact_share / 3;
    CHECK(reported == Approx(1 - wrong).margin(1e-9));  // the report says what the real library shows
  }
  CHECK(result.certificate->gap <= 1.1e-5);
}

TEST_CASE("one target in seven scalers, an enlarged one, and three pictures in one", "[views][peer]") {
  Peer peer;
  Request r;
  r.cover = smooth_image(11, 128, 128, 1);
  const std::string kind = GENERATE("everywhere", "enlarged", "three");
  if (kind == "everywhere")
    for (const PresetView& v : preset_views(find_preset("works-everywhere")))
      r.targets.push_back(view(smooth_image(12, 16, 16, 1, 70, 180), std::string(v.scaler)));
  if (kind == "enlarged") r.targets = {view(smooth_image(12, 192, 192, 1, 70, 180), "pillow-nearest", 1.5)};
  if (kind == "three")
    r.targets = {view(smooth_image(12, 32, 32, 1, 70, 180), "pillow-bicubic"),
                 view(smooth_image(13, 100, 100, 1, 70, 180), "pillow-nearest", 1.5)};
  const Result result = run(r);
  const TradeOff t = trade_off(r, 4);
  REQUIRE(t.curve.size() == 4);
  REQUIRE(t.alone.size() == r.targets.size());
  CHECK(result.certificate->lower_bound > 0);
  CHECK(result.certificate->gap <= 1.1e-5);
  for (std::size_t k = 0; k < r.targets.size(); ++k) {
    CAPTURE(kind, k, result.views[k].name, t.untouched[k], t.alone[k], t.together[k], result.why_stopped);
    const std::string id = result.views[k].scaler;
    const std::size_t dash = id.find('-');
    const Image8 seen = peer.resize(id.substr(0, dash), id.substr(dash + 1), result.image, result.views[k].size);
    double reported = 0;
    for (const ChannelError& c : result.views[k].channels) reported += c.mean;
    if (r.targets[k].factor == 0) CHECK(mean_error(seen, r.targets[k].picture) == Approx(reported).margin(1e-9));
    CHECK(t.alone[k] <= t.together[k] + 0.5);
    CHECK(t.together[k] < t.untouched[k]);
  }
  for (std::size_t n = 1; n < t.curve.size(); ++n) CHECK(t.curve[n].cover >= t.curve[n - 1].cover - 1e-3);
  CHECK(t.curve.front().cover == 0);
  CHECK(to_json(t).find("\"curve\"") != std::string::npos);
}

TEST_CASE("views that contradict each other: what picks single samples is exact", "[views][peer]") {
  Peer peer;
  Request r;
  r.cover = peer.load(IMAGES "/astronaut.png", 3, {192, 192});
  const Image8 cat = peer.load(IMAGES "/chelsea.png", 3, {24, 24});  // full range: not all can be had
  for (const PresetView& v : preset_views(Preset::WorksEverywhere))
    r.targets.push_back(view(cat, std::string(v.scaler)));
  const Result result = run(r);
  REQUIRE(result.views.size() == 7);
  for (const ViewReport& v : result.views) {
    CAPTURE(v.scaler);
    CHECK(v.exact_pixels > (v.scaler == "opencv-nearest" || v.scaler == "opencv-linear" ? 0.9999 : 0.55));
  }
}

TEST_CASE("to the eye, several views show their targets and the eye the cover", "[views][peer]") {
  Peer peer;
  const Image8 cat = peer.load(IMAGES "/chelsea.png", 3, {64, 64}), cup = peer.load(IMAGES "/coffee.png", 3, {64, 64});
  Request r;
  r.cover = peer.load(IMAGES "/astronaut.png", 3, {256, 256});
  r.goal = EyeGoal();
  const std::string kind = GENERATE("everywhere", "three", "enlarged");
  if (kind == "everywhere")
    for (const PresetView& v : preset_views(Preset::WorksEverywhere))
      r.targets.push_back(view(cat, std::string(v.scaler)));
  if (kind == "three") r.targets = {view(cat, "pillow-bicubic"), view(cup, "opencv-linear"), view(cup, "gimp-cubic")};
  if (kind == "enlarged") r.targets = {view(peer.load(IMAGES "/chelsea.png", 3, {512, 512}), "pillow-bicubic")};
  const Result result = run(r);
  REQUIRE(result.views.size() == r.targets.size());
  REQUIRE(result.appearance.size() == r.targets.size() + 1);
  CHECK(result.algorithm == "lbfgs");
  CHECK(result.outcome == Outcome::Solved);
  CHECK(result.texts(Severity::Note).size() == 1);
  CAPTURE(kind, result.appearance[0].likeness.zncc, result.appearance[0].likeness.leak);
  CHECK(result.appearance[0].likeness.zncc > 0.85);
  CHECK(result.appearance[0].likeness.leak < 0.5);
  // The red suit is balanced by no cyan elsewhere: the cover's warm cast stays, with as little contrast as its pattern
  // has.
  const auto warmth = [](const Image8& image) {
    double sum = 0;
    for (int y = 0; y < image.height(); ++y)
      for (int x = 0; x < image.width(); ++x) sum += image.plane(0).row(y)[x] - image.plane(2).row(y)[x];
    return sum / image.height() / image.width();
  };
  CHECK(warmth(result.image) > 5);
  for (std::size_t k = 0; k < r.targets.size(); ++k) {
    const Showing& s = result.appearance[k + 1];
    CAPTURE(s.name, s.likeness.zncc, s.likeness.leak);
    CHECK(result.views[k].scaler == r.targets[k].scaler);
    if (r.targets[k].scaler == "gimp-cubic")
      CHECK(result.texts(Severity::Warning).front().find("averages light") != std::string::npos);
    else
      CHECK(s.likeness.zncc > (kind == "enlarged" ? 0.75 : 0.9));
  }
}

TEST_CASE("wrong lists of views are named", "[views]") {
  Request r;
  r.cover = smooth_image(1, 40, 40, 3);
  CHECK_THROWS_WITH(run(r), Catch::Contains("no target"));
  r.targets = {view(smooth_image(2, 10, 10, 3), "pillow-bicubic"), view(smooth_image(2, 10, 10, 1), "pillow-bicubic")};
  CHECK_THROWS_WITH(run(r), Catch::Contains("view 2") && Catch::Contains("grey"));
  r.targets[1] = view(smooth_image(2, 40, 40, 3), "pillow-bicubic");
  CHECK_THROWS_WITH(run(r), Catch::Contains("own size"));
  r.targets[1] = view(smooth_image(2, 10, 10, 3), "pillow-bicubic", 40);
  CHECK_THROWS_WITH(run(r), Catch::Contains("factor"));
  r.targets[1] = view(smooth_image(2, 10, 10, 3), "photoshop");
  CHECK_THROWS_WITH(run(r), Catch::Contains("photoshop"));
  r.targets[1] = view(smooth_image(2, 10, 10, 3), "pillow-box");
  r.targets[1].weight = 0;
  CHECK_THROWS_WITH(run(r), Catch::Contains("weight"));
  // Two antialiasing scalers both show the coarse picture, so two different ones cannot be had: the result says so.
  r.targets = {view(smooth_image(2, 20, 20, 3), "pillow-bicubic"), view(smooth_image(9, 10, 10, 3), "pillow-bicubic")};
  CHECK_FALSE(run(r).texts(Severity::Warning).empty());
  CHECK_THROWS_AS(find_preset("nothing"), Error);
}
