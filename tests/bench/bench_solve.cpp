// SPDX-License-Identifier: LGPL-3.0-or-later
// The whole solve over one Pillow bicubic resize of the same cover, both timed in this run: per scaler, ratio and
// number of threads. Also prints what was reached, so that a fast wrong answer shows.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <bifocal/request.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

struct Timed {
  Result result;
  double seconds = 1e9;
};

Timed fastest(const Request& request, int threads) {
  Timed t;
  const auto begin = std::chrono::steady_clock::now();
  const auto spent = [](auto since) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
  };
  for (int n = 0; n < 3 || (spent(begin) < 0.3 && n < 20); ++n) {
    SolveOptions options;
    options.threads = threads;
    const auto start = std::chrono::steady_clock::now();
    t.result = run(request, options);
    t.seconds = std::min(t.seconds, spent(start));
  }
  return t;
}

}  // namespace

/// bench_solve [COVER_SIDE [ID-PREFIX]]
int main(int argc, char** argv) {
  const int side = argc > 1 ? std::atoi(argv[1]) : 512;
  const std::string prefix = argc > 2 ? argv[2] : "pillow";
  Peer peer;
  const Image8 cover = peer.load(IMAGES "/astronaut.png", 3, {side, side});
  std::printf("cover %dx%d RGB; times in Pillow %s bicubic resizes of the same cover to the same size\n", side, side,
              peer.version("pillow").c_str());
  std::printf("%-18s %6s %9s %9s %8s %9s %9s %7s %9s %9s\n", "scaler", "ratio", "1 thread", "2 threads", "sweeps",
              "gap", "exact %", "wrong", "psnr", "repaired");
  for (const ScalerInfo& info : Scaler::catalogue()) {
    if (info.exactness != Exactness::Bytes || info.id.substr(0, prefix.size()) != prefix) continue;
    for (const double ratio : {2., 2.7, 4., 8., 8.53}) {
      const Size size{static_cast<int>(side / ratio), static_cast<int>(side / ratio)};
      const double unit = peer.seconds("pillow", "bicubic", cover, size);
      Request request;
      request.cover = cover;
      request.target().picture = peer.load(IMAGES "/chelsea.png", 3, size);
      request.target().size = size;
      request.target().scaler = info.id;
      const Timed one = fastest(request, 1), two = fastest(request, 2);
      const ViewReport& view = one.result.views.at(0);
      // The real library has the last word on what is exact.
      const std::size_t dash = info.id.find('-');
      const Image8 real = peer.resize(std::string(info.id.substr(0, dash)), std::string(info.id.substr(dash + 1)),
                                      one.result.image, size);
      const double right =
          1 - static_cast<double>(mismatches(real, request.target().picture)) / (3. * size.width * size.height);
      std::printf("%-18s %6.2f %9.2f %9.2f %8d %9.1e %9.4f %7zu %9.4f %9zu\n", std::string(info.id).c_str(), ratio,
                  one.seconds / unit, two.seconds / unit, one.result.sweeps, one.result.certificate->gap, 100 * right,
                  view.unreached, one.result.cover_psnr - one.result.cover_psnr_continuous, one.result.repaired);
      std::fflush(stdout);
    }
  }
}
