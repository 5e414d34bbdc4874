# SPDX-License-Identifier: LGPL-3.0-or-later
"""The languages that the plug-in speaks, and their locales, which this machine need not have."""
import gettext
import os
import subprocess

from .gimp import ROOT

with open(os.path.join(ROOT, "gimp-plugin", "po", "LINGUAS")) as file:
    LANGUAGES = [line for line in file.read().splitlines() if line and not line.startswith("#")]
COUNTRIES = {"de": "de_DE", "es": "es_ES", "fr": "fr_FR", "tr": "tr_TR"}


def locale_of(language, folder):
    """Environment for a program in this language."""
    name = COUNTRIES.get(language, language) + ".UTF-8"
    made = subprocess.run(["localedef", "-i", name.split(".")[0], "-f", "UTF-8", os.path.join(folder, name)],
                          capture_output=True, text=True, check=False)
    if not os.path.isdir(os.path.join(folder, name)):
        raise RuntimeError("localedef made no locale: " + made.stderr)
    return {"LC_ALL": name, "LANGUAGE": language, "LOCPATH": folder}


def catalogue_of(language, gimp_dir):
    """What the plug-in that is installed there calls a text; its own words in English."""
    if language == "en":
        return lambda text: text
    path = os.path.join(gimp_dir, "plug-ins", "bifocal", "locale", language, "LC_MESSAGES", "bifocal.mo")
    with open(path, "rb") as catalogue:
        return gettext.GNUTranslations(catalogue).gettext
