#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# ThreadSanitizer over the engine and TBB: Debian's source of TBB is built with it, too, because it sees no order between
# threads in code that it did not build. Wants the packages that tests/run.sh installs, which calls this.
#   tests/run-threads.sh         every public function, four at a time
#   tests/run-threads.sh long    then the engine's tests, too
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=$root/build-threads
tbb=$root/build-threads-tbb

build_tbb() {
  rm -rf "$tbb"
  mkdir -p "$tbb/lists/partial"
  cd "$tbb"
  version=$(dpkg-query -W -f '${source:Version}' libtbb-dev)
  # Lists of our own, from the same places: the system's need not have sources among them.
  apt-get indextargets --format 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $(REPO_URI) $(RELEASE) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' | sort -u >sources.list
  own="-o Dir::Etc::SourceList=$tbb/sources.list -o Dir::Etc::SourceParts=- -o Dir::State::Lists=$tbb/lists
    -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User= -o Acquire::Retries=3 -qq"
  # shellcheck disable=SC2086
  apt-get $own update
  # shellcheck disable=SC2086
  apt-get $own source "onetbb=$version"
  source=$(find "$tbb" -maxdepth 1 -type d -name 'onetbb-*')
  # Without its own allocator, which is no more known to ThreadSanitizer.
  flags="-std=c++17 -O1 -g1 -fPIC -fsanitize=thread -w -mrtm -mwaitpkg -D__TBB_BUILD=1 -D__TBB_DYNAMIC_LOAD_ENABLED=0 -I$source/include"
  # shellcheck disable=SC2086
  find "$source/src/tbb" -name '*.cpp' -print0 | xargs -0 -r -n 1 -P "$(nproc)" sh -c 'g++ '"$flags"' -c "$0" -o "$0.o"'
  g++ -shared -fsanitize=thread -Wl,-soname,libtbb.so.12 -o "$tbb/libtbb.so.12" "$source"/src/tbb/*.o -ldl -pthread
}

[ -f "$tbb/libtbb.so.12" ] || (build_tbb)
[ -f "$build/build.ninja" ] || meson setup "$build" "$root" -Dplugin=false -Dtests=true -Dbuildtype=debug -Doptimization=1 \
  -Ddebug=false -Dcpp_args=-g1 -Db_lundef=false -Db_sanitize=thread

export LD_LIBRARY_PATH="$tbb"
export TSAN_OPTIONS="suppressions=$root/tests/threads.supp halt_on_error=0 history_size=4"
meson compile -C "$build" engine-entries
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 4 threads
if [ "${1:-}" = long ]; then
  meson compile -C "$build" engine-tests
  meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier 20 --test-args '~[peer]' engine
fi
