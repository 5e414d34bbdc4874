// SPDX-License-Identifier: LGPL-3.0-or-later
// What is shown before the work: small requests, parts at full scale, and the thread that a dialog has for them.
#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <bifocal/error.hpp>
#include <bifocal/preview.hpp>
#include <bifocal/verdict.hpp>

#include "image/crop.hpp"
#include "preview/worker.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

Request request_of(Size cover, Size target, const std::string& scaler, Appearance appearance) {
  Request r;
  r.cover = smooth_image(3, cover.height, cover.width, 3, 20, 230);
  r.target().picture = smooth_image(4, target.height, target.width, 3, 60, 190);
  r.target().size = {24, 16};
  r.target().scaler = scaler;
  r.goal = goal_of(appearance);
  r.fit = Fit::Fill;
  return r;
}

/// The sides of the views of a cover, in shares of its own; the first `pictures` targets are different.
Request views_of(Size cover, std::initializer_list<double> factors, Appearance appearance, std::size_t pictures) {
  Request r;
  r.cover = smooth_image(3, cover.height, cover.width, 3, 20, 230);
  for (const double factor : factors) {
    const std::size_t k = r.targets.size();
    Target t;
    t.picture = smooth_image(4 + static_cast<unsigned>(k % pictures), 48, 64, 3, 60, 190);
    t.size = {static_cast<int>(std::lround(cover.width * factor)),
              static_cast<int>(std::lround(cover.height * factor))};
    t.scaler = k % 2 ? "opencv-linear" : "pillow-bicubic";
    r.targets.push_back(std::move(t));
  }
  r.goal = goal_of(appearance);
  return r;
}

double mean_difference(const Image8& a, const Image8& b, Region at) {
  double sum = 0;
  for (int c = 0; c < b.channels(); ++c)
    for (int y = 0; y < b.height(); ++y)
      for (int x = 0; x < b.width(); ++x) sum += std::abs(a.plane(c).row(at.y + y)[at.x + x] - b.plane(c).row(y)[x]);
  return sum / (b.size().area() * b.channels());
}

/// A worker and what it delivered.
struct Watched {
  std::mutex mutex;
  std::condition_variable wake;
  std::vector<std::shared_ptr<const plugin::Previewed>> came;
  plugin::PreviewWorker worker{2, [this](std::shared_ptr<const plugin::Previewed> p) {
                                 const std::lock_guard lock(mutex);
                                 came.push_back(std::move(p));
                                 wake.notify_one();
                               }};

  /// All that came for this ask, once it is settled.
  std::vector<plugin::Previewed> of(std::uint64_t ask) {
    std::unique_lock lock(mutex);
    std::vector<plugin::Previewed> found;
    wake.wait(lock, [&] {
      found.clear();
      bool settled = false;
      for (const auto& p : came)
        if (p->ask == ask) found.push_back(*p), settled |= p->settled && !p->spread;
      return settled;
    });
    return found;
  }
};

plugin::PreviewAsk ask_of(const Request& r) {
  plugin::PreviewAsk ask;
  ask.cover = std::make_shared<const plugin::PreviewCover>(plugin::PreviewCover{r.cover, {}, {}});
  for (const Target& t : r.targets) {
    auto target = std::make_shared<plugin::PreviewTarget>();
    target->colour = t.picture;
    ask.views.push_back({std::move(target), t.size, t.scaler, t.weight});
  }
  ask.appearance = appearance_of(r.goal);
  ask.fit = r.fit;
  ask.balance = r.balance;
  ask.part = {8, 8, {32, 24}};
  return ask;
}

}  // namespace

TEST_CASE("a target brought to size once gives the same image", "[preview]") {
  for (const Fit fit : {Fit::Fill, Fit::Inside, Fit::Stretch}) {
    Request r = request_of({96, 64}, {50, 50}, "pillow-bicubic", Appearance::Pixels);
    r.fit = fit;
    r.target().alpha = smooth_image(9, 50, 50, 1);
    const Image8 before = run(r).image;
    r.targets = {settled_target(r)};
    CHECK(r.target().picture.size() == r.target().size);
    CHECK(same_bytes(run(r).image, before));
  }
}

