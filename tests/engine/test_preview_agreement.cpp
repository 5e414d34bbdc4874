// SPDX-License-Identifier: LGPL-3.0-or-later
// How often what is said of a small copy is said of the image, too.
#include <catch2/catch.hpp>

#include <array>
#include <cstdlib>
#include <iostream>
#include <random>
#include <string>
#include <type_traits>

#include <bifocal/preview.hpp>
#include <bifocal/verdict.hpp>

#include "support/random_image.hpp"

using namespace bifocal;

// Up to kWholeEye, kWholePixels and kWholeViews pixels (worker.cpp) the settled verdict is the image's own, as tested
// above. What is said before, and of larger images, is a small copy's: mostly the same, and never the contrary.
namespace {

constexpr double kQuick = 192 * 192;  // pixels, as the plug-in has it
constexpr int kQuickSweeps = 40;      // of several views

std::mt19937 setting(7);
template <class... Values>
auto one_of(Values... values) {
  const std::array<std::common_type_t<Values...>, sizeof...(values)> all{values...};
  return all[setting() % all.size()];
}

/// How often a small copy's light (green, amber, red) is the result's.
struct Agreement {
  int settings = 0, agree = 0, contrary = 0;

  void compare(const Request& r, const std::string& about) {
    const auto light = [](const Request& request, int sweeps) {
      SolveOptions options;
      options.max_sweeps = sweeps;
      const Grade grade = judge(run(request, options)).overall;
      return grade >= Grade::Good ? 2 : grade == Grade::Fair ? 1 : 0;
    };
    const int small = light(reduced(r, kQuick), r.targets.size() > 1 ? kQuickSweeps : 0), whole = light(r, 0);
    ++settings;
    agree += small == whole;
    contrary += std::abs(small - whole) == 2;
    if (small != whole)
      std::cout << "apart: " << about << ", balance " << r.balance
                << (appearance_of(r.goal) == Appearance::Eye ? ", to the eye: " : ": ") << small << " for " << whole
                << "\n";
  }
  void print(const char* of) const {
    std::cout << of << ": a small copy's verdict is the result's in " << agree << " of " << settings
              << " settings, the contrary in " << contrary << "\n";
  }
};

}  // namespace

TEST_CASE("what is said of a small copy is mostly said of the image, too", "[preview][agreement]") {
  setting.seed(7);
  Agreement found;
  for (int i = 0; i < 100; ++i) {
    Request r;
    const int side = one_of(256, 320, 384);
    r.cover = smooth_image(setting(), side, side * 3 / 4, 3, 0, one_of(180, 230, 255));
    const int ratio = one_of(2, 3, 4, 6, 8);
    r.target().size = {r.cover.width() / ratio, r.cover.height() / ratio};
    r.target().picture = smooth_image(setting(), r.target().size.height, r.target().size.width, 3, one_of(0, 40, 80),
                                      one_of(180, 220, 255));
    r.target().scaler = one_of("pillow-bicubic", "pillow-lanczos", "opencv-linear", "opencv-area", "pillow-nearest",
                               "gimp-cubic", "chromium-img");
    r.goal = goal_of(i % 2 ? Appearance::Eye : Appearance::Pixels);
    r.balance = one_of(30, 60, 80, 90, 95, 100);
    found.compare(r, r.target().scaler + " at " + std::to_string(side) + " / " + std::to_string(ratio));
  }
  found.print("one thumbnail");
  CHECK(found.agree >= 80);
  CHECK(found.contrary == 0);
}

TEST_CASE("... and of several views", "[preview][agreement]") {
  setting.seed(8);
  Agreement found;
  for (int i = 0; i < 40; ++i) {
    Request r;
    const int side = one_of(256, 320);
    r.cover = smooth_image(setting(), side, side * 3 / 4, 3, 0, one_of(180, 230, 255));
    const Image8 pictures[] = {smooth_image(setting(), 60, 80, 3, one_of(0, 40, 80), one_of(180, 220, 255)),
                               smooth_image(setting(), 60, 80, 3, one_of(0, 40, 80), one_of(180, 220, 255))};
    std::string about = std::to_string(side);
    for (int k = one_of(2, 2, 3); k > 0; --k) {
      Target t;
      const double factor = one_of(1. / 2, 1. / 3, 1. / 4, 1. / 4, 1. / 6, 1. / 8, 1.5);
      t.size = {static_cast<int>(r.cover.width() * factor), static_cast<int>(r.cover.height() * factor)};
      t.picture = pictures[one_of(0, 0, 1)];
      t.scaler = one_of("pillow-bicubic", "pillow-box", "opencv-linear", "opencv-area", "pillow-nearest");
      t.weight = one_of(0.5, 1., 1., 2.);
      about += ", " + t.scaler + " * " + std::to_string(factor);
      r.targets.push_back(std::move(t));
    }
    r.fit = Fit::Fill;
    r.goal = goal_of(i % 2 ? Appearance::Eye : Appearance::Pixels);
    r.balance = one_of(30, 60, 80, 90, 95, 100);
    found.compare(r, about);
  }
  found.print("several views");
  CHECK(found.agree >= 34);
  CHECK(found.contrary == 0);
}
