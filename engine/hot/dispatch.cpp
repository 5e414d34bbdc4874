// SPDX-License-Identifier: LGPL-3.0-or-later
#include <atomic>

#include "hot/descent.hpp"
#include "hot/dither.hpp"
#include "hot/eye.hpp"
#include "hot/hot.hpp"

namespace bifocal::hot {
namespace {

std::atomic<bool> baseline_only{false};

}  // namespace

void force_baseline(bool on) { baseline_only = on; }

#ifdef BIFOCAL_HAVE_AVX2
bool fast() {
  static const bool can = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return can && !baseline_only.load(std::memory_order_relaxed);
}

const Loops& loops() { return fast() ? avx2::kLoops : baseline::kLoops; }
const MetricLoops& metric_loops() { return fast() ? avx2::kMetricLoops : baseline::kMetricLoops; }
const Descent& descent() { return fast() ? avx2::kDescent : baseline::kDescent; }
const EyeLoops& eye() { return fast() ? avx2::kEyeLoops : baseline::kEyeLoops; }
const DitherLoops& dither() { return fast() ? avx2::kDitherLoops : baseline::kDitherLoops; }
#else
bool fast() { return false; }

const Loops& loops() { return baseline::kLoops; }
const MetricLoops& metric_loops() { return baseline::kMetricLoops; }
const Descent& descent() { return baseline::kDescent; }
const EyeLoops& eye() { return baseline::kEyeLoops; }
const DitherLoops& dither() { return baseline::kDitherLoops; }
#endif

}  // namespace bifocal::hot