TEST_CASE("a small request keeps the pixels that each pixel stands for", "[preview]") {
  const Request r = request_of({480, 320}, {60, 40}, "pillow-box", Appearance::Pixels);
  Request large = r;
  large.target().size = {120, 80};
  const Request small = reduced(large, 96 * 64);
  CHECK(small.target().size.width >= 24);
  CHECK(small.cover.width() == 4 * small.target().size.width);
  CHECK(small.cover.height() == 4 * small.target().size.height);
  CHECK(small.cover.size().area() <= 4.1 * 96 * 64);
  CHECK(same_bytes(reduced(r, 1e9).cover, r.cover));
  const Request fewer = reduced(request_of({4000, 2000}, {60, 40}, "pillow-box", Appearance::Pixels), 96 * 64);
  CHECK(fewer.cover.size().area() <= 4.1 * 96 * 64);
  CHECK(fewer.target().size == Size{24, 16});
}

TEST_CASE("a small request of several views keeps the ratio of each", "[preview]") {
  // 1/4, 1/8 and 3/2 have common sizes; 1/4 and 1/7 are met as nearly as whole pixels allow.
  for (const auto& factors : {std::initializer_list<double>{1. / 4, 1. / 8, 1.5}, {1. / 4, 1. / 7}}) {
    const Request r = views_of({1680, 1120}, factors, Appearance::Pixels, 2);
    const Request small = reduced(r, 256 * 192);
    REQUIRE(small.targets.size() == r.targets.size());
    CHECK(small.cover.size().area() >= 0.9 * 256 * 192);
    CHECK(small.cover.size().area() <= 4 * 256 * 192);
    CHECK(std::abs(small.cover.width() / 1.5 - small.cover.height()) <= 0.5);
    for (std::size_t k = 0; k < r.targets.size(); ++k) {
      const Size was = r.targets[k].size, is = small.targets[k].size;
      CHECK(std::abs(static_cast<double>(was.width) * small.cover.width() / 1680 - is.width) <
            (factors.size() == 3 ? 1e-9 : 0.2));
      CHECK(std::abs(static_cast<double>(was.height) * small.cover.height() / 1120 - is.height) <
            (factors.size() == 3 ? 1e-9 : 0.2));
      CHECK(small.targets[k].scaler == r.targets[k].scaler);
    }
  }
  // Which targets are one picture is still seen, as large as they were.
  Request twice = views_of({1680, 1120}, {1. / 4, 1. / 8, 1. / 2}, Appearance::Eye, 2);
  for (Target& t : twice.targets) t.picture = smooth_image(&t == &twice.targets[1], 960, 1280, 3);
  const Request small = reduced(twice, 256 * 192);
  CHECK(small.targets[0].picture.size().area() < 960 * 1280);
  CHECK(same_bytes(small.targets[0].picture, small.targets[2].picture));
  CHECK_FALSE(same_bytes(small.targets[0].picture, small.targets[1].picture));
}

TEST_CASE("what a view shows and should show has its own size", "[preview]") {
  Request r = views_of({96, 64}, {1. / 4, 1. / 2}, Appearance::Pixels, 1);
  r.fit = Fit::Fill;
  const Image8 image = run(r).image;
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(wanted_of(r, k).size() == r.targets[k].size);
    CHECK(thumbnail_of(r, image, k).size() == r.targets[k].size);
  }
  CHECK(mean_difference(thumbnail_of(r, image, 0), wanted_of(r, 0), {0, 0, r.targets[0].size}) < 8);
  CHECK_THROWS_AS(wanted_of(r, 2), Error);
  CHECK_THROWS_AS(thumbnail_of(r, image, 2), Error);
}

