// SPDX-License-Identifier: LGPL-3.0-or-later
// The emulation of OpenCV against the real OpenCV, byte for byte, and the integer form that repair works on.
#include <catch2/catch.hpp>

#include <bifocal/scaler.hpp>

#include "scaling/model.hpp"
#include "support/peer.hpp"
#include "support/random_image.hpp"
#include "support/table_check.hpp"

using namespace bifocal;

namespace {

struct Case {
  Size from, to;
};
const Case kCases[] = {
    {{512, 512}, {128, 128}}, {{341, 257}, {128, 96}},   {{600, 400}, {113, 75}},  {{1024, 300}, {120, 35}},
    {{256, 256}, {128, 128}}, {{97, 89}, {96, 88}},      {{64, 64}, {200, 150}},   {{31, 500}, {31, 100}},
    {{500, 31}, {100, 31}},   {{1, 1}, {5, 4}},          {{7, 9}, {1, 1}},         {{2, 300}, {1, 299}},
    {{400, 400}, {401, 13}},  {{1000, 8}, {3, 8}},       {{513, 511}, {60, 60}},   {{300, 200}, {100, 100}},
    {{256, 384}, {128, 128}}, {{90, 90}, {90, 45}},      {{128, 128}, {256, 256}}, {{77, 33}, {77, 33}},
    {{402, 202}, {134, 101}}, {{1092, 1092}, {128, 128}}};

/// The bytes that the integer form says: the interval that holds the sum; -1 where it is in none.
std::vector<int> by_sums(const scaling::FixedPoint& f, Plane<const std::uint8_t> in) {
  std::vector<int> bytes;
  for (int o = 0; o < f.vertical.rows(); ++o)
    for (int x = 0; x < f.horizontal.rows(); ++x) {
      std::int64_t sum = 0;
      for (int k = 0; k < f.vertical.count(o); ++k) {
        std::int64_t between = 0;
        for (int i = 0; i < f.horizontal.count(x); ++i)
          between += f.horizontal.row(x)[i] * in.row(f.vertical.first[o] + k)[f.horizontal.first[x] + i];
        sum += (f.vertical.row(o)[k] * (between >> f.shift_taken)) >> f.shift_tap;
      }
      int byte = -1;
      for (int t = 0; t < 256; ++t)
        if (f.low[t] <= sum && sum <= f.high[t]) byte = t;
      bytes.push_back(byte);
    }
  return bytes;
}

}  // namespace

TEST_CASE("OpenCV's scalers give OpenCV's bytes", "[opencv][peer]") {
  Peer peer;
  std::mt19937 random(11);
  const std::string version = peer.version("opencv");
  REQUIRE_FALSE(version.empty());
  for (const ScalerInfo& info : Scaler::catalogue()) {
    if (info.library != "OpenCV") continue;
    const Scaler scaler = Scaler::find(info.id);
    std::size_t outputs = 0, wrong = 0;
    std::string where;
    for (int round = 0; outputs < 2000000 || round < 12; ++round)
      for (const Case& c : kCases) {
        const Noise noise = round % 3 == 0 ? Noise::Uniform : round % 3 == 1 ? Noise::Extreme : Noise::Flat;
        const int channels = 1 + round / 3 % 4;
        const Image8 image = random_image(random, c.from.height, c.from.width, channels, noise);
        const std::size_t bad =
            mismatches(scaler.resize(image, c.to), peer.resize("opencv", std::string(info.id.substr(7)), image, c.to));
        if (bad > 0)
          where += "  " + std::to_string(bad) + " at " + std::to_string(c.from.width) + "x" +
                   std::to_string(c.from.height) + " to " + std::to_string(c.to.width) + "x" +
                   std::to_string(c.to.height) + "x" + std::to_string(channels);
        wrong += bad;
        outputs += static_cast<std::size_t>(c.to.width) * c.to.height * channels;
      }
    CAPTURE(where);
    hold(check_bytes(info, version, wrong, outputs));
  }
}

TEST_CASE("the integer form of OpenCV's scalers says the same bytes", "[opencv]") {
  std::mt19937 random(12);
  for (const ScalerInfo& info : Scaler::catalogue()) {
    if (info.library != "OpenCV") continue;
    const Scaler scaler = Scaler::find(info.id);
    std::size_t undecided = 0, outputs = 0, wrong = 0;
    for (const Case& c : {kCases[0], kCases[1], kCases[2], kCases[4], kCases[5], kCases[13], kCases[15], kCases[17]})
      for (int channels : {1, 2, 3}) {
        const Image8 image = random_image(random, c.from.height, c.from.width, channels);
        const Image8 real = scaler.resize(image, c.to);
        for (int ch = 0; ch < channels; ++ch) {
          const auto f = scaler.model().fixed_point(c.from, c.to, ch, channels);
          REQUIRE(f);
          const std::vector<int> said = by_sums(*f, image.plane(ch));
          for (std::size_t i = 0; i < said.size(); ++i, ++outputs) {
            undecided += said[i] < 0;
            wrong += said[i] >= 0 && said[i] != real.plane(ch).row(static_cast<int>(i / c.to.width))[i % c.to.width];
          }
        }
      }
    CAPTURE(info.id, outputs);
    CHECK(wrong == 0);
    CHECK(undecided <= outputs / 100);  // the narrow safety margins around float rounding
  }
}
