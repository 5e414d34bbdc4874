// SPDX-License-Identifier: LGPL-3.0-or-later
#include "hot/eye.hpp"

namespace bifocal::hot {

const EyeLoops& eye() {
#ifdef BIFOCAL_HAVE_AVX2
  static const bool fast = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (fast) return avx2::kEyeLoops;
#endif
  return baseline::kEyeLoops;
}

}  // namespace bifocal::hot