TEST_CASE("a part at full scale is the whole's", "[preview]") {
  for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye})
    for (const Size cover : {Size{192, 128}, Size{205, 131}}) {
      Request r = request_of(cover, {60, 40}, "pillow-bicubic", appearance);
      const Image8 whole = run(r).image;
      const Excerpts excerpts(r, {});
      const Region at{57, 41, {64, 48}};
      const Image8 part = excerpts.solve(at, {});
      REQUIRE(part.size() == at.size);
      // Dither is never twice the same: what an eye from afar sees of it is.
      EyeGoal afar;
      afar.sigma = appearance == Appearance::Eye ? 4 : 0.5;
      const auto seen = [&](const Image8& image) { return seen_by_eye(afar, image); };
      // What lies beyond a part's border is not seen: of the whole only the part is looked at, too.
      const auto from_part = [&](const Image8& image, int x) {
        return mean_difference(seen(crop(image, x, at.y, at.size)), seen(part), {0, 0, at.size});
      };
      const double apart = from_part(whole, at.x), moved = from_part(whole, at.x + 16),
                   unsolved = from_part(r.cover, at.x);
      INFO("cover " << cover.width << ": " << apart << " levels apart; 16 pixels away " << moved << "; the cover "
                    << unsolved);
      CHECK(apart < 4);
      CHECK(apart < moved / 2);
      CHECK(apart < unsolved / 2);
      if (appearance == Appearance::Eye) CHECK(excerpts.thumbnail().size() == r.target().size);
      CHECK_THROWS_AS(excerpts.solve({150, 0, {64, 64}}, {}), Error);
    }
}

TEST_CASE("a part to the eye takes as many iterations as the image is allowed", "[preview]") {
  Request r = request_of({192, 128}, {60, 40}, "pillow-bicubic", Appearance::Eye);
  const Region at{57, 41, {64, 48}};
  const Image8 usual = Excerpts(r, {}).solve(at, {});
  SolveOptions two;
  two.max_sweeps = 2;
  const Image8 few = Excerpts(r, {}).solve(at, two);
  CHECK_FALSE(same_bytes(few, usual));
  std::get<EyeGoal>(r.goal).iterations = 2;
  CHECK(same_bytes(few, Excerpts(r, {}).solve(at, {})));
}

TEST_CASE("a preview that is cancelled has no pictures", "[preview]") {
  const Request r = request_of({192, 128}, {60, 40}, "pillow-bicubic", Appearance::Eye);
  SolveOptions cancel;
  cancel.progress = [](const Progress&) { return Verdict::Cancel; };
  CHECK(spread(r, r.cover, cancel).of == 0);
  const Excerpts excerpts(r, {});
  CHECK(excerpts.solve({0, 0, {64, 64}}, cancel).empty());
}

TEST_CASE("an image that shows the target everywhere is counted so, and a cover nowhere", "[preview]") {
  Request r = request_of({192, 128}, {24, 16}, "pillow-bicubic", Appearance::Eye);
  Request untouched = r;
  const Spread of_cover = spread(untouched, r.cover);
  const Spread of_result = spread(r, run(r).image);
  CHECK(of_cover.of == static_cast<int>(Scaler::catalogue().size()));
  CHECK(of_cover.shown < 5);
  CHECK(of_result.shown > of_cover.of / 2);
}

TEST_CASE("a dialog's thread gives the small picture first, then the image as it will be", "[preview]") {
  Request r = request_of({384, 256}, {60, 40}, "pillow-bicubic", Appearance::Eye);
  Watched watched;
  plugin::PreviewAsk ask = ask_of(r);
  const auto came = watched.of(watched.worker.ask(ask));
  REQUIRE(came.size() >= 3);
  CHECK(came[0].stage == plugin::PreviewStage::Quick);
  CHECK(came[1].stage == plugin::PreviewStage::Part);
  CHECK(came[1].part.size() == ask.part.size);
  CHECK(came[2].stage == plugin::PreviewStage::Whole);
  const Result result = run(r);
  CHECK(same_bytes(came[2].image, result.image));
  CHECK(came[2].judgement->words == judge(result).words);
  ask.options = "colour=blue";
  const auto wrong = watched.of(watched.worker.ask(ask));
  CHECK(wrong.back().stage == plugin::PreviewStage::Wrong);
  CHECK(wrong.back().wrong.find("colour") != std::string::npos);
  ask.options = "";
  CHECK(watched.of(watched.worker.ask(ask)).back().judgement->words == judge(result).words);
}

