#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Every scaler of the catalogue that promises "every byte": plug-in-bifocal at balance 100, the layer exported by GIMP, and
the file scaled by the real library."""
import json
import os
import re
import sys
import unittest

import numpy as np
from PIL import ImageOps

from support.case import GimpCase
from support.gimp import ROOT
from support.pictures import exported, gentle, sample

sys.path.insert(0, os.path.join(ROOT, "tests", "engine", "support"))
import peer  # the real libraries


def exact_scalers():
    """Their ids, from the README's table, which the engine's tests keep equal to the catalogue."""
    with open(os.path.join(ROOT, "README.md")) as file:
        return re.findall(r"^\| `([a-z0-9-]+)` \|.*\| every byte \|$", file.read(), re.M)


PAIRS = {
    "astronaut_512": ("astronaut.png", (512, 512), "chelsea.png", (128, 128)),
    "astronaut_1024": ("astronaut.png", (1024, 1024), "chelsea.png", (128, 128)),
    "coffee_600x400": ("coffee.png", (600, 400), "chelsea.png", (113, 75)),
}


class Exact(GimpCase):
    def wrong_pixels(self, pair, scaler, low, high):
        """How many pixels of the real library's thumbnail are not the target's, and how many the report says."""
        cover, cover_size, target, size = PAIRS[pair]
        image, layer = self.open(pair, lambda: sample(cover, cover_size))
        wanted = gentle(ImageOps.autocontrast(sample(target, size)), low, high)
        key = (target, size, low, high)
        other, _ = self.open(key, lambda: wanted)
        self.gimp.do(f"(gimp-image-delete {other})")
        result, report = self.bifocal(image, layer, self.layers(self.originals[key])[0], scaler=scaler)
        self.assertLessEqual(json.loads(report)["gap"], 1e-5 if low > 0 else 1e-3, scaler)
        pixels = np.asarray(exported(self.gimp, self.folder, image, result))
        self.gimp.do(f"(gimp-image-delete {image})")
        library, name = scaler.split("-", 1)
        shown, = peer.library(library).resize_all([(name, pixels, size[1], size[0])])
        shown = np.asarray(shown).reshape(size[1], size[0], 3)
        said = next(v for v in json.loads(report)["views"] if v["scaler"] == scaler)["unreached"]
        return np.count_nonzero((shown != np.asarray(wanted)).any(axis=2)), said

    def check(self, pair):
        size = PAIRS[pair][3]
        scalers = exact_scalers()
        self.assertGreaterEqual(len(scalers), 19)
        for scaler in scalers:
            with self.subTest(scaler=scaler, levels="26 to 229"):
                self.assertEqual(self.wrong_pixels(pair, scaler, 26, 229), (0, 0))
            with self.subTest(scaler=scaler, levels="0 to 255"):
                wrong, said = self.wrong_pixels(pair, scaler, 0, 255)
                print(f"{pair} {scaler}: {wrong} of {size[0] * size[1]} pixels wrong", flush=True)
                self.assertEqual(wrong, said, "the report says another number")
                share = 0.9999 if scaler in ("pillow-bicubic", "pillow-lanczos") else 0.997
                self.assertGreaterEqual(1 - wrong / (size[0] * size[1]), share)


for name in PAIRS:
    setattr(Exact, "test_" + name, lambda self, name=name: self.check(name))


if __name__ == "__main__":
    unittest.main()
