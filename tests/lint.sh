#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# What can be said of the source without running it: the form of all C++ (clang-format), faults in shell scripts (shellcheck)
# and in Python (pyflakes). Prints what is wrong and fails. Wants the packages that run.sh installs.
set -u

cd "$(dirname "$0")/.." || exit 1
status=0

# files PATTERN...: the source's, of whatever it was unpacked from; builds lie beside it.
files() {
  for pattern in "$@"; do find engine gimp-plugin tests -name "$pattern" -not -path '*/__pycache__/*'; done | sort
}

check() {
  name=$1
  shift
  if "$@"; then echo "$name: nothing to say"; else
    echo "$name: see above"
    status=1
  fi
}

# shellcheck disable=SC2046  # no file of the source has a space in its name
check clang-format clang-format-14 --dry-run -Werror $(files '*.cpp' '*.hpp')
# shellcheck disable=SC2046
check shellcheck shellcheck -x -S warning $(files '*.sh')
# shellcheck disable=SC2046
check pyflakes pyflakes3 $(files '*.py')
exit $status
