// SPDX-License-Identifier: LGPL-3.0-or-later
// How soon "Cancel" and "Stop and Keep" are obeyed and the first picture is there: the worst of some random moments, on
// two threads, in seconds by the clock and by the processor (halved, for two threads: what a machine with nothing else
// to do would show), and in Pillow bicubic resizes of the same cover to the same size. And each phase's share of the
// progress bar beside its share of the processor's time.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>

#include <bifocal/request.hpp>

#include "measured.hpp"
#include "support/peer.hpp"

using namespace bifocal;

namespace {

constexpr int kThreads = 2;

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Moment {
  double wall = 0, processor = 0;
  Moment since(const Moment& m) const { return {wall - m.wall, (processor - m.processor) / kThreads}; }
  static Moment now() { return {wall_seconds(), processor_seconds()}; }
  void worst(const Moment& m) { wall = std::max(wall, m.wall), processor = std::max(processor, m.processor); }
};

Result run_with(const Request& request, const ProgressCallback& progress) {
  SolveOptions options;
  options.threads = kThreads;
  options.progress = progress;
  return run(request, options);
}

/// The whole job, once: how long, when the first picture came, and each phase's shares.
struct Whole {
  Moment all, picture;
  struct Phases {
    double seconds = 0, bar = 0;
  };
  std::map<Phase, Phases> phases;
  double silence = 0;  ///< processor time between two questions, at most
};

Whole whole(const Request& request) {
  Whole w;
  const Moment begin = Moment::now();
  Moment last = begin;
  Phase phase = Phase::Preparing;
  double fraction = 0;
  bool seen = false;
  const auto tell = [&](Phase next, double f) {
    const Moment now = Moment::now();
    w.phases[phase].seconds += now.since(last).processor, w.phases[phase].bar += f - fraction;
    w.silence = std::max(w.silence, now.since(last).processor);
    last = now, phase = next, fraction = f;
  };
  run_with(request, [&](const Progress& p) {
    tell(p.phase, p.fraction);
    if (p.thumbnail && !seen) seen = true, w.picture = Moment::now().since(begin);
    return Verdict::Continue;
  });
  tell(Phase::Checking, 1);
  w.all = last.since(begin);
  return w;
}

/// From the first question at or after the moment `share` of the job's processor time, until it ended.
Moment obeyed(const Request& request, Verdict verdict, double share, const Moment& all) {
  const Moment begin = Moment::now();
  Moment asked;
  const Result r = run_with(request, [&](const Progress&) {
    const Moment now = Moment::now();
    if (now.since(begin).processor < share * all.processor) return Verdict::Continue;
    if (asked.wall == 0) asked = now;
    return verdict;
  });
  if (asked.wall == 0) return {};  // the job was over sooner than the first time
  const Outcome wanted = verdict == Verdict::Cancel ? Outcome::Cancelled : Outcome::Stopped;
  if (r.outcome != wanted) {
    std::fprintf(stderr, "not obeyed: %s\n", to_string(r.outcome));
    std::exit(1);
  }
  return Moment::now().since(asked);
}

}  // namespace

/// bench_commands [LARGEST-COVER [MOMENTS]]
int main(int argc, char** argv) {
  const int largest = argc > 1 ? std::atoi(argv[1]) : 8000, moments = argc > 2 ? std::atoi(argv[2]) : 20;
  struct Pair {
    int cover, small;
  };
  Peer peer;
  std::printf(
      "worst of %d random moments, RGB, %d threads; seconds by the clock / by the processor / in Pillow %s bicubic "
      "resizes\n",
      moments, kThreads, peer.version("pillow").c_str());
  std::printf("%14s %-6s %8s %23s %23s %23s %8s\n", "cover", "mode", "whole", "cancel", "stop and keep",
              "first picture", "silence");
  std::mt19937 random(1);
  for (const Pair& pair : {Pair{512, 128}, Pair{2048, 256}, Pair{4096, 2048}, Pair{8000, 128}}) {
    if (pair.cover > largest) continue;
    Request request;
    request.cover = peer.load(IMAGES "/astronaut.png", 3, {pair.cover, pair.cover});
    request.target().picture = peer.load(IMAGES "/chelsea.png", 3, {pair.small, pair.small});
    const double unit = peer.seconds("pillow", "bicubic", request.cover, {pair.small, pair.small});
    for (const Appearance appearance : {Appearance::Pixels, Appearance::Eye}) {
      request.goal = goal_of(appearance);
      const Whole w = whole(request);
      Moment cancel, stop;
      for (int i = 0; i < moments; ++i) {
        cancel.worst(obeyed(request, Verdict::Cancel, random() / 4294967296.0, w.all));
        stop.worst(obeyed(request, Verdict::StopAndKeep, random() / 4294967296.0, w.all));
      }
      std::printf("%7d:%-6d %-6s %8.2f", pair.cover, pair.small, appearance == Appearance::Eye ? "eye" : "pixel",
                  w.all.processor);
      for (const Moment& m : {cancel, stop, w.picture})
        std::printf("   %6.2f %6.2f %6.1f", m.wall, m.processor, m.processor / unit);
      std::printf(" %8.3f\n", w.silence);
      double sum = 0;
      for (const auto& [phase, p] : w.phases) sum += p.seconds;
      std::printf("%21s", "bar/time:");
      for (const auto& [phase, p] : w.phases)
        std::printf("  %s %.0f/%.0f %%", to_string(phase), 100 * p.bar, 100 * p.seconds / sum);
      std::printf("\n");
      std::fflush(stdout);
    }
  }
}
