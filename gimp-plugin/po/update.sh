#!/bin/sh
# SPDX-License-Identifier: LGPL-3.0-or-later
# Brings the template and all translations up to date with the texts of the source.
#   gimp-plugin/po/update.sh              POTFILES, bifocal.pot and each LANGUAGE.po
#   gimp-plugin/po/update.sh TEMPLATE     only the template, into this file: what the tests compare
set -eu

po=$(cd "$(dirname "$0")" && pwd)
cd "$po/../.."
texts() { grep -rlE --include='*.cpp' --include='*.hpp' '\b(_|N_|plural)\("' engine gimp-plugin | LC_ALL=C sort; }
template=${1:-$po/bifocal.pot}
if [ $# = 0 ]; then texts >"$po/POTFILES"; fi

set --
while read -r option; do set -- "$@" "$option"; done <"$po/xgettext-options"
texts | xgettext "$@" --files-from=- --output="$template.new"
# Without dates, places by file alone: it changes when a text does.
sed -e '1s/.*/# Texts of Bifocal, the engine and the plug-in for GIMP./' -e '/^"POT-Creation-Date:/d' -e '/^#:/s/:[0-9][0-9]*\( \|$\)/\1/g' "$template.new" >"$template"
rm "$template.new"
[ "$template" = "$po/bifocal.pot" ] || exit 0

grep -v '^#' "$po/LINGUAS" | while read -r language; do
  msgmerge --quiet --update --backup=none --previous --width=100 "$po/$language.po" "$template"
done
