#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""window_pictures.py [LANGUAGE...]: makes the pictures of the windows anew that the README and the help show, in real GIMP; run by
hand with BIFOCAL_BUILD set when a window has changed. Without a language in all of them."""
import os
import re
import subprocess
import sys
import time
import unicodedata
import unittest

from PIL import Image

from support.dialog_case import LooksCase
from support.locales import LANGUAGES, catalogue_of, locale_of
from support.pictures import load, sample

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DEMO, HELP = os.path.join(ROOT, "gimp-plugin", "demo"), os.path.join(ROOT, "gimp-plugin", "help")

#: The key of GIMP's menu Filters where it is not that of English.
FILTERS = {"es": "f", "tr": "l"}


class Windows:
    FONT, LANGUAGE = 10, "en"

    @classmethod
    def environment(cls):
        return {} if cls.LANGUAGE == "en" else locale_of(cls.LANGUAGE, cls.folder)

    def words(self, text):
        """The plug-in's text in the language."""
        return catalogue_of(self.LANGUAGE, self.gimp.dir)(text)

    def key(self, text):
        """Its mnemonic."""
        words = self.words(text)
        letter = words[words.index("_") + 1].lower()
        # X calls it odiaeresis.
        described = re.fullmatch(r"LATIN SMALL LETTER (\w) WITH (\w+)", unicodedata.name(letter))
        return "".join(described.groups()).lower() if described else letter

    def help(self, name):
        return os.path.join(HELP, self.LANGUAGE, name)

    def demo(self, name):
        """The README's pictures are in English."""
        return [os.path.join(DEMO, name)] if self.LANGUAGE == "en" else []

    def take(self, window, *paths):
        """The window with its title bar, in few colours, among them that of the sign."""
        self.desktop.xdotool("mousemove", 2, 2)  # no tooltip
        time.sleep(1)
        path = os.path.join(self.folder, "window.png")
        subprocess.run(["import", "-frame", "-window", str(window), path], env=self.desktop.env, check=True)
        with Image.open(path) as file:
            picture = file.convert("RGB")
        for path in paths:
            few = picture.quantize(128, method=Image.Quantize.MAXCOVERAGE, kmeans=8, dither=Image.Dither.NONE)
            few.save(path, optimize=True)
            print(path, picture.size)

    def settle(self):
        """Until the screen stays as it is for three seconds."""
        last, since = None, time.monotonic()
        while time.monotonic() - since < 3:
            time.sleep(0.5)
            with Image.open(self.desktop.screenshot("window")) as screen:
                now = screen.tobytes()
            if now != last:
                last, since = now, time.monotonic()

    def test_pictures(self):
        load(self.gimp, self.folder, sample("chelsea.png", (128, 128)), "cat.png")
        self.show(sample("astronaut.png", (512, 512)), "astronaut.png")
        window = self.open_dialog(self.key("_Hide a Picture..."))
        self.settle()
        self.take(window, self.help("hide.png"), *self.demo("dialog.png"))
        self.desktop.key("Return")
        report = "^" + self.words("Bifocal: %s").replace("%s", "")
        window = self.desktop.wait_for_window(report)
        self.settle()
        self.take(window, self.help("result.png"), *self.demo("result-page.png"))
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(report)
        self.show(sample("astronaut.png", (512, 512)), "another.png")
        window = self.open_dialog(self.key("_Many Views..."), f"^{self.words('Bifocal, Many Views')}$")
        self.desktop.key("alt+" + self.key("_Quick presets:"))
        self.desktop.key("Home", "Down", "Down")
        self.desktop.key("alt+" + self.key("_Balance:"))
        self.desktop.key("shift+Tab", "shift+Tab", "End")  # Match: seven programs, to the eye
        if self.LANGUAGE != "en":
            # With longer words the preview lies below the controls.
            self.desktop.xdotool("windowsize", window, self.desktop.size(window)[0], self.SIZE[1] - 40)
        self.settle()
        self.take(window, self.help("views.png"))


if __name__ == "__main__":
    chosen = sys.argv[1:] or ["en", *LANGUAGES]
    cases = [type(f"Windows_{language}", (Windows, LooksCase),
                  {"LANGUAGE": language, "FILTERS": FILTERS.get(language, "r"), "SIZE": (1024, 768 if language == "en" else 1000)})
             for language in chosen]
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(case) for case in cases)
    sys.exit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())
