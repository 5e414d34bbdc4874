// SPDX-License-Identifier: LGPL-3.0-or-later
// Images made "to the eye", all of the request on one thread, over one Pillow bicubic resize of the same cover in the same
// run (its best time against our processor time: a busy machine does not count as work); and the most memory, in float images of the cover's
// shape. Also prints what was reached, so that a fast wrong answer shows.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>

#include <bifocal/request.hpp>

#include "support/peer.hpp"

using namespace bifocal;

namespace {

double processor_seconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + 1e-9 * t.tv_nsec;
}

struct Measured {
  double seconds = 0, megabytes = 0, cover_ssim = 0, thumbnail_ssim = 0;
};

/// In a process of its own, so that its peak of memory is its own.
Measured measure(const Request& request) {
  int ends[2];
  if (pipe(ends)) std::abort();
  const pid_t child = fork();
  if (child == 0) {
    rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    SolveOptions options;
    options.threads = 1;
    const double start = processor_seconds();
    const Result r = run(request, options);
    Measured m;
    m.seconds = processor_seconds() - start;
    getrusage(RUSAGE_SELF, &after);
    m.megabytes = (after.ru_maxrss - before.ru_maxrss) / 1024.0;
    m.cover_ssim = r.appearance.at(0).likeness.ssim, m.thumbnail_ssim = r.appearance.at(1).likeness.ssim;
    if (write(ends[1], &m, sizeof m) != sizeof m) _exit(1);
    _exit(0);
  }
  Measured m;
  int status = 0;
  if (child < 0 || read(ends[0], &m, sizeof m) != sizeof m || waitpid(child, &status, 0) != child || status != 0) {
    std::fprintf(stderr, "the measured process failed\n");
    std::exit(1);
  }
  close(ends[0]), close(ends[1]);
  return m;
}

}  // namespace

/// bench_eye [LARGEST-SIDE [OPTIONS]]
int main(int argc, char** argv) {
  const int largest = argc > 1 ? std::atoi(argv[1]) : 2048;
  Peer peer;
  std::printf("to the eye, RGB, one thread; time in Pillow %s bicubic resizes of the same cover to the same size\n", peer.version("pillow").c_str());
  std::printf("%12s %12s %9s %13s %14s %11s %11s\n", "cover", "thumbnail", "resizes", "per pixel", "float images", "cover SSIM", "thumbnail");
  double first = 0;
  for (int side = 512; side <= largest; side *= 2)
    for (const int ratio : {4, 8}) {
      const Size small{side / ratio, side / ratio};
      Request request;
      request.cover = peer.load(IMAGES "/astronaut.png", 3, {side, side});
      request.target = peer.load(IMAGES "/chelsea.png", 3, small);
      request.appearance = Appearance::Eye;
      if (argc > 2) request.options = argv[2];
      double unit = 1e9;
      for (int i = 0; i < 3; ++i) unit = std::min(unit, peer.seconds("pillow", "bicubic", request.cover, small));
      const Measured m = measure(request);
      const double pixels = static_cast<double>(side) * side;
      if (first == 0) first = m.seconds / pixels;
      std::printf("%7dx%-4d %7dx%-4d %9.1f %12.2fx %14.1f %11.3f %11.3f\n", side, side, small.width, small.height, m.seconds / unit,
                  m.seconds / pixels / first, m.megabytes * 1024 * 1024 / (pixels * 3 * sizeof(float)), m.cover_ssim, m.thumbnail_ssim);
      std::fflush(stdout);
    }
}