TEST_CASE("of several views a dialog's thread gives what each shows, and the image as it will be", "[preview]") {
  for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye}) {
    Request r = views_of({320, 240}, {1. / 4, 1. / 8}, appearance, 1);
    r.targets[1].weight = 2;
    Watched watched;
    plugin::PreviewAsk ask = ask_of(r);
    const auto came = watched.of(watched.worker.ask(ask));
    REQUIRE(came.size() == 2);
    CHECK(came[0].stage == plugin::PreviewStage::Quick);
    CHECK(came[1].stage == plugin::PreviewStage::Whole);
    const Result result = run(r);
    CHECK(same_bytes(came[1].image, result.image));
    CHECK(came[1].judgement->words == judge(result).words);
    REQUIRE(came[1].judgement->each_view.size() == 2);
    CHECK(std::min(came[1].judgement->each_view[0], came[1].judgement->each_view[1]) == judge(result).views);
    for (const auto& p : came) {
      REQUIRE(p.thumbnails.size() == 2);
      REQUIRE(p.wanted.size() == 2);
      for (std::size_t k = 0; k < 2; ++k) CHECK(p.wanted[k].size() == r.targets[k].size);
    }
    CHECK(same_bytes(came[1].thumbnails[1], thumbnail_of(r, result.image, 1)));
    // Another weight is another image.
    ask.views[1].weight = 0.02;
    CHECK_FALSE(same_bytes(watched.of(watched.worker.ask(ask)).back().image, result.image));
  }
}

TEST_CASE("a large cover with several views is shown as a copy", "[preview]") {
  const Request r = views_of({1280, 960}, {1. / 8, 1. / 16}, Appearance::Pixels, 1);
  Watched watched;
  const auto came = watched.of(watched.worker.ask(ask_of(r)));
  REQUIRE(came.size() == 2);
  CHECK(came[1].stage == plugin::PreviewStage::Copy);
  CHECK(came[1].settled);
  CHECK(came[1].image.size().area() < 0.6e6);
  CHECK(came[1].image.size().area() > came[0].image.size().area());
}

TEST_CASE("of many asks the newest one is answered", "[preview]") {
  Request r = request_of({384, 256}, {60, 40}, "pillow-box", Appearance::Pixels);
  Watched watched;
  plugin::PreviewAsk ask = ask_of(r);
  std::uint64_t last = 0;
  for (int i = 0; i <= 20; ++i) {
    ask.balance = 5 * i;
    const std::uint64_t number = watched.worker.ask(ask);
    CHECK(number > last);
    last = number;
  }
  const auto came = watched.of(last);
  CHECK(same_bytes(came.back().image, run(r).image));
  // Looking elsewhere, all that was delivered still holds; after a rest nothing does.
  watched.worker.rest();
  CHECK(same_bytes(watched.of(watched.worker.ask(ask)).back().image, came.back().image));
}

TEST_CASE("while a slider is dragged, small pictures come of what it passes, without a verdict", "[preview]") {
  Request r = request_of({384, 256}, {60, 40}, "pillow-box", Appearance::Eye);
  Watched watched;
  plugin::PreviewAsk ask = ask_of(r);
  std::uint64_t last = 0;
  const auto quick = [&] {
    const std::lock_guard lock(watched.mutex);
    return std::count_if(watched.came.begin(), watched.came.end(),
                         [&](const auto& p) { return p->stage == plugin::PreviewStage::Quick && p->ask < last; });
  };
  // Asks follow each other faster than any problem is solved, until two that were overtaken have come.
  for (int i = 0; i < 20000 && quick() < 2; ++i) {
    ask.balance = 50 + i % 50;
    last = watched.worker.ask(ask);
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  CHECK(quick() >= 2);
  CHECK(watched.of(last).back().judgement);
}

TEST_CASE("a part that is looked at meanwhile takes nothing away from a preview", "[preview]") {
  Request r = request_of({384, 256}, {60, 40}, "pillow-box", Appearance::Eye);
  Watched watched;
  plugin::PreviewAsk ask = ask_of(r);
  const std::uint64_t first = watched.worker.ask(ask);
  std::uint64_t last = first;
  for (int i = 1; i <= 8; ++i) {
    ask.part.x = 8 + i;
    last = watched.worker.ask(ask);
  }
  (void)watched.of(last);
  const std::lock_guard lock(watched.mutex);
  std::vector<plugin::PreviewStage> stages;
  for (const auto& p : watched.came)
    if (p->ask >= first && !p->spread) stages.push_back(p->stage);
  for (const auto stage : {plugin::PreviewStage::Quick, plugin::PreviewStage::Part, plugin::PreviewStage::Whole})
    CHECK(std::count(stages.begin(), stages.end(), stage) >= 1);
}
