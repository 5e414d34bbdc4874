// SPDX-License-Identifier: LGPL-3.0-or-later
// Two pictures in one image: plan, solve, report, through the public interface.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <complex>
#include <cstring>

#include <bifocal/error.hpp>
#include <bifocal/preview.hpp>
#include <bifocal/request.hpp>

#include "image/mapped.hpp"
#include "support/text_request.hpp"
#include "tone/plan.hpp"

using namespace bifocal;

namespace {

/// Smooth shapes and some texture; `kind` picks the picture.
Image8 picture(int height, int width, int channels, int kind) {
  Image8 image(height, width, channels);
  for (int c = 0; c < channels; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const double u = static_cast<double>(x) / width, v = static_cast<double>(y) / height;
        const double a = std::sin(9 * u + kind + c) * std::cos(7 * v - kind),
                     b = std::hypot(u - 0.4, v - 0.3 - 0.2 * kind) < 0.25;
        image.plane(c).row(y)[x] =
            static_cast<std::uint8_t>(std::clamp(128 + 60 * a + (kind ? -70 : 60) * b, 0.0, 255.0));
      }
  return image;
}

TextRequest two(int height, int width, int channels, Size small) {
  TextRequest r;
  r.cover = picture(height, width, channels, 0);
  r.target().picture = picture(small.height, small.width, channels, 1);
  r.goal = EyeGoal();
  return r;
}

bool same(const Image8& a, const Image8& b) {
  for (int c = 0; c < a.channels(); ++c)
    for (int y = 0; y < a.height(); ++y)
      if (std::memcmp(a.plane(c).row(y), b.plane(c).row(y), a.width())) return false;
  return a.same_shape(b);
}

}  // namespace

TEST_CASE("a tone plan keeps within what dither can carry", "[eye]") {
  Image cover(40, 50, 3), target(40, 50, 3), detail(40, 50, 3);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < 40; ++y)
      for (int x = 0; x < 50; ++x) {
        cover.plane(c).row(y)[x] = 0.5f + 0.4f * std::sin(0.3f * x + c);
        target.plane(c).row(y)[x] = y % 20 < 10 ? 0.9f : 0.1f;
        detail.plane(c).row(y)[x] = 0.01f;
      }
  const tone::Plan plan = tone::plan(cover, target, detail, 4, {});
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < 40; ++y)
      for (int x = 0; x < 50; ++x) {
        const double u = plan.seen.plane(c).row(y)[x], v = plan.thumbnail.plane(c).row(y)[x];
        CAPTURE(c, y, x, u, v);
        REQUIRE(v <= u + 1e-3);
        REQUIRE(v >= std::pow(u, 2.2) - 1e-3);
      }
  CHECK(plan.cover_contrast > 0.02);
  CHECK(plan.target_contrast > 0.02);
}

TEST_CASE("a weight for ghosts keeps the other picture out of the plan", "[eye]") {
  const Size size{64, 48};
  const auto unit = [&](int kind) {
    return mapped(to_float(picture(size.height, size.width, 1, kind)), [](double v) { return v / 255; });
  };
  const auto levels = [](const Image& image) { return mapped(image, [](double v) { return 255 * v; }); };
  const Image cover = unit(0), target = unit(1), detail(size.height, size.width, 1);
  tone::PlanOptions with;
  with.flat_care = with.textured_care = 1;  // alone they keep ghosts out of so flat a cover
  tone::PlanOptions without = with;
  without.cover_ghosts = without.target_ghosts = 0;
  // The gain is the largest that is tolerable: with the weight it is larger, and less of the contrast is ghost.
  double leaks[2], contrasts[2];
  for (const bool weighted : {false, true}) {
    const tone::Plan plan = tone::plan(cover, target, detail, 4, weighted ? with : without);
    leaks[weighted] = likeness(levels(plan.seen), levels(cover), levels(target)).leak / plan.cover_contrast;
    contrasts[weighted] = plan.cover_contrast;
  }
  CAPTURE(leaks[0], leaks[1], contrasts[0], contrasts[1]);
  CHECK(leaks[1] < leaks[0]);
  CHECK(contrasts[1] > contrasts[0]);
}

