#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""GIMP in each language that the plug-in speaks: what a person reads is in it, with its decimal mark; pixels, figures, and files
that are read again are those of every other."""
import json
import os
import shutil
import tempfile
import time
import unittest

from PIL import Image

from support.case import GimpCase
from support.desktop import Desktop
from support.dialog_case import DialogCase
from support.gimp import Gimp, GimpError
from support.locales import COUNTRIES, LANGUAGES, catalogue_of, locale_of
from support.pictures import gentle, load, sample

#: The report's members that are sentences; everything else is for programs.
SENTENCES = {"why_stopped", "words", "text", "warnings", "notes", "because"}
#: ... and what no two runs have alike.
CHANGING = {"seconds"}


def figures(report):
    """The report without its sentences."""
    if isinstance(report, dict):
        return {k: figures(v) for k, v in report.items() if k not in SENTENCES | CHANGING}
    return [figures(v) for v in report] if isinstance(report, list) else report


def sentences(report):
    if isinstance(report, dict):
        return [s for k, v in report.items() for s in ([v] if k in SENTENCES and isinstance(v, str) else sentences(v))]
    if isinstance(report, list):
        return [s for v in report for s in ([v] if isinstance(v, str) else sentences(v))]
    return []


class Reports(unittest.TestCase):
    """One job in GIMP without windows."""

    def job(self, environment):
        folder = tempfile.mkdtemp(prefix="bifocal-test-")
        self.addCleanup(shutil.rmtree, folder, True)
        gimp = Gimp(environment=environment)
        try:
            case = GimpCase()
            case.gimp = gimp
            image, cover = load(gimp, folder, gentle(sample("astronaut.png", (96, 64))), "cover.png")
            _, target = load(gimp, folder, gentle(sample("chelsea.png", (24, 16))), "target.png")
            layer, report = case.bifocal(image, cover, target, 24, 16, "any", 1, 99.5, "jpeg=85 ghosting=0.2 gap=1e-4")
            pixels = os.path.join(folder, "result.png")
            gimp.do(f'(file-png-save RUN-NONINTERACTIVE {image} {layer} "{pixels}" "" 0 9 0 0 0 0 0)')
            with Image.open(pixels) as picture:
                pixels = (picture.mode, picture.size, picture.tobytes())
            with self.assertRaises(GimpError) as refused:
                case.bifocal(image, cover, target, 24, 16, "pillow-bicubic", 0, 100.5)
            return pixels, json.loads(report), str(refused.exception), gimp.text("(plug-in-bifocal-help RUN-NONINTERACTIVE)")
        finally:
            gimp.close()

    def test_every_language_has_the_same_pixels_and_figures_in_its_own_words(self):
        self.assertEqual(sorted(COUNTRIES), sorted(LANGUAGES), "a language without a locale to try it in")
        pixels, report, refused, address = self.job({})
        self.assertIn("100.5", refused)
        self.assertIn("/help/en/", address)
        folder = tempfile.mkdtemp(prefix="bifocal-locales-")
        self.addCleanup(shutil.rmtree, folder, True)
        for language in LANGUAGES:
            with self.subTest(language):
                theirs, their_report, their_refused, their_address = self.job(locale_of(language, folder))
                self.assertIn(f"/help/{language}/", their_address)
                self.assertTrue(theirs == pixels, "other pixels")
                self.assertEqual(figures(their_report), figures(report))
                self.assertIn("100,5", their_refused)
                english = set(sentences(report))
                same = english & set(sentences(their_report))
                self.assertFalse(same, "not translated")
                self.assertEqual(len(sentences(their_report)), len(sentences(report)))


class Windows(DialogCase):
    """The windows in German."""

    @classmethod
    def start_gimp(cls):
        cls.desktop = Desktop(1280, 960)
        cls.addClassCleanup(cls.desktop.close)
        return Gimp(display=cls.desktop.display, environment=locale_of("de", cls.folder))

    def setUp(self):
        super().setUp()
        self.german = catalogue_of("de", self.gimp.dir)

    def open_in_german(self, entry, title):
        """The window of the menu's entry, whose key and title are the language's."""
        name = self.german(entry)
        self.assertNotEqual(name, entry)
        key = name[name.index("_") + 1].lower()
        return self.open_dialog(key, f"^{self.german(title)}$")

    def test_files_are_written_as_in_every_language(self):
        self.show(sample("chelsea.png", (64, 64)), "cat.png")
        image, cover = self.show(sample("astronaut.png", (256, 256)), "cover.png")
        self.open_in_german("_Hide a Picture...", "Bifocal")
        time.sleep(2)
        self.desktop.screenshot("german-settings")
        self.desktop.key("Return")
        self.desktop.wait(lambda: self.layers(image)[0] != cover, "no result", 120)
        self.close_report("german-result")
        with open(os.path.join(self.gimp.dir, "bifocal-settings")) as file:
            values = dict(line.split("=", 1) for line in file.read().splitlines() if "=" in line)
        self.assertEqual(float(values["balance"]), 100)
        self.assertEqual(values["scaler"], self.note(self.layers(image)[0])["settings"]["scaler"])
        for entry, title in (("_Many Views...", "Bifocal, Many Views"), ("_Reveal...", "Bifocal, Reveal")):
            self.open_in_german(entry, title)
            time.sleep(1)
            self.desktop.screenshot("german-" + title.split()[-1].lower())
            self.desktop.key("Escape")


if __name__ == "__main__":
    unittest.main(verbosity=2)
