#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# The long form of what tests/run.sh does in a short one: hours, for a machine that has nothing else to do. Wants the packages
# that tests/run.sh installs, and its build.
#   tests/run-long.sh [PART]...      all parts, or some of:
#     fuzz [SECONDS]   each fuzzer so long (900)
#     faults           every allocation fails in turn; 100 kills of each kind; all broken files and
#                      wrong calls; a cover of 16384x16384
#     threads          ThreadSanitizer over the engine's tests
#     sanitizers       address and undefined-behaviour sanitizers over all of the engine's tests
#     processors       the engine's own tests on processors that qemu-user imitates
#     tidy             clang-tidy over the engine and the plug-in, with .clang-tidy
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build
status=0
failed=

part() {
  name=$1
  shift
  echo "== $name"
  if "$@"; then echo "== $name: passed"; else
    status=1
    failed="$failed $name"
    echo "== $name: FAILED"
  fi
}

faults() {
  meson compile -C "$build"
  result=0
  for test in memory killed settings_files calls undo; do
    BIFOCAL_FAULTS=0 meson test -C "$build" --no-rebuild --verbose --timeout-multiplier 20 "faults-$test" || result=1
  done
  BIFOCAL_BUILD=$build /usr/bin/python3 "$root/tests/faults/test_large.py" || result=1
  return $result
}

processors() {
  meson compile -C "$build"
  result=0
  meson test -C "$build" --no-rebuild --verbose faults-processors || result=1
  for processor in Nehalem Haswell EPYC; do
    echo "$processor:"
    # What compares with other programs or takes long has nothing to do with the processor.
    qemu-x86_64 -cpu "$processor" "$build/tests/engine/engine-tests" '~[peer]~[distance]~[reveal]~[picking]~[algorithms]~[annealing]~[tool]' || result=1
  done
  return $result
}

tidy() {
  meson compile -C "$build"
  find "$root/engine" "$root/gimp-plugin" -name '*.cpp' -not -path '*/hot/*' -print0 |
    xargs -0 -n 1 -P "$(nproc)" clang-tidy-14 -p "$build" --quiet --extra-arg=-Wno-unknown-warning-option
}

[ $# -gt 0 ] || set -- fuzz faults threads sanitizers processors tidy
while [ $# -gt 0 ]; do
  case $1 in
    fuzz)
      seconds=900
      case ${2:-} in [0-9]*) seconds=$2; shift ;; esac
      part "fuzz $seconds" "$root/tests/fuzz/run.sh" "$seconds"
      ;;
    faults) part faults faults ;;
    threads) part threads "$root/tests/run-threads.sh" long ;;
    sanitizers) part sanitizers "$root/tests/run-sanitized.sh" long ;;
    processors) part processors processors ;;
    tidy) part tidy tidy ;;
    *)
      echo "There is no part $1; there are fuzz, faults, threads, sanitizers, processors and tidy." >&2
      exit 2
      ;;
  esac
  shift
done
[ -z "$failed" ] || echo "Failed:$failed"
exit $status
