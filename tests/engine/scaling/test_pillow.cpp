// SPDX-License-Identifier: LGPL-3.0-or-later
// The emulation of Pillow against the real Pillow, byte for byte.
#include <catch2/catch.hpp>

#include <bifocal/scaler.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"
#include "support/table_check.hpp"

using namespace bifocal;

TEST_CASE("Pillow's scalers give Pillow's bytes", "[pillow][peer]") {
  Peer peer;
  std::mt19937 random(7);
  const std::string version = peer.version("pillow");
  REQUIRE_FALSE(version.empty());
  struct Case {
    Size from, to;
  };
  const Case cases[] = {{{512, 512}, {128, 128}}, {{341, 257}, {128, 96}},  {{600, 400}, {113, 75}},
                        {{1024, 300}, {120, 35}}, {{256, 256}, {128, 128}}, {{97, 89}, {96, 88}},
                        {{64, 64}, {200, 150}},   {{31, 500}, {31, 100}},   {{500, 31}, {100, 31}},
                        {{1, 1}, {5, 4}},         {{7, 9}, {1, 1}},         {{2, 300}, {1, 299}},
                        {{400, 400}, {401, 13}},  {{1000, 8}, {3, 8}},      {{513, 511}, {60, 60}}};
  for (const ScalerInfo& info : Scaler::catalogue()) {
    if (info.library != "Pillow") continue;
    const Scaler scaler = Scaler::find(info.id);
    std::size_t outputs = 0, wrong = 0;
    for (int round = 0; outputs < 2000000 || round < 12; ++round)
      for (const Case& c : cases) {
        const Noise noise = round % 3 == 0 ? Noise::Uniform : round % 3 == 1 ? Noise::Extreme : Noise::Flat;
        const Image8 image = random_image(random, c.from.height, c.from.width, round % 2 ? 3 : 1, noise);
        const Image8 ours = scaler.resize(image, c.to);
        wrong += mismatches(ours, peer.resize("pillow", std::string(info.id.substr(7)), image, c.to));
        outputs += static_cast<std::size_t>(c.to.width) * c.to.height * image.channels();
      }
    hold(check_bytes(info, version, wrong, outputs));
  }
}
