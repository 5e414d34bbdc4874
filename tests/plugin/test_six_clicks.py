#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""From two open images to a PNG file that shows both, with what Bifocal comes with, in six clicks at most.

What counts: each thing that a person presses, be it in a menu, a window or a file chooser. A submenu opens when the pointer
rests on its entry, without a click. Each is pressed by its key here, once for a click."""
import glob
import os
import time
import unittest

import numpy as np
from PIL import Image

from support.dialog_case import REPORT, SETTINGS, DialogCase
from support.pictures import load, opaque, sample

MOST = 6
CHOOSER = "^Export as PNG$"


def luma(image):
    return np.asarray(image.convert("L")).astype(float)


def alike(a, b):
    """Correlation of two pictures of one size."""
    return float(np.corrcoef(a.ravel(), b.ravel())[0, 1])


def seen(image):
    """Luma of what an eye sees from afar: light averaged over four by four pixels."""
    light = (np.asarray(image.convert("RGB")) / 255) ** 2.2
    height, width, _ = light.shape
    return light.reshape(height // 4, 4, width // 4, 4, 3).mean(axis=(1, 3)) ** (1 / 2.2) @ (0.299, 0.587, 0.114)


class SixClicks(DialogCase):
    def setUp(self):
        super().setUp()
        self.clicks = []

    def click(self, what, *keys):
        self.clicks.append(what)
        self.desktop.key(*keys)

    def written(self):
        """The picture in the file, once all of it is there."""
        for path in glob.glob(os.path.join(self.folder, "cat *.png")):
            try:
                with Image.open(path, formats=["PNG"]) as file:
                    return opaque(file)
            except OSError:
                return None

    def test_from_two_open_images_to_a_file(self):
        cover, target = sample("astronaut.png", (512, 512)), sample("chelsea.png", (128, 128))
        load(self.gimp, self.folder, target, "cat.png")
        image, _ = self.show(cover, "cover.png")
        self.desktop.focus(self.main)
        self.click("the menu Filters", "alt+r")
        self.desktop.key(*["Up"] * 9, "Right", "b")  # the pointer rests on Combine, then on Bifocal
        self.click("Hide a Picture...", "h")
        self.desktop.focus(self.desktop.wait_for_window(SETTINGS))
        self.click("OK", "Return")
        self.desktop.focus(self.desktop.wait_for_window(REPORT))
        self.desktop.screenshot("six-clicks-result")
        self.click("Export as PNG...", "alt+e")
        self.desktop.focus(self.desktop.wait_for_window(CHOOSER))
        self.click("Save", "Return")
        self.desktop.wait_until_closed(CHOOSER)
        shown = self.desktop.wait(self.written, "no whole file was written")
        time.sleep(0.5)
        self.desktop.screenshot("six-clicks-exported")
        print(f"{len(self.clicks)} clicks: {', '.join(self.clicks)}")
        self.assertLessEqual(len(self.clicks), MOST)

        self.assertEqual(shown.size, cover.size)
        small = luma(shown.resize(target.size, Image.BICUBIC))
        self.assertGreater(alike(small, luma(target)), 0.85)
        self.assertGreater(alike(small, luma(target)), alike(small, luma(cover.resize(target.size, Image.BICUBIC))) + 0.3)
        large = seen(shown)
        self.assertGreater(alike(large, seen(cover)), 0.85)
        self.assertGreater(alike(large, seen(cover)), alike(large, seen(target.resize(cover.size, Image.BICUBIC))) + 0.3)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(REPORT)
        self.assertEqual(len(self.layers(image)), 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
