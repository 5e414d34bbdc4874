// SPDX-License-Identifier: LGPL-3.0-or-later
// GIMP's Scale Image with interpolation None copies bytes: which ones is checked with the real GIMP. The other
// interpolations are in test_scaler_distance.cpp.
#include <catch2/catch.hpp>

#include <bifocal/scaler.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

TEST_CASE("GIMP's None gives GIMP's bytes", "[gimp][peer]") {
  struct Case {
    Size from, to;
  };
  const Case cases[] = {{{600, 600}, {300, 300}}, {{900, 700}, {300, 250}}, {{360, 310}, {300, 290}}, {{500, 400}, {375, 300}},
                        {{512, 512}, {128, 128}}, {{600, 400}, {113, 75}},  {{341, 257}, {128, 96}},  {{300, 200}, {500, 400}},
                        {{100, 100}, {300, 333}}, {{2000, 90}, {200, 15}},  {{60, 900}, {10, 90}},    {{701, 503}, {350, 251}},
                        {{1, 1}, {4, 7}},         {{37, 41}, {1, 1}},       {{1024, 768}, {120, 90}}, {{330, 330}, {330, 110}}};
  Peer peer;
  std::mt19937 random(31);
  const Scaler scaler = Scaler::find("gimp-none");
  std::vector<Image8> images;
  std::vector<Size> sizes;
  for (int round = 0; round < 3; ++round)
    for (const Case& c : cases) {
      images.push_back(random_image(random, c.from.height, c.from.width, round == 0 ? 1 : 3,
                                    round == 1 ? Noise::Extreme : Noise::Uniform));
      sizes.push_back(c.to);
    }
  std::vector<Peer::Job> jobs;
  for (std::size_t i = 0; i < images.size(); ++i) jobs.push_back({"none", &images[i], sizes[i]});
  const std::vector<Image8> real = peer.resize_all("gimp", jobs);
  std::size_t outputs = 0, wrong = 0;
  for (std::size_t i = 0; i < images.size(); ++i) {
    wrong += mismatches(scaler.resize(images[i], sizes[i]), real[i]);
    outputs += static_cast<std::size_t>(sizes[i].width) * sizes[i].height * images[i].channels();
  }
  CAPTURE(outputs);
  CHECK(outputs > 2000000);
  CHECK(wrong == 0);
}
