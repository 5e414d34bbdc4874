// SPDX-License-Identifier: LGPL-3.0-or-later
// How long Reveal takes as images grow, on one thread, all scalers: over one Pillow bicubic resize of the same image to
// a quarter, and per pixel over the first image's. Only processor time counts. Thin images have little to search, but
// each scaler still makes its picture.
#include <algorithm>
#include <cstdio>
#include <vector>

#include <bifocal/reveal.hpp>

#include "measured.hpp"
#include "support/peer.hpp"

using namespace bifocal;

int main() {
  Peer peer;
  std::printf(
      "Reveal, RGB, %zu scalers, one thread; time in Pillow %s bicubic resizes of the same image to a quarter\n",
      Scaler::catalogue().size(), peer.version("pillow").c_str());
  std::printf("%12s %9s %9s %15s %20s\n", "image", "resizes", "seconds", "ns a pixel", "longest between asks");
  for (const Size size : {Size{512, 512}, Size{2048, 2048}, Size{4096, 4096}, Size{4096, 10}, Size{32768, 10},
                          Size{10, 32768}, Size{65535, 8}}) {
    const Image8 image = peer.load(IMAGES "/astronaut.png", 3, size);
    const double unit =
        peer.seconds("pillow", "bicubic", image, {std::max(1, size.width / 4), std::max(1, size.height / 4)});
    const auto m = measured([&] {
      RevealOptions options;
      options.threads = 1;
      double longest = 0, last = processor_seconds();
      options.progress = [&](const Progress&) {
        const double now = processor_seconds();
        longest = std::max(longest, now - last);
        last = now;
        return Verdict::Continue;
      };
      reveal(image, options);
      return longest;
    });
    std::printf("%7dx%-5d %8.0f %9.2f %15.0f %18.2f s\n", size.width, size.height, m.seconds / unit, m.seconds,
                1e9 * m.seconds / (static_cast<double>(size.width) * size.height), m.figures);
    std::fflush(stdout);
  }
}
