// SPDX-License-Identifier: LGPL-3.0-or-later
// How an exact solve grows with the cover, on one thread: its time over one Pillow bicubic resize of the same cover in
// the same run, its time per pixel over the smallest cover's, and its memory over input and output, in bytes a sample.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <bifocal/request.hpp>

#include "measured.hpp"
#include "support/peer.hpp"

using namespace bifocal;

/// bench_large [LARGEST-SIDE [RATIO [SCALER]]]
int main(int argc, char** argv) {
  const int largest = argc > 1 ? std::atoi(argv[1]) : 4096, ratio = argc > 2 ? std::atoi(argv[2]) : 8;
  const char* scaler = argc > 3 ? argv[3] : "pillow-bicubic";
  Peer peer;
  std::printf("%s, RGB, one thread; time in Pillow %s bicubic resizes of the same cover to the same size\n", scaler,
              peer.version("pillow").c_str());
  std::printf("%12s %12s %9s %11s %16s %9s %7s\n", "cover", "thumbnail", "resizes", "per pixel", "bytes a sample",
              "gap", "wrong");
  struct Figures {
    double gap;
    std::size_t wrong;
  };
  double first = 0;
  for (int side = 512; side <= largest; side *= 2) {
    const Size small{side / ratio, side / ratio};
    Request request;
    request.cover = peer.load(IMAGES "/astronaut.png", 3, {side, side});
    request.target().picture = peer.load(IMAGES "/chelsea.png", 3, small);
    request.target().size = small;
    request.target().scaler = scaler;
    double unit = 1e9, seconds = 1e9, bytes = 0;
    Figures figures{};
    for (int i = 0; i < 5; ++i) {
      unit = std::min(unit, peer.seconds("pillow", "bicubic", request.cover, small));
      const auto m = measured([&] {
        SolveOptions options;
        options.threads = 1;
        const Result r = run(request, options);
        return Figures{r.certificate->gap, r.views.at(0).unreached};
      });
      seconds = std::min(seconds, m.seconds);
      bytes = m.bytes;
      figures = m.figures;
    }
    const double pixels = static_cast<double>(side) * side;
    if (first == 0) first = seconds / pixels;
    std::printf("%7dx%-4d %7dx%-4d %9.2f %10.2fx %16.2f %9.1e %7zu\n", side, side, small.width, small.height,
                seconds / unit, seconds / pixels / first, bytes / (3 * pixels) - 1, figures.gap, figures.wrong);
    std::fflush(stdout);
  }
}
