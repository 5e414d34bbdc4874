#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The demo: it says what it is doing, ends with one overview, and the README shows what it makes now."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

import numpy as np
from PIL import Image

from support.gimp import IMAGES, ROOT, install

README = os.path.join(ROOT, "README.md")
BEGIN, END = "<!-- demo: begin -->\n", "<!-- demo: end -->\n"
NUMBER = r"\d+(?:\.\d+)?"


def block(path):
    with open(path) as file:
        return file.read().split(BEGIN, 1)[1].split(END, 1)[0]


class Demo(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="bifocal-demo-")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = holder.name
        cls.out = os.path.join(cls.folder, "demo")
        install(os.path.join(cls.folder, "gimp"))
        shutil.copy(README, cls.folder)
        done = subprocess.run(
            ["/usr/bin/python3", os.path.join(ROOT, "gimp-plugin", "demo", "demo.py"), IMAGES, cls.out,
             os.path.join(cls.folder, "README.md")],
            env={**os.environ, "GIMP2_DIRECTORY": os.path.join(cls.folder, "gimp")}, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        cls.said = done.stdout.splitlines()

    def test_each_picture_is_announced_with_its_number(self):
        lines = [line for line in self.said if line.startswith("Picture ")]
        self.assertGreaterEqual(len(lines), 8)
        for number, line in enumerate(lines, 1):
            self.assertRegex(line, rf"^Picture {number} of {len(lines)}: .*, {NUMBER} s$")
        exact = [line for line in lines if "to the eye" not in line]
        self.assertTrue(exact)
        for line in exact:
            self.assertIn("100.00 % of the thumbnail exact", line)

    def test_it_ends_with_an_overview_and_three_sentences(self):
        self.assertEqual(self.said[-4], "")
        made, look, use = self.said[-3:]
        self.assertRegex(made, r"^GIMP has made \d+ images with Bifocal; ")
        overview = os.path.join(self.out, "overview.png")
        self.assertIn(overview, look)
        self.assertIn("Bifocal > Hide a Picture...", use)
        with Image.open(overview) as picture:
            self.assertTrue(1000 <= picture.width <= 1620 and 400 <= picture.height <= 1200, picture.size)
            self.assertGreater(np.asarray(picture.convert("L")).std(), 30)

    def test_what_it_made_scales_to_the_target(self):
        """Read again, from the files that were left."""
        target = np.asarray(Image.open(os.path.join(self.out, "cat-128.png")))
        result = Image.open(os.path.join(self.out, "astronaut-1024-cat-128-pillow-nearest.png"))
        self.assertTrue((np.asarray(result.resize((128, 128), Image.NEAREST)) == target).all())
        cover = np.asarray(Image.open(os.path.join(self.out, "astronaut-1024.png")))
        self.assertGreater((np.asarray(result) == cover).all(axis=2).mean(), 0.98)

    def test_the_opening_of_the_readme_is_what_it_makes(self):
        """The words are the same, and so are the figures up to what other processors and compilers change."""
        shown, now = block(README), block(os.path.join(self.folder, "README.md"))
        self.assertIn("| Pixel by pixel |", shown)
        hint = "gimp-plugin/demo/demo.py tests/images OUT README.md makes it anew"
        self.assertEqual(re.sub(NUMBER, "N", shown), re.sub(NUMBER, "N", now), hint)
        for there, here in zip(re.findall(NUMBER, shown), re.findall(NUMBER, now)):
            self.assertLessEqual(abs(float(there) - float(here)), max(0.02, 0.02 * float(here)), hint)

    def test_the_pictures_of_the_readme_are_what_it_makes(self):
        for name in re.findall(r"\]\((.*?\.png)\)", block(README)):
            with Image.open(os.path.join(ROOT, name)) as there, Image.open(os.path.join(self.folder, name)) as here:
                self.assertEqual(there.size, here.size)
                away = np.abs(np.asarray(there.convert("RGB")).astype(int) - np.asarray(here.convert("RGB")))
            self.assertLess(away.mean(), 2, name)


if __name__ == "__main__":
    unittest.main(verbosity=2)
