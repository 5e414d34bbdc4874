// SPDX-License-Identifier: LGPL-3.0-or-later
// Ours beside other ways to the same image (peers.py), on the same grey pictures, in one run. Times are over one Pillow
// bicubic resize of the cover.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>

#include <bifocal/request.hpp>

#include "support/peer.hpp"
#include "support/random_image.hpp"

using namespace bifocal;

namespace {

void append(std::string& out, const Image8& image) {
  for (int y = 0; y < image.height(); ++y)
    out.append(reinterpret_cast<const char*>(image.plane(0).row(y)), static_cast<std::size_t>(image.width()));
}

/// ||x − cover|| + ||resize(x) − target||, the objective of the note.
double note_objective(const Image8& image, const Image8& cover, const Image8& small, const Image8& target) {
  const auto norm = [](const Image8& a, const Image8& b) {
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
      for (int x = 0; x < a.width(); ++x) {
        const double d = a.plane(0).row(y)[x] - b.plane(0).row(y)[x];
        sum += d * d;
      }
    return std::sqrt(sum);
  };
  return norm(image, cover) + norm(small, target);
}

void print(const std::string& name, double ratio, double exact, double worst, double objective) {
  std::printf("%-28s %14.1f %10.3f %8.0f %12.1f\n", name.c_str(), ratio, 100 * exact, worst, objective);
  std::fflush(stdout);
}

}  // namespace

/// bench_peers [SIDE [SMALL [SECONDS for annealing]]]
int main(int argc, char** argv) {
  const int side = argc > 1 ? std::atoi(argv[1]) : 128, small = argc > 2 ? std::atoi(argv[2]) : 32;
  const std::string seconds = argc > 3 ? argv[3] : "20";
  Peer peer;
  Request request;
  request.cover = peer.load(IMAGES "/astronaut.png", 1, {side, side});
  request.target().picture = peer.load(IMAGES "/chelsea.png", 1, {small, small});
  const double unit = peer.seconds("pillow", "bicubic", request.cover, request.target().picture.size());
  std::printf("grey %d -> %d, Pillow %s bicubic; time in resizes of the cover\n", side, small,
              peer.version("pillow").c_str());
  std::printf("%-28s %14s %10s %8s %12s\n", "", "time", "exact %", "worst", "objective");

  for (const double balance : {100., 50.}) {
    request.balance = balance;
    SolveOptions options;
    options.threads = 1;
    double best = 1e9;
    Result result;
    for (int n = 0; n < 5; ++n) {
      const auto start = std::chrono::steady_clock::now();
      result = run(request, options);
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    const Image8 shown = peer.resize("pillow", "bicubic", result.image, request.target().picture.size());
    double worst = 0;
    for (int y = 0; y < small; ++y)
      for (int x = 0; x < small; ++x)
        worst =
            std::max<double>(worst, std::abs(shown.plane(0).row(y)[x] - request.target().picture.plane(0).row(y)[x]));
    print("Bifocal, balance " + std::to_string(static_cast<int>(balance)), best / unit,
          1 - static_cast<double>(mismatches(shown, request.target().picture)) / (static_cast<double>(small) * small),
          worst, note_objective(result.image, request.cover, shown, request.target().picture));
  }

  const std::string folder = [] {
    const char* t = std::getenv("TMPDIR");
    return std::string(t ? t : "/tmp");
  }();
  std::string name = folder + "/bifocal-peers-XXXXXX";
  const int fd = mkstemp(name.data());
  if (fd < 0) return 1;
  std::string input = std::to_string(side) + " " + std::to_string(small) + " " + seconds + "\n";
  append(input, request.cover);
  append(input, request.target().picture);
  std::FILE* file = fdopen(fd, "wb");
  const bool written = std::fwrite(input.data(), 1, input.size(), file) == input.size();
  std::fclose(file);
  std::FILE* answers = written ? popen(("/usr/bin/python3 " PEERS_SCRIPT " < " + name).c_str(), "r") : nullptr;
  int lines = 0;
  char line[256];
  while (answers && std::fgets(line, sizeof line, answers)) {
    std::istringstream words(line);
    std::string who;
    double time, exact, worst, objective;
    words >> who >> time >> exact >> worst >> objective;
    print(who == "annealing" ? "SciPy dual annealing"
          : who == "columns" ? "Quiring et al., columns"
                             : "untouched cover",
          time / unit, exact, worst, objective);
    ++lines;
  }
  const int ended = answers ? pclose(answers) : 1;
  std::remove(name.c_str());
  return ended == 0 && lines == 3 ? 0 : 1;
}
