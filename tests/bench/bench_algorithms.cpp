// SPDX-License-Identifier: LGPL-3.0-or-later
// One problem, every algorithm: minimise ‖x − cover‖ + b·‖D x − target‖ (distances, grey, astronaut and cat, Pillow
// bicubic at ratio 2), with the certified bound of each; and the same with squares. Times are ratios to the dual's.
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include <bifocal/solve.hpp>

#include "support/peer.hpp"

using namespace bifocal;

/// bench_algorithms [SIDE [WEIGHT [EVALUATIONS]]]
int main(int argc, char** argv) {
  const int side = argc > 1 ? std::atoi(argv[1]) : 256;
  const double weight = argc > 2 ? std::atof(argv[2]) : 1;
  const long evaluations = argc > 3 ? std::atol(argv[3]) : 3000;
  Peer peer;
  const Scaler scaler = Scaler::find("pillow-bicubic");
  Problem p;
  p.cover = to_float(peer.load(IMAGES "/astronaut.png", 1, {side, side}));
  p.views.push_back(View::pixels(p.size()));
  p.views.push_back(
      View::scaled(scaler, p.size(), to_float(peer.load(IMAGES "/chelsea.png", 1, {side / 2, side / 2})), weight));
  for (const Norm norm : {Norm::Norms, Norm::Squares}) {
    p.norm = norm;
    std::printf("%s, %d to %d, weight %g: untouched cover %.1f\n", norm == Norm::Norms ? "distances" : "squares", side,
                side / 2, weight, objective(p, p.cover));
    double reference = 0;
    for (const char* name : {"dual", "accelerated", "lbfgs", "gradient", "annealing"}) {
      SolveOptions options;
      options.algorithm = name;
      options.exact_bytes = false;
      options.max_evaluations = evaluations;
      options.max_seconds = 120;
      try {
        const Result r = solve(p, options);
        if (reference == 0) reference = r.seconds;
        std::printf("  %-11s %14.3f  bound %14.3f  gap %.2e  %6d sweeps %6ld evaluations  %8.1fx  %s (%s)\n", name,
                    r.objective, r.certificate.value_or(Certificate{-HUGE_VAL, 1}).lower_bound,
                    r.certificate.value_or(Certificate{0, 1}).gap, r.sweeps, r.evaluations, r.seconds / reference,
                    to_string(r.outcome), r.why_stopped.c_str());
      } catch (const std::exception& e) {
        std::printf("  %-11s %s\n", name, e.what());
      }
      std::fflush(stdout);
    }
  }
}
