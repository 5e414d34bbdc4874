#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# one.sh FUZZER: runs this executable for BIFOCAL_FUZZ_SECONDS from tests/fuzz/corpus; run.sh and Meson call it. What it finds is
# left in the build's findings, new inputs in its corpus.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
fuzzer=$1 target=${1##*/fuzz-}
build=$(cd "$(dirname "$1")/../.." && pwd)
seconds=${BIFOCAL_FUZZ_SECONDS:-8}
known=$root/tests/fuzz/corpus/$target
[ -n "$(ls "$known")" ] || { echo "fuzz-$target: no corpus in $known" >&2; exit 1; }

mkdir -p "$build/findings" "$build/corpus/$target"
log=$build/findings/$target.log
export ASAN_OPTIONS=detect_leaks=0:allocator_may_return_null=1 UBSAN_OPTIONS=print_stacktrace=1
# First each input of the corpus, whatever the time; then new ones.
set -- -timeout=300 -rss_limit_mb=4096 -max_len=2048 -len_control=0 -artifact_prefix="$build/findings/$target-"
if "$fuzzer" "$@" "$known"/* >"$log" 2>&1 &&
  "$fuzzer" "$@" -max_total_time="$seconds" ${BIFOCAL_FUZZ_SEED:+-seed=$BIFOCAL_FUZZ_SEED} -print_final_stats=1 "$build/corpus/$target" "$known" >>"$log" 2>&1; then
  echo "fuzz-$target: $(sed -n 's/stat::number_of_executed_units: *//p' "$log") executions in $seconds s, no finding"
else
  echo "fuzz-$target: a finding; the end of $log:"
  tail -60 "$log"
  exit 1
fi
