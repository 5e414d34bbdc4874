#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Builds the engine once more with clang and the address and undefined-behaviour sanitizers and runs its tests, all but the
# comparisons with other programs and what takes long (with those: run-sanitized.sh long). Wants the packages that tests/run.sh installs, which
# calls this.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/tests/sanitized-build.sh"
meson compile -C "$build" engine-tests
tests='~[peer]~[distance]~[annealing]~[picking]~[reveal]~[algorithms]' patience=3
[ "${1:-}" != long ] || tests='*' patience=20
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 meson test -C "$build" --no-rebuild --print-errorlogs \
  --timeout-multiplier $patience --test-args "$tests" engine
