#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Installs what the tests need on a Debian 12, builds everything and runs all tests; then once more the engine's tests
# with the address and undefined-behaviour sanitizers. The last line counts what passed and what failed.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/gimp-plugin/need-packages.sh"
# shellcheck disable=SC2086
need_packages $build_packages catch2 python3 python3-pil python3-numpy python3-scipy python3-opencv \
  xvfb openbox xdotool x11-utils imagemagick fonts-dejavu-core $(cat "$root/tests/packages.txt")

setup() {  # setup FOLDER OPTION...
  folder=$1
  shift
  if [ -f "$folder/build.ninja" ]; then
    meson setup --reconfigure "$folder" "$root" "$@"
  else
    meson setup "$folder" "$root" "$@"
  fi
}

status=0
setup "$root/build" -Dplugin=true -Dtests=true
meson compile -C "$root/build"
meson test -C "$root/build" --print-errorlogs || status=1

setup "$root/build-sanitized" -Dplugin=false -Dtests=true -Dbuildtype=debugoptimized -Db_lundef=false \
  -Db_sanitize=address,undefined
meson compile -C "$root/build-sanitized" engine-tests
# The long comparisons with other programs have just run; they would only test those programs' speed again.
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
  meson test -C "$root/build-sanitized" --print-errorlogs --timeout-multiplier 4 \
  --test-args='~[distance]~[annealing]~[picking]~[reveal]~[algorithms]' || status=1

/usr/bin/python3 "$root/tests/summary.py" "$root/build" "$root/build-sanitized" || status=1
exit $status
