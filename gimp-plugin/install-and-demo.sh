#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Installs what is missing on a Debian 12, builds Bifocal, installs it into your GIMP's plug-ins folder, and makes the
# pictures in demo/ with the real GIMP and the real Pillow. Run it as yourself, as root, or through sudo.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/gimp-plugin/need-packages.sh"
# shellcheck disable=SC2086
need_packages $build_packages python3 python3-pil python3-numpy fonts-dejavu-core

# Under sudo, only the packages are root's business: the build, the plug-in and the pictures belong to the person.
if [ "$(id -u)" = 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
  exec sudo -H -u "$SUDO_USER" -- "$0" "$@"
fi

build=$root/build
[ -f "$build/build.ninja" ] || meson setup "$build" "$root" -Dtests=false
meson compile -C "$build"
"$root/gimp-plugin/install-user.sh" "$build"
/usr/bin/python3 "$root/gimp-plugin/demo/demo.py" "$root/tests/images" "$root/demo"
