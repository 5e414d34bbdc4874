// SPDX-License-Identifier: LGPL-3.0-or-later
// Scalers that copy pixels: which ones is checked with the real programs, byte for byte.
#include <catch2/catch.hpp>

#include <bifocal/scaler.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"
#include "support/table_check.hpp"

using namespace bifocal;

TEST_CASE("scalers that copy pixels copy the right ones", "[picking][peer]") {
  struct Case {
    Size from, to;
  };
  const Case cases[] = {
      {{600, 600}, {300, 300}},  {{900, 700}, {300, 250}}, {{360, 310}, {300, 290}}, {{500, 400}, {375, 300}},
      {{512, 512}, {128, 128}},  {{600, 400}, {113, 75}},  {{341, 257}, {128, 96}},  {{1023, 767}, {511, 383}},
      {{800, 999}, {799, 333}},  {{2000, 90}, {200, 15}},  {{60, 900}, {10, 90}},    {{701, 503}, {350, 251}},
      {{1024, 768}, {600, 500}}, {{37, 41}, {1, 1}},       {{1024, 768}, {120, 90}}, {{330, 330}, {330, 110}}};
  struct Program {
    std::string id, peer;
  };
  const Program program = GENERATE(values<Program>({{"gimp-none", "gimp"},
                                                    {"imagemagick-sample", "imagemagick"},
                                                    {"graphicsmagick-sample", "graphicsmagick"},
                                                    {"gd-copyresized", "gd"},
                                                    {"gdkpixbuf-nearest", "gdkpixbuf"},
                                                    {"qt-fast", "qt"}}));
  Peer peer;
  std::mt19937 random(31);
  const Scaler scaler = Scaler::find(program.id);
  std::vector<Image8> images;
  std::vector<Size> sizes;
  for (const Case& c : cases) {
    images.push_back(random_image(random, c.from.height, c.from.width, images.size() % 5 == 4 ? 1 : 3));
    sizes.push_back(c.to);
  }
  std::vector<Peer::Job> jobs;
  for (std::size_t i = 0; i < images.size(); ++i)
    jobs.push_back({program.id.substr(program.id.find('-') + 1), &images[i], sizes[i]});
  const std::vector<Image8> real = peer.resize_all(program.peer, jobs);
  std::size_t outputs = 0, wrong = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    wrong += mismatches(scaler.resize(images[i], sizes[i]), real[i]);
    outputs += static_cast<std::size_t>(sizes[i].width) * sizes[i].height * images[i].channels();
  }
  CAPTURE(program.id, outputs);
  CHECK(outputs > 2000000);
  hold(check_bytes(scaler.info(), peer.version(program.peer), wrong, outputs));
}
