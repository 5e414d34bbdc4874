// SPDX-License-Identifier: LGPL-3.0-or-later
#include "hot/descent.hpp"
#include "hot/hot.hpp"

namespace bifocal::hot {

#ifdef BIFOCAL_HAVE_AVX2
namespace {

bool fast() {
  static const bool yes = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return yes;
}

}  // namespace

const Loops& loops() { return fast() ? avx2::kLoops : baseline::kLoops; }
const MetricLoops& metric_loops() { return fast() ? avx2::kMetricLoops : baseline::kMetricLoops; }
const Descent& descent() { return fast() ? avx2::kDescent : baseline::kDescent; }
#else
const Loops& loops() { return baseline::kLoops; }
const MetricLoops& metric_loops() { return baseline::kMetricLoops; }
const Descent& descent() { return baseline::kDescent; }
#endif

}  // namespace bifocal::hot
