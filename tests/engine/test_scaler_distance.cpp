// SPDX-License-Identifier: LGPL-3.0-or-later
// How far each scaler of the catalogue is from the real program: over pictures and noise, in many sizes.
#include <catch2/catch.hpp>

#include <algorithm>
#include <future>
#include <map>

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
const Case kCases[] = {{{512, 512}, {128, 128}}, {{600, 400}, {113, 75}}, {{256, 256}, {128, 128}}, {{341, 257}, {128, 96}},
                       {{300, 200}, {250, 170}}, {{640, 480}, {64, 48}},  {{500, 333}, {60, 40}},   {{400, 100}, {100, 25}},
                       {{123, 457}, {41, 150}},  {{512, 384}, {171, 128}}, {{720, 405}, {60, 34}},  {{200, 200}, {150, 150}},
                       {{530, 530}, {128, 128}}};

/// Pictures with edges, and noise: the hardest input, where every tap shows. In colour and grey by turns.
std::vector<Image8> sources(bool noise) {
  std::vector<Image8> images;
  std::mt19937 random(21);
  unsigned seed = 100;
  for (const Case& c : kCases) {
    const int channels = ++seed % 2 ? 3 : 1;
    images.push_back(noise ? random_image(random, c.from.height, c.from.width, channels)
                           : smooth_image(seed, c.from.height, c.from.width, channels));
  }
  return images;
}

/// What one real program says.
struct Program {
  std::string version;
  std::map<std::string, Distance> worst;  ///< of the two kinds of input, for every scaler that is not exact
};

Program measure(const std::string& library, const std::string& peer_name) {
  Peer peer;
  Program program;
  program.version = peer.version(peer_name);
  if (program.version.empty()) throw std::runtime_error(library + " has no version");
  auto& worst = program.worst;
  for (bool noise : {false, true}) {
    const std::vector<Image8> images = sources(noise);
    std::vector<Peer::Job> jobs;
    std::vector<std::string> ids;
    for (const ScalerInfo& info : Scaler::catalogue())
      if (info.library == library && info.exactness == Exactness::Close)
        for (std::size_t i = 0; i < images.size(); ++i) {
          ids.emplace_back(info.id);
          jobs.push_back({std::string(info.id.substr(info.id.find('-') + 1)), &images[i], kCases[i].to});
        }
    const std::vector<Image8> real = peer.resize_all(peer_name, jobs);
    std::map<std::string, std::pair<double, std::size_t>> sums;
    std::map<std::string, int> largest;
    for (std::size_t j = 0; j < jobs.size(); ++j) {
      const Image8 ours = Scaler::find(ids[j]).resize(*jobs[j].image, jobs[j].to);
      for (int c = 0; c < ours.channels(); ++c)
        for (int y = 0; y < ours.height(); ++y)
          for (int x = 0; x < ours.width(); ++x) {
            const int e = std::abs(ours.plane(c).row(y)[x] - real[j].plane(c).row(y)[x]);
            sums[ids[j]].first += e;
            ++sums[ids[j]].second;
            largest[ids[j]] = std::max(largest[ids[j]], e);
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
  const std::map<std::string, std::string> peers = {{"GIMP", "gimp"}, {"ImageMagick", "imagemagick"},
                                                    {"GraphicsMagick", "graphicsmagick"}, {"libvips", "libvips"},
                                                    {"gdk-pixbuf", "gdkpixbuf"}, {"Qt", "qt"}, {"cairo", "cairo"},
                                                    {"GD", "gd"}, {"swscale", "swscale"}, {"Chromium", "chromium"},
                                                    {"Firefox", "firefox"}};
  std::map<std::string, std::future<Program>> running;
  for (const auto& [library, peer] : peers) running.emplace(library, std::async(std::launch::async, measure, library, peer));
  std::map<std::string, Program> programs;
  for (auto& [library, future] : running) programs.emplace(library, future.get());
  for (const ScalerInfo& info : Scaler::catalogue()) {
    if (info.exactness == Exactness::Bytes) continue;
    CAPTURE(info.id);
    REQUIRE(programs.count(std::string(info.library)) == 1);
    const Program& program = programs.at(std::string(info.library));
    REQUIRE(program.worst.count(std::string(info.id)) == 1);
    hold(check_distance(info, program.version, program.worst.at(std::string(info.id))));
  }
}
