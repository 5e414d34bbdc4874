# SPDX-License-Identifier: LGPL-3.0-or-later
# shellcheck shell=sh disable=SC2034  # the lists are for those who source this
# Sourced by the scripts that a user starts. need_packages NAME... installs those Debian packages that are missing,
# as root or through sudo, and touches nothing when all are there.

need_packages() {
  missing=
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed$' || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "Installing what is missing; this can take some minutes:$missing"
  if [ "$(id -u)" = 0 ]; then
    as_root=
  elif command -v sudo >/dev/null; then
    as_root=sudo
  else
    echo "These Debian packages are missing, and there is neither root nor sudo here:$missing" >&2
    return 1
  fi
  # shellcheck disable=SC2086  # both are lists of words
  { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null; } || {
    echo "apt-get could not install:$missing" >&2
    return 1
  }
}

# What the build of the engine and the plug-in needs, and GIMP itself.
build_packages="g++ dpkg-dev meson ninja-build pkg-config libeigen3-dev libtbb-dev nlohmann-json3-dev gettext
  gimp libgimp2.0-dev libgdk-pixbuf2.0-bin"
