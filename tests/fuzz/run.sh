#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# run.sh [SECONDS [TARGET...]]: builds the fuzzers with clang and sanitizers in build-fuzz and runs each of them, or those named,
# so long from tests/fuzz/corpus. Without a time each runs for 8 seconds and from the same seed: what tests/run.sh does.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BIFOCAL_FUZZ_BUILD:-$root/build-fuzz}
if [ $# -eq 0 ]; then
  export BIFOCAL_FUZZ_SECONDS=8 BIFOCAL_FUZZ_SEED=1
else
  export BIFOCAL_FUZZ_SECONDS=$1
  shift
fi
all=$(cd "$root/tests/fuzz" && ls fuzz_*.cpp | sed 's/^fuzz_//; s/\.cpp$//')
targets=$(printf 'fuzz-%s ' ${*:-$all})

checks=address,undefined,float-cast-overflow
[ -f "$build/build.ninja" ] || CXX=${CLANG:-clang++-14} meson setup "$build" "$root" -Dplugin=false -Dfuzz=true -Dbuildtype=debug \
  -Doptimization=1 -Ddebug=false -Db_lundef=false \
  -Dcpp_args="-fsanitize=fuzzer-no-link,$checks -fno-sanitize-recover=all -gline-tables-only" -Dcpp_link_args="-fsanitize=$checks"
# shellcheck disable=SC2086
meson compile -C "$build" $targets
# shellcheck disable=SC2086
meson test -C "$build" --no-rebuild --verbose --timeout-multiplier 0 $targets
