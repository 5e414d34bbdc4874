// SPDX-License-Identifier: LGPL-3.0-or-later
// Images made "to the eye", all of the request on one thread, over one Pillow bicubic resize of the same cover in the
// same run; and the most memory, in float images of the cover's shape. Also prints what was reached, so that a fast
// wrong answer shows.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <bifocal/request.hpp>

#include "measured.hpp"
#include "support/peer.hpp"

using namespace bifocal;

namespace {

struct Figures {
  double cover_ssim = 0, thumbnail_ssim = 0;
};

}  // namespace

/// bench_eye [LARGEST-SIDE [OPTIONS]]: the last column compares with 2048 to 256, for sides from there on
int main(int argc, char** argv) {
  const int largest = argc > 1 ? std::atoi(argv[1]) : 4096;
  Peer peer;
  std::printf("to the eye, RGB, one thread; time in Pillow %s bicubic resizes of the same cover to the same size\n",
              peer.version("pillow").c_str());
  std::printf("%12s %12s %9s %13s %14s %11s %11s %13s\n", "cover", "thumbnail", "resizes", "per pixel", "float images",
              "cover SSIM", "thumbnail", "2048 to 256");
  double first = 0, reference = 0;
  for (int side = 512; side <= largest; side *= 2)
    for (const int ratio : {8, 4, 2}) {
      if (ratio > 2 && side > 2048) continue;  // nothing new, and long
      const Size small{side / ratio, side / ratio};
      Request request;
      request.cover = peer.load(IMAGES "/astronaut.png", 3, {side, side});
      request.target().picture = peer.load(IMAGES "/chelsea.png", 3, small);
      Options said = read_options(argc > 2 ? argv[2] : "", {Appearance::Eye});
      request.goal = said.goal;
      said.solve.threads = 1;
      double unit = 1e9;
      for (int i = 0; i < 3; ++i) unit = std::min(unit, peer.seconds("pillow", "bicubic", request.cover, small));
      const auto m = measured([&] {
        const Result r = run(request, said.solve);
        return Figures{r.appearance.at(0).likeness.ssim, r.appearance.at(1).likeness.ssim};
      });
      const double pixels = static_cast<double>(side) * side;
      if (first == 0) first = m.seconds / pixels;
      if (side == 2048 && ratio == 8) reference = m.seconds / pixels;
      std::printf("%7dx%-4d %7dx%-4d %9.1f %12.2fx %14.1f %11.3f %11.3f", side, side, small.width, small.height,
                  m.seconds / unit, m.seconds / pixels / first, m.bytes / (pixels * 3 * sizeof(float)),
                  m.figures.cover_ssim, m.figures.thumbnail_ssim);
      std::printf(reference > 0 ? " %12.2fx\n" : "\n", m.seconds / pixels / std::max(reference, 1e-30));
      std::fflush(stdout);
    }
}
