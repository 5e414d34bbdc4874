// SPDX-License-Identifier: LGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <bifocal/export.hpp>
#include <bifocal/problem.hpp>
#include <bifocal/report.hpp>

namespace BIFOCAL_API bifocal {

/// What the solver is doing.
enum class Phase { Preparing, Planning, Solving, Rounding, Checking };
/// One or two words for a person: "preparing", "solving"...
const char* to_string(Phase phase);

/// What a progress callback is told. Pointers are valid during the call only.
struct Progress {
  Phase phase = Phase::Preparing;
  double fraction = 0;       ///< of the whole job, 0..1, never falling
  double seconds_left = -1;  ///< estimate for the whole job, by the pace of the phase; below 0 while there is none
  int sweeps = 0;
  bool measured = false;    ///< whether the next three say something: not to the eye, nor where no view is to be exact
  double gap = 1;           ///< current relative duality gap, 1 while unknown
  double residual_max = 0;  ///< largest error in the first scaled view now, levels
  double exact_share = 0;   ///< of that view's pixels within half a level now, in the worst channel or in all
  const Image8* thumbnail = nullptr;  ///< that view as it comes out now, when a new one is ready
  const Image8* picture = nullptr;  ///< all of the image as it comes out now, as an eye sees it from afar, the longest
                                    ///< side kPictureSide or less; when a new one is ready
  static constexpr int kPictureSide = 384;  ///< pixels
};

enum class Verdict { Continue, StopAndKeep, Cancel };

/// Called from the engine's threads, one call at a time, about 20 times a second in every phase. Must not throw. Cancel
/// ends the work at once; StopAndKeep soon after: what is left is done in haste, and figures that take long are left
/// out.
using ProgressCallback = std::function<Verdict(const Progress&)>;

struct SolveOptions {
  std::string algorithm = "auto";  ///< or the name of one of algorithms()
  int threads = 0;                 ///< 0: as many as the machine has cores
  /// Same input, options and seed: same bytes, on any number of threads and on all CPUs; but the algorithm "dual"
  /// rounds its floats otherwise on an x86 CPU without AVX2 and FMA, so that a few bytes may come out one level away
  /// there.
  std::uint64_t seed = 1;
  int max_sweeps = 0;               ///< passes over the image, or iterations; 0: what suits the algorithm
  long max_evaluations = 0;         ///< 0: no limit
  double max_seconds = 0;           ///< 0: no limit
  double gap_tolerance = 1e-5;      ///< stop when the relative duality gap is below
  double residual_tolerance = 0.3;  ///< ... and the largest dual gradient, levels
  bool exact_bytes = true;          ///< repair the rounded image until the scaler's own arithmetic gives the picture
  bool keep_continuous = false;
  ProgressCallback progress;
};

/// One row of the table of algorithms.
struct AlgorithmInfo {
  std::string_view name;
  std::string_view serves;  ///< what "auto" takes it for, or what it is good for, in a user's words
};
/// All of them.
std::span<const AlgorithmInfo> algorithms();

/// Solves, rounds, repairs and reports. Throws Error; std::bad_alloc becomes OutOfMemory.
/// Several solves may run side by side in different threads.
Result solve(const Problem& problem, const SolveOptions& options = {});

}  // namespace bifocal
