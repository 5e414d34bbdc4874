#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# same_bytes.sh COMMIT [BUILD]: the jobs of same_bytes.cpp with the engine as it was at COMMIT and as it is in BUILD (build),
# and which of them came out otherwise. What was printed at COMMIT is kept in BUILD, so that a second comparison is quick.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
commit=$(git -C "$root" rev-parse --verify "$1^{commit}")
build=${2:-$root/build}
then=$build/same-bytes-$commit.txt
now=$build/same-bytes.txt

if [ ! -s "$then" ]; then
  tree=$(mktemp -d)
  trap 'rm -rf "$tree"' EXIT
  git -C "$root" archive "$commit" | tar -x -C "$tree"
  if [ ! -f "$tree/tests/bench/same_bytes.cpp" ]; then
    # Older than these jobs: as they were first written, which is for the library as it was then.
    first=$(git -C "$root" log --diff-filter=A --format=%H -- tests/bench/same_bytes.cpp | tail -1)
    git -C "$root" archive "$first" tests/bench | tar -x -C "$tree"
    # Before there was Size::area.
    grep -q 'area()' "$tree/engine/include/bifocal/image.hpp" ||
      sed -i 's/\([a-z.]*views\[0\]\.size\|job\.cover\.size()\)\.area()/(double(\1.width) * \1.height)/g' "$tree/tests/bench/same_bytes.cpp"
  fi
  meson setup "$tree/build" "$tree" -Dplugin=false -Dtests=true >/dev/null
  ninja -C "$tree/build" tests/bench/same-bytes >/dev/null
  "$tree/build/tests/bench/same-bytes" >"$then.new"
  mv "$then.new" "$then"
fi
ninja -C "$build" tests/bench/same-bytes >/dev/null
"$build/tests/bench/same-bytes" >"$now"

echo "$(wc -l <"$now") jobs now, $(wc -l <"$then") at $commit"
if diff "$then" "$now"; then echo "all the same"; else
  echo "$(diff "$then" "$now" | grep -c '^>') came out otherwise"
  exit 1
fi
