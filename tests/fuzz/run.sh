#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# run.sh [SECONDS [TARGET...]]: builds the fuzzers with clang and sanitizers in build-fuzz and runs each of them, or those named,
# so long (60) from tests/fuzz/corpus. What they find is left in build-fuzz/findings; new inputs in build-fuzz/corpus.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BIFOCAL_FUZZ_BUILD:-$root/build-fuzz}
seconds=${1:-60}
[ $# -eq 0 ] || shift
targets=${*:-json options request views reveal learn scaler problem}

checks=address,undefined,float-cast-overflow
if [ ! -f "$build/build.ninja" ]; then
  CXX=${CLANG:-clang++-14} meson setup "$build" "$root" -Dplugin=false -Dfuzz=true -Dbuildtype=debug -Doptimization=1 -Ddebug=false \
    -Db_lundef=false -Dcpp_args="-fsanitize=fuzzer-no-link,$checks -fno-sanitize-recover=all -gline-tables-only" \
    -Dcpp_link_args="-fsanitize=$checks"
fi
# shellcheck disable=SC2086
meson compile -C "$build" $(printf 'fuzz-%s ' $targets)

mkdir -p "$build/findings"
status=0
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
for target in $targets; do
  mkdir -p "$build/corpus/$target"
  log=$build/findings/$target.log
  if "$build/tests/fuzz/fuzz-$target" -max_total_time="$seconds" -timeout=60 -rss_limit_mb=4096 -max_len=2048 -print_final_stats=1 \
    -artifact_prefix="$build/findings/$target-" "$build/corpus/$target" "$root/tests/fuzz/corpus/$target" >"$log" 2>&1; then
    echo "fuzz-$target: $(sed -n 's/stat::number_of_executed_units: *//p' "$log") executions, no finding"
  else
    status=1
    echo "fuzz-$target: a finding after $(grep -c '^#' "$log") reports; see $log"
    tail -40 "$log"
  fi
done
exit $status
