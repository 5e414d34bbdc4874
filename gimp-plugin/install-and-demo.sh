#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Installs what is missing on a Debian 12, builds Bifocal, installs it into your GIMP's plug-ins folder, and makes the
# pictures in demo/ with the real GIMP and the real Pillow. Run it as yourself, as root, or through sudo.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/gimp-plugin/need-packages.sh"
echo "Step 1 of 4: the Debian packages that it needs"
# shellcheck disable=SC2086
need_packages $build_packages python3 python3-pil python3-numpy fonts-dejavu-core

# Under sudo, only the packages are root's business: the build, the plug-in and the pictures belong to the person.
if [ "$(id -u)" = 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
  exec sudo -H -u "$SUDO_USER" -- "$0" "$@"
fi

# Whether this user may write there, over all that is in it; an earlier run may have been somebody else's.
usable() {
  if [ -e "$1" ]; then [ -z "$(find "$1" ! -writable ! -type l -print -quit 2>&1)" ]; else [ -w "$(dirname "$1")" ]; fi
}

build=$root/build
usable "$build" || build=${XDG_CACHE_HOME:-$HOME/.cache}/bifocal/build
pictures=$root/demo
usable "$pictures" || pictures=$HOME/bifocal-demo

echo "Step 2 of 4: building in $build (a few minutes the first time)"
/usr/bin/python3 "$root/gimp-plugin/build.py" "$root" "$build"
echo "Step 3 of 4: installing the plug-in for $(id -un)"
"$root/gimp-plugin/install-user.sh" "$build"
echo "Step 4 of 4: making pictures with the real GIMP, in $pictures"
exec /usr/bin/python3 "$root/gimp-plugin/demo/demo.py" "$root/tests/images" "$pictures"
