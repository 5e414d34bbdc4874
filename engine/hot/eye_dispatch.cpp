// SPDX-License-Identifier: LGPL-3.0-or-later
#include "hot/dither.hpp"
#include "hot/eye.hpp"

namespace bifocal::hot {

namespace {

#ifdef BIFOCAL_HAVE_AVX2
bool fast() {
  static const bool yes = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return yes;
}
#endif

}  // namespace

#ifdef BIFOCAL_HAVE_AVX2
const EyeLoops& eye() { return fast() ? avx2::kEyeLoops : baseline::kEyeLoops; }
const DitherLoops& dither() { return fast() ? avx2::kDitherLoops : baseline::kDitherLoops; }
#else
const EyeLoops& eye() { return baseline::kEyeLoops; }
const DitherLoops& dither() { return baseline::kDitherLoops; }
#endif

}  // namespace bifocal::hot
