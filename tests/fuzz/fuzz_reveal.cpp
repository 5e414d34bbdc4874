// SPDX-License-Identifier: LGPL-3.0-or-later
// Reveal: any image, any sizes, any scalers.
#include <cmath>

#include <bifocal/reveal.hpp>

#include "input.hpp"
#include "invariants.hpp"

using namespace bifocal;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input in(data, size);
  const Image8 image =
      in.image(in.size(in.byte() < 240 ? 40 : 200), in.byte() < 240 ? 1 + 2 * (in.byte() & 1) : in.whole(1, 4));
  RevealOptions options;
  for (int n = in.whole(0, 3); n > 0; --n) options.sizes.push_back(in.size(in.flag() ? 12 : 80, true));
  const auto catalogue = Scaler::catalogue();
  for (int n = in.whole(0, 3); n > 0; --n)
    options.scalers.push_back(in.byte() < 250 ? std::string(catalogue[in.byte() % catalogue.size()].id) : in.text(30));
  if (options.scalers.empty()) options.scalers = {"pillow-bicubic"};
  options.tile = in.byte() < 250 ? in.whole(16, 64) : in.whole(-2000, 2000);
  options.search = in.byte() < 60;
  options.threads = 1;
  Reveal r;
  if (!refused_or_done([&] { r = reveal(image, options); })) return 0;
  must(r.suspicion >= 0 && r.suspicion <= 1, "the suspicion is " + std::to_string(r.suspicion));
  must(!r.verdict.empty(), "no verdict");
  bool hides = false;
  for (const RevealTile& t : r.tiles) {
    must(t.likeness >= -1.001 && t.likeness <= 1.001, "a likeness of " + std::to_string(t.likeness));
    must(std::isfinite(t.difference) && t.difference >= 0, "a difference of " + std::to_string(t.difference));
    must(t.x < 0 || (t.x + t.width <= r.sheet.width() && t.y >= 0 && t.y + t.height <= r.sheet.height()),
         "a tile beside the sheet");
    hides |= t.hides;
  }
  must(!hides || r.hides, "a tile hides, the whole does not");
  if (in.byte() >= 60) return 0;
  options.threads = 2;
  Reveal again;
  must(refused_or_done([&] { again = reveal(image, options); }), "refused on two threads");
  must(again.tiles.size() == r.tiles.size() && again.suspicion == r.suspicion && again.verdict == r.verdict,
       "another verdict on two threads");
  for (std::size_t i = 0; i < r.tiles.size(); ++i)
    must(again.tiles[i].likeness == r.tiles[i].likeness, "another likeness on two threads");
  return 0;
}
