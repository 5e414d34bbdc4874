// SPDX-License-Identifier: LGPL-3.0-or-later
// memory_needed() foresees what a run takes: never less, and not so much more that it would refuse what can be done.
#include <catch2/catch.hpp>

#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <string>

#include <bifocal/error.hpp>
#include <bifocal/memory.hpp>
#include <bifocal/views.hpp>

#include "support/random_image.hpp"

using namespace bifocal;

namespace {

/// "VmRSS" or "VmHWM" of this process, bytes.
double memory(const std::string& key) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == key + ":") {
      double kib = 0;
      status >> kib;
      return kib * 1024;
    }
  return 0;
}

/// An extent, and what a script says of it.
struct Told {
  Extent extent;
  Options said;
  std::string options;
};

Told told(int side, int small, Appearance appearance = Appearance::Pixels, std::string options = "",
          std::vector<std::string> scalers = {"pillow-bicubic"}, int channels = 3) {
  Told t{{}, read_options(options, {appearance, scalers.size() > 1}), options};
  Extent& e = t.extent;
  e.cover = {side, side};
  e.channels = channels;
  for (std::string& s : scalers) e.views.push_back({{small, small}, std::move(s)});
  e.goal = t.said.goal;
  e.algorithm = t.said.solve.algorithm;
  return t;
}

/// Growth of memory over what there was before the request was made, in a process of its own.
double taken(const Told& t) {
  const Extent& e = t.extent;
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  malloc_trim(0);
  const pid_t child = fork();
  if (child == 0) {
    const double before = memory("VmRSS");
    Request many;
    many.cover = smooth_image(1, e.cover.height, e.cover.width, e.channels);
    for (const Extent::Seen& v : e.views) {
      many.targets.emplace_back();
      many.targets.back().picture = smooth_image(2, v.size.height, v.size.width, e.channels, 60, 190);
      many.targets.back().scaler = v.scaler;
    }
    many.goal = e.goal;
    Request one;
    one.cover = std::move(many.cover);
    one.target().picture = std::move(many.targets[0].picture);
    one.target().scaler = e.views[0].scaler;
    one.goal = e.goal;
    if (e.views.size() > 1) {
      many.cover = std::move(one.cover);
      many.targets[0].picture = std::move(one.target().picture);
      run(many, t.said.solve);
    } else {
      run(one, t.said.solve);
    }
    const double bytes = memory("VmHWM") - before;
    _exit(write(ends[1], &bytes, sizeof bytes) != sizeof bytes);
  }
  double bytes = 0;
  int status = 0;
  REQUIRE(child > 0);
  REQUIRE(read(ends[0], &bytes, sizeof bytes) == sizeof bytes);
  REQUIRE(waitpid(child, &status, 0) == child);
  close(ends[0]), close(ends[1]);
  return bytes;
}

}  // namespace

TEST_CASE("the memory that a run takes is foreseen", "[memory]") {
  const bool long_form = std::getenv("BIFOCAL_FAULTS") && std::string(std::getenv("BIFOCAL_FAULTS")) == "0";
  const int side = long_form ? 2048 : 768;
  const auto eye = Appearance::Eye;
  const auto pixels = Appearance::Pixels;
  for (const Told& t : {
           told(side, side / 8),
           told(side, side / 2),
           told(side, side / 4, pixels, "", {"pillow-bicubic"}, 1),
           told(side, side / 4, pixels, "out-of-reach=fit"),
           told(side, side / 8, eye, "iterations=3"),
           told(side, side / 2, eye, "iterations=3"),
           told(side, side / 4, eye, "iterations=3", {"pillow-bicubic"}, 1),
           told(side, side / 4, eye, "iterations=3 jpeg=85"),
           told(side, side / 4, eye, "iterations=3", {"any"}),
           told(side, side / 8, eye, "iterations=3 algorithm=lbfgs"),
           told(side, side / 8, eye, "iterations=3", {"pillow-bicubic", "pillow-nearest"}),
           told(side, side / 8, pixels, "sweeps=3", {"pillow-bicubic", "opencv-linear"}),
           told(side, side / 4, pixels, "algorithm=accelerated sweeps=3"),
           told(side, side / 8, pixels, "algorithm=lbfgs sweeps=8"),
           told(side, side / 8, pixels, "sweeps=4", {"gimp-linear"}),
           told(side / 2, side / 8, pixels, "algorithm=annealing evaluations=50"),
       }) {
    const Extent& e = t.extent;
    const double needed = memory_needed(e), measured = taken(t);
    std::printf("%4d -> %4d, %d channels, %zu views, %s, %-32s needs %5.0f MB, takes %5.0f MB\n", e.cover.width,
                e.views[0].size.width, e.channels, e.views.size(), appearance_of(e.goal) == eye ? "eye   " : "pixels",
                t.options.c_str(), needed / 1e6, measured / 1e6);
    CAPTURE(e.cover.width, e.views[0].size.width, t.options, e.views[0].scaler, needed / measured);
    CHECK(measured <= needed);
    CHECK(needed <= 3 * measured + 24e6);
  }
}

TEST_CASE("the memory of large covers is foreseen", "[memory]") {
  CHECK(memory_needed(told(16384, 1024).extent) < 8e9);
  CHECK(memory_needed(told(16384, 1024, Appearance::Eye).extent) > 20e9);
  CHECK(memory_needed(told(65535, 1024, Appearance::Eye).extent) > 300e9);  // no overflow on the way
  CHECK_THROWS_AS(memory_needed(told(100, 10, Appearance::Pixels, "", {"photoshop"}).extent), Error);
}
