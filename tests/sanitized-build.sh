# SPDX-License-Identifier: LGPL-3.0-or-later
# Sourced with $root set: $build is the one build with clang and its sanitizers, set up if it is not. The fuzzers and the
# engine's tests share it, because to compile the engine takes longer than to run either.
# shellcheck shell=sh disable=SC2034
# Optimised a little and without debug data: with more the build takes longer than the tests.
build=${BIFOCAL_SANITIZED_BUILD:-$root/build-sanitized}
checks=address,undefined,float-cast-overflow
[ -f "$build/build.ninja" ] || CXX=${CLANG:-clang++-14} meson setup "$build" "$root" -Dplugin=false -Dfuzz=true -Dwerror=true \
  -Dbuildtype=debug -Doptimization=1 -Ddebug=false -Db_lundef=false \
  -Dcpp_args="-fsanitize=fuzzer-no-link,$checks -fno-sanitize-recover=all -gline-tables-only" -Dcpp_link_args="-fsanitize=$checks"