TEST_CASE("one image shows the cover to the eye and the target in the thumbnail", "[eye]") {
  const int channels = GENERATE(1, 3);
  CAPTURE(channels);
  const Result r = run(two(192, 256, channels, {64, 48}));
  CHECK(r.outcome == Outcome::Solved);
  REQUIRE(r.appearance.size() > 5);
  const Showing &eye = r.appearance[0], &thumbnail = r.appearance[1];
  CHECK_FALSE(eye.shows_target);
  CHECK(eye.likeness.zncc > 0.85);
  CHECK(eye.likeness.leak < 0.4);
  CHECK(thumbnail.shows_target);
  CHECK(thumbnail.likeness.zncc > 0.9);
  CHECK(thumbnail.likeness.leak < 0.25);
  CHECK(thumbnail.likeness.range > 0.12);
  for (const Showing& s : r.appearance) {
    CAPTURE(s.name, s.likeness.zncc);
    CHECK(s.likeness.zncc > 0.8);
  }
  // At balance 100 the chosen thumbnail is the plan's, to the byte.
  CHECK(r.views.at(0).exact_pixels == 1);
}

namespace {

/// Fine stripes, strong in the left half and faint in the right one.
Image8 striped(Size size, int period, bool across) {
  Image8 image(size.height, size.width, 3);
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) {
        const double strength = x < size.width / 2 ? 80 : 20, phase = 2 * M_PI / period * (across ? y : x);
        image.plane(c).row(y)[x] = static_cast<std::uint8_t>(std::lround(128 + strength * std::sin(phase)));
      }
  return image;
}

/// How strong the stripes are at the right, over those at the left.
double faint_over_strong(const Image& image, int period, bool across) {
  std::complex<double> halves[2];
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      halves[x >= image.width() / 2] +=
          std::polar<double>(image.plane(1).row(y)[x] - 128.0, 2 * M_PI / period * (across ? y : x));
  return std::abs(halves[1]) / std::abs(halves[0]);
}

}  // namespace

TEST_CASE("crisp brings out what is faint in both pictures, and at 0 it changes nothing", "[eye]") {
  Request r;
  r.cover = striped({256, 192}, 32, false);
  r.target().picture = striped({64, 48}, 8, true);
  EyeGoal goal;
  r.goal = goal;
  const Result plain = run(r);
  CHECK(same(run(TextRequest(r, "crisp=0")).image, plain.image));
  goal.crisp = 1;
  r.goal = goal;
  const Result crisp = run(r);
  const auto eye = [&](const Result& of) {
    return faint_over_strong(to_float(seen_by_eye(r.goal, of.image)), 32, false);
  };
  const auto small = [&](const Result& of) { return faint_over_strong(to_float(thumbnail_of(r, of.image)), 8, true); };
  CAPTURE(eye(plain), eye(crisp), small(plain), small(crisp));
  CHECK(eye(crisp) > 1.1 * eye(plain));
  CHECK(small(crisp) > 1.2 * small(plain));
}

TEST_CASE("more iterations than planned spoil neither picture", "[eye]") {
  TextRequest r = two(192, 192, 3, {48, 48});
  const Result planned = run(r);
  r.options = "iterations=400";
  const Result more = run(r);
  for (const int side : {0, 1}) {
    const Likeness &few = planned.appearance[side].likeness, &many = more.appearance[side].likeness;
    CAPTURE(side, few.ssim, many.ssim, few.leak, many.leak);
    CHECK(many.ssim > few.ssim - 0.01);
    CHECK(many.leak < few.leak + 0.02);
  }
}

TEST_CASE("the same request gives the same bytes on any number of threads", "[eye]") {
  const TextRequest request = two(150, 131, 3, {33, 37});
  SolveOptions one, three;
  one.threads = 1, three.threads = 3;
  CHECK(same(run(request, one).image, run(request, three).image));
}

