#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Installs the built plug-in for one user, without root: PLUG-INS/bifocal/bifocal beside its library, its help and its languages.
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
plugin=$build/gimp-plugin/bifocal
library=$build/engine/libbifocal.so.0
help=$build/gimp-plugin/help

# These files are all that is needed, and reading them is enough: the build may belong to somebody else.
hidden=
for file in "$plugin" "$library" "$help"/* "$help"/*/* "$build"/gimp-plugin/po/*/LC_MESSAGES/bifocal.mo; do
  folder=$file
  while [ ! -e "$folder" ] && [ "$folder" != / ] && [ "$folder" != . ]; do folder=$(dirname "$folder"); done
  if [ -d "$folder" ]; then [ -x "$folder" ] || hidden=$folder; else [ -r "$folder" ] || hidden=$folder; fi
done
if [ -n "$hidden" ]; then
  echo "$(id -un) may not read $hidden; its owner can allow it with: chmod -R a+rX $hidden" >&2
  exit 1
elif [ ! -f "$build/build.ninja" ]; then
  echo "There is no build in $build. Run: meson setup build && meson compile -C build" >&2
  exit 1
elif [ ! -f "$plugin" ] || [ ! -f "$library" ] || [ ! -d "$help" ]; then
  echo "The build in $build holds no plug-in yet. Run: meson configure $build -Dplugin=true && meson compile -C $build" >&2
  exit 1
fi
if ! { mkdir -p "$target" && [ -w "$target" ]; } 2>/dev/null; then
  echo "$(id -un) may not write into $target" >&2
  exit 1
fi
# Write beside, then rename: a GIMP that is running the old files keeps them.
cp "$plugin" "$target/.bifocal.new"
cp -L "$library" "$target/.libbifocal.so.0.new"
chmod 755 "$target/.bifocal.new"
chmod 644 "$target/.libbifocal.so.0.new"
rm -rf "$target/.help.new"
cp -r "$help" "$target/.help.new"
chmod -R u=rwX,go=rX "$target/.help.new"
rm -rf "$target/help"
mv "$target/.help.new" "$target/help"
rm -rf "$target/.locale.new"
mkdir "$target/.locale.new"
for catalogue in "$build"/gimp-plugin/po/*/LC_MESSAGES/bifocal.mo; do
  [ -f "$catalogue" ] || continue  # no language yet: the pattern itself
  language=$(basename "${catalogue%/LC_MESSAGES/bifocal.mo}")
  mkdir -p "$target/.locale.new/$language/LC_MESSAGES"
  cp "$catalogue" "$target/.locale.new/$language/LC_MESSAGES"
done
chmod -R u=rwX,go=rX "$target/.locale.new"
rm -rf "$target/locale"
mv "$target/.locale.new" "$target/locale"
mv -f "$target/.libbifocal.so.0.new" "$target/libbifocal.so.0"
mv -f "$target/.bifocal.new" "$target/bifocal"
echo "Installed in $target"
