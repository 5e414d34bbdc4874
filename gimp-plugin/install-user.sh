#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Installs the built plug-in for one user, without root: PLUG-INS/bifocal/bifocal beside its library.
#   gimp-plugin/install-user.sh [BUILD_DIR]      install (BUILD_DIR: where meson built, by default ./build)
#   gimp-plugin/install-user.sh --uninstall      take it away again
# The folder is the one that GIMP uses: $GIMP2_DIRECTORY, else ~/.config/GIMP/2.10.
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
gimp_dir=${GIMP2_DIRECTORY:-${XDG_CONFIG_HOME:-$HOME/.config}/GIMP/2.10}
case $gimp_dir in
  /*) ;;
  *) gimp_dir=$HOME/$gimp_dir ;;  # GIMP takes a relative GIMP2_DIRECTORY from the home folder
esac
target=$gimp_dir/plug-ins/bifocal

if [ "${1:-}" = --uninstall ]; then
  rm -rf "$target"
  echo "Removed $target"
  exit 0
fi

build=${1:-$here/build}
if [ ! -f "$build/build.ninja" ]; then
  echo "There is no build in $build. Run: meson setup build && meson compile -C build" >&2
  exit 1
fi
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
# Meson's own install step sets the run path to the plug-in's folder.
meson install -C "$build" --quiet --no-rebuild --destdir "$stage"
plugin=$(find "$stage" -path '*/plug-ins/bifocal/bifocal' -type f)
library=$(find "$stage" -name 'libbifocal.so.0' | head -n 1)
if [ -z "$plugin" ] || [ -z "$library" ]; then
  echo "The build in $build holds no plug-in. Was it set up with -Dplugin=true?" >&2
  exit 1
fi
mkdir -p "$target"
# Write beside, then rename: a GIMP that is running the old files keeps them.
cp "$plugin" "$target/.bifocal.new"
cp -L "$library" "$target/.libbifocal.so.0.new"
chmod 755 "$target/.bifocal.new"
chmod 644 "$target/.libbifocal.so.0.new"
mv -f "$target/.libbifocal.so.0.new" "$target/libbifocal.so.0"
mv -f "$target/.bifocal.new" "$target/bifocal"
echo "Installed in $target"