TEST_CASE("odd sizes, tiny targets and selections", "[eye]") {
  const auto [height, width, small] = GENERATE(table<int, int, Size>(
      {{97, 64, {16, 16}}, {40, 133, {7, 3}}, {64, 64, {1, 1}}, {12, 9, {4, 5}}, {70, 300, {150, 35}}}));
  CAPTURE(height, width, small.width, small.height);
  TextRequest request = two(height, width, 3, small);
  request.options = "iterations=8";
  request.selection.emplace(height, width, 1);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) request.selection->plane(0).row(y)[x] = x < width / 2 ? 255 : 0;
  const Result r = run(request);
  REQUIRE(r.image.same_shape(request.cover));
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < height; ++y)
      for (int x = width / 2; x < width; ++x) REQUIRE(r.image.plane(c).row(y)[x] == request.cover.plane(c).row(y)[x]);
}

TEST_CASE("stop keeps the best so far, cancel leaves no image", "[eye]") {
  TextRequest request = two(300, 300, 3, {75, 75});
  request.options = "iterations=500";
  SolveOptions options;
  double last = 0;
  bool planned = false, pictured = false, whole = false;
  options.progress = [&](const Progress& p) {
    CHECK(p.fraction >= last);
    last = p.fraction;
    planned |= p.phase == Phase::Planning;
    pictured |= p.thumbnail != nullptr;
    if (p.picture) {
      whole = true;
      CHECK(p.picture->size() == Size{75, 75});
      CHECK(p.picture->channels() == 3);
    }
    return p.sweeps >= 5 ? Verdict::StopAndKeep : Verdict::Continue;
  };
  const Result kept = run(request, options);
  CHECK(kept.outcome == Outcome::Stopped);
  CHECK(kept.image.same_shape(request.cover));
  CHECK(kept.sweeps < 500);
  CHECK(planned);
  CHECK(pictured);
  CHECK(whole);
  options.progress = [](const Progress& p) { return p.phase == Phase::Solving ? Verdict::Cancel : Verdict::Continue; };
  CHECK(run(request, options).outcome == Outcome::Cancelled);
}

TEST_CASE("what cannot work is said", "[eye]") {
  TextRequest request = two(96, 96, 3, {64, 64});
  request.options = "iterations=5";
  request.target().scaler = "gimp-cubic";
  const Result r = run(request);
  const auto said = [](const std::vector<std::string>& list, const char* part) {
    return std::count_if(list.begin(), list.end(),
                         [&](const std::string& s) { return s.find(part) != std::string::npos; });
  };
  CHECK(r.texts(Severity::Warning).size() == 3);
  CHECK(said(r.texts(Severity::Warning), "averages light") == 1);
  CHECK(said(r.texts(Severity::Warning), "plain") == 1);
  CHECK(r.messages.front().code == "averages-light");
  const auto told = nlohmann::json::parse(to_json(r)).at("messages").at(0);
  CHECK(told.at("code") == "averages-light");
  CHECK(told.at("severity") == "warning");
  CHECK(told.at("text") == r.messages.front().text);
  CHECK(said(r.texts(Severity::Warning), "more than half as large") == 1);
  CHECK(r.texts(Severity::Note).size() == 2);
  CHECK(said(r.texts(Severity::Note), "100 % zoom") == 1);
  CHECK(said(r.texts(Severity::Note), "JPEG") == 1);

  // Where it can work nothing of the kind is said.
  request.target().scaler = "any";
  request.target().size = {24, 24};
  request.options = "iterations=5 jpeg=85";
  const Result works = run(request);
  CHECK(works.texts(Severity::Warning).empty());
  CHECK(works.texts(Severity::Note).size() == 1);
  CHECK(said(works.texts(Severity::Note), "100 % zoom") == 1);
  request.goal = PixelsGoal();
  CHECK_THROWS_WITH(run(request), Catch::Contains("to the eye"));
}

