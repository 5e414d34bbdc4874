#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# run.sh [SECONDS [TARGET...]]: builds the fuzzers with clang and sanitizers and runs each of them, or those named, so long from
# tests/fuzz/corpus. Without a time each runs for 8 seconds and from the same seed: what tests/run.sh does.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
if [ $# -eq 0 ]; then
  export BIFOCAL_FUZZ_SECONDS=8 BIFOCAL_FUZZ_SEED=1
else
  export BIFOCAL_FUZZ_SECONDS=$1
  shift
fi
all=$(cd "$root/tests/fuzz" && ls fuzz_*.cpp | sed 's/^fuzz_//; s/\.cpp$//')
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $all
targets=$(printf 'fuzz-%s ' "$@")

. "$root/tests/sanitized-build.sh"
# shellcheck disable=SC2086
meson compile -C "$build" $targets
# shellcheck disable=SC2086
meson test -C "$build" --logbase fuzz --no-rebuild --verbose --timeout-multiplier 0 $targets
