#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Installs what the tests need on a Debian 12, builds everything and runs all tests, the engine's once
# more with sanitizers, and fuzzers for a short while. The last line counts what passed and what failed. Fuzzers, faults and
# sanitizers have a long form: run-long.sh.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/gimp-plugin/need-packages.sh"
# shellcheck disable=SC2046,SC2086
need_packages $build_packages clang-14 libclang-rt-14-dev clang-format-14 clang-tidy-14 shellcheck pyflakes3 catch2 python3 python3-pil python3-numpy python3-scipy \
  python3-skimage python3-opencv xvfb openbox xdotool x11-utils imagemagick fonts-dejavu-core $(cat "$root/tests/packages.txt")

status=0
if [ -f "$root/build/build.ninja" ]; then
  meson setup --reconfigure "$root/build" "$root" -Dplugin=true -Dtests=true -Dwerror=true
else
  meson setup "$root/build" "$root" -Dplugin=true -Dtests=true -Dwerror=true
fi
meson compile -C "$root/build"  # a warning fails it: what a newcomer builds prints none
meson test -C "$root/build" --print-errorlogs || status=1
"$root/tests/run-sanitized.sh" || status=1
"$root/tests/run-threads.sh" || status=1
"$root/tests/fuzz/run.sh" || status=1

/usr/bin/python3 "$root/tests/summary.py" "$root/build/meson-logs/testlog.json" "$root/build-sanitized/meson-logs/testlog.json" \
  "$root/build-threads/meson-logs/testlog.json" "$root/build-sanitized/meson-logs/fuzz.json" || status=1
exit $status