TEST_CASE("likeness tells the wanted picture from the other one", "[eye]") {
  const Image a = to_float(picture(64, 80, 3, 0)), b = to_float(picture(64, 80, 3, 1));
  Image mixed = a;
  for (int c = 0; c < 3; ++c)
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 80; ++x)
        mixed.plane(c).row(y)[x] = 20 + 0.5f * a.plane(c).row(y)[x] + 0.1f * b.plane(c).row(y)[x];
  const Likeness clean = likeness(a, a, b), mix = likeness(mixed, a, b);
  CHECK(clean.ssim == Approx(1).margin(1e-4));
  CHECK(clean.zncc == Approx(1).margin(1e-6));
  CHECK(clean.leak == Approx(0).margin(1e-6));
  CHECK(mix.contrast == Approx(0.5).margin(1e-3));
  CHECK(mix.leak > 0.1);
  CHECK(mix.ssim < clean.ssim);
  CHECK(clean.colours == Approx(1).margin(1e-4));
  CHECK(clean.colour_leak == Approx(0).margin(1e-4));
  CHECK(mix.colours == Approx(0.5).margin(1e-3));
  CHECK(mix.colour_leak > 0.02);
}

TEST_CASE("of colours is told how much is kept, apart from luma", "[eye]") {
  const Image a = to_float(picture(64, 80, 3, 0)), b = to_float(picture(64, 80, 3, 1));
  // A third of the colour, all of the luma.
  const auto faded = [](const Image& image, float kept) {
    Image out = image;
    for (int y = 0; y < 64; ++y)
      for (int x = 0; x < 80; ++x) {
        const float r = image.plane(0).row(y)[x], g = image.plane(1).row(y)[x], b = image.plane(2).row(y)[x];
        const float luma = 0.299f * r + 0.587f * g + 0.114f * b;
        for (int c = 0; c < 3; ++c) out.plane(c).row(y)[x] = luma + kept * (image.plane(c).row(y)[x] - luma);
      }
    return out;
  };
  const Likeness third = likeness(faded(a, 1 / 3.0f), a, b);
  CHECK(third.contrast == Approx(1).margin(1e-3));
  CHECK(third.colours == Approx(1 / 3.0).margin(1e-3));
  CHECK(third.colour_leak < 0.01);
  // Of a picture without colour none is kept, whatever is seen.
  const Likeness grey = likeness(a, faded(a, 0), b);
  CHECK(grey.colours == 0);
  CHECK(grey.colour_leak == 0);
}

TEST_CASE("the report tells the colours of both pictures", "[eye]") {
  const Result colour = run(two(96, 128, 3, {32, 24})), grey = run(two(96, 128, 1, {32, 24}));
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(colour.appearance.at(k).likeness.colours > 0.05);
    CHECK(colour.appearance.at(k).likeness.colours < 1);
    CHECK(grey.appearance.at(k).likeness.colours == 0);
  }
}

TEST_CASE("what is said of a view is said of the image that is given", "[eye]") {
  TextRequest r = two(96, 96, 3, {24, 24});
  const std::string scaler = GENERATE(std::string(kAnyScaler), std::string("pillow-bicubic"));
  r.target().scaler = scaler;
  for (const char* options : {"algorithm=lbfgs iterations=3", "algorithm=lbfgs iterations=3 repair=no",
                              "algorithm=heavy-ball iterations=3 repair=no", "algorithm=annealing evaluations=20"}) {
    r.options = options;
    const Result result = run(r);
    REQUIRE(result.views.size() == 1);
    const ViewReport& view = result.views[0];
    const Image8 shown = Scaler::find(view.scaler).resize(result.image, view.size);
    std::size_t wrong = 0;
    for (int y = 0; y < shown.height(); ++y)
      for (int x = 0; x < shown.width(); ++x) {
        bool right = true;
        for (int c = 0; c < 3; ++c) right &= shown.plane(c).row(y)[x] == view.wanted.plane(c).row(y)[x];
        wrong += !right;
      }
    CAPTURE(scaler, options);
    CHECK(view.unreached == wrong);
  }
}
