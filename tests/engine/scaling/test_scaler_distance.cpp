// SPDX-License-Identifier: LGPL-3.0-or-later
// How far each scaler of the catalogue is from the real program: over pictures and noise, in many sizes.
#include <catch2/catch.hpp>

#include <algorithm>
#include <future>
#include <map>
#include <set>

#include <bifocal/scaler.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"
#include "support/table_check.hpp"

using namespace bifocal;

namespace {

struct Case {
  Size from, to;
};
/// Whole and broken ratios between 1 and 12, wide and tall.
const Case kCases[] = {{{512, 512}, {128, 128}}, {{600, 400}, {113, 75}},  {{256, 256}, {128, 128}},
                       {{341, 257}, {128, 96}},  {{300, 200}, {250, 170}}, {{640, 480}, {64, 48}},
                       {{500, 333}, {60, 40}},   {{400, 100}, {100, 25}},  {{123, 457}, {41, 150}},
                       {{512, 384}, {171, 128}}, {{720, 405}, {60, 34}},   {{200, 200}, {150, 150}},
                       {{530, 530}, {128, 128}}};

struct Source {
  Image8 image;  ///< with an opaque alpha channel where it has 2 or 4
  Size to;
};

/// Pictures with edges, and noise: the hardest input, where every tap shows. Each case in colour, and as another kind
/// of file: grey, with alpha, grey with alpha, by turns.
std::vector<Source> sources(bool noise) {
  std::vector<Source> images;
  std::mt19937 random(21);
  unsigned seed = 100;
  for (const Case& c : kCases) {
    const int other = static_cast<int>(++seed % 3);
    for (int channels : {3, other == 0 ? 1 : other == 1 ? 3 : 1}) {
      Image8 image = noise ? random_image(random, c.from.height, c.from.width, channels)
                           : smooth_image(seed, c.from.height, c.from.width, channels);
      const bool second = !images.empty() && images.size() % 2 == 1;
      images.push_back({second && other > 0 ? with_opaque_alpha(image) : std::move(image), c.to});
    }
  }
  return images;
}

/// What one real program says.
struct Program {
  std::string version;
  std::map<std::string, Distance> worst;  ///< of the two kinds of input, for every scaler that is not exact, in all
                                          ///< that it is for some kind of file
};

/// The scaler as it reads a file with so many channels.
Scaler reading(std::string_view id, int channels) {
  return Scaler::find(id).reading({.alpha = channels % 2 == 0}, channels < 3 ? 1 : 3);
}

/// An entry of the catalogue, or what it is for some kinds of file.
std::string key_of(const Scaler& s) {
  std::string key(s.info().id);
  for (std::string_view word : {s.info().kernel, s.info().arithmetic}) (key += ": ") += word;
  return key;
}

Program measure(const std::string& library, const std::string& peer_name) {
  Peer peer;
  Program program;
  program.version = peer.version(peer_name);
  if (program.version.empty()) throw std::runtime_error(library + " has no version");
  auto& worst = program.worst;
  for (bool noise : {false, true}) {
    const std::vector<Source> images = sources(noise);
    std::vector<Peer::Job> jobs;
    std::vector<Scaler> scalers;
    for (const ScalerInfo& info : Scaler::catalogue())
      if (info.library == library && info.exactness == Exactness::Close)
        for (const Source& s : images) {
          scalers.push_back(reading(info.id, s.image.channels()));
          jobs.push_back({std::string(info.id.substr(info.id.find('-') + 1)), &s.image, s.to});
        }
    const std::vector<Image8> real = peer.resize_all(peer_name, jobs);
    std::map<std::string, std::pair<double, std::size_t>> sums;
    std::map<std::string, int> largest;
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const Image8 ours = scalers[j].resize(without_alpha(*jobs[j].image), jobs[j].to);
      const std::string key = key_of(scalers[j]);
      for (int c = 0; c < ours.channels(); ++c)
        for (int y = 0; y < ours.height(); ++y)
          for (int x = 0; x < ours.width(); ++x) {
            const int e = std::abs(ours.plane(c).row(y)[x] - real[j].plane(c).row(y)[x]);
            sums[key].first += e;
            ++sums[key].second;
            largest[key] = std::max(largest[key], e);
          }
    }
    for (const auto& [id, sum] : sums) {
      const double mean = sum.first / static_cast<double>(sum.second);
      worst[id].mean = std::max(worst[id].mean, mean);
      if (!noise) worst[id].pictures = mean;
      worst[id].max = std::max(worst[id].max, largest[id]);
    }
  }
  return program;
}

}  // namespace

TEST_CASE("the catalogue's distances to the real programs are true", "[distance][peer]") {
  const std::map<std::string, std::string> peers = {{"GIMP", "gimp"},
                                                    {"ImageMagick", "imagemagick"},
                                                    {"GraphicsMagick", "graphicsmagick"},
                                                    {"libvips", "libvips"},
                                                    {"gdk-pixbuf", "gdkpixbuf"},
                                                    {"Qt", "qt"},
                                                    {"cairo", "cairo"},
                                                    {"GD", "gd"},
                                                    {"swscale", "swscale"},
                                                    {"Chromium", "chromium"},
                                                    {"Firefox", "firefox"}};
  std::map<std::string, std::future<Program>> running;
  for (const auto& [library, peer] : peers)
    running.emplace(library, std::async(std::launch::async, measure, library, peer));
  std::map<std::string, Program> programs;
  for (auto& [library, future] : running) programs.emplace(library, future.get());
  std::set<std::string> seen;
  for (const ScalerInfo& entry : Scaler::catalogue())
    for (int channels : {3, 1, 4, 2}) {
      const Scaler scaler = reading(entry.id, channels);
      const ScalerInfo& info = scaler.info();
      if (info.exactness == Exactness::Bytes || !seen.insert(key_of(scaler)).second) continue;
      CAPTURE(info.id, info.kernel, info.arithmetic);
      REQUIRE(programs.count(std::string(info.library)) == 1);
      const Program& program = programs.at(std::string(info.library));
      REQUIRE(program.worst.count(key_of(scaler)) == 1);
      hold(check_distance(info, program.version, program.worst.at(key_of(scaler))));
    }
}
