// SPDX-License-Identifier: LGPL-3.0-or-later
#include "hot/hot.hpp"

namespace bifocal::hot {

const Loops& loops() {
#ifdef BIFOCAL_HAVE_AVX2
  static const bool fast = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (fast) return avx2::kLoops;
#endif
  return baseline::kLoops;
}

}  // namespace bifocal::hot
