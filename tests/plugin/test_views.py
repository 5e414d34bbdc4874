#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""plug-in-bifocal-views in a real GIMP, with the real scalers at the other end."""
import json
import unittest

import cv2
import numpy as np

from support.case import GimpCase
from support.gimp import quote, unquote
from support.pictures import exported, gentle, load, opaque, planes, sample

FILTERS = dict(nearest=0, lanczos=1, bilinear=2, bicubic=3, box=4, hamming=5)


def vector(values):
    return f"{len(values)} #({' '.join(map(str, values))})"


def scaled(image, scaler, size):
    library, name = scaler.split("-", 1)
    if library == "pillow":
        return planes(image.resize(size, FILTERS[name])).astype(int)
    flag = getattr(cv2, "INTER_" + name.upper())
    return cv2.resize(planes(image).astype(np.uint8), size, interpolation=flag).astype(int)


class Views(GimpCase):
    def call(self, image, cover, views, options="", appearance=0, balance=100):
        targets, sizes, scalers, weights = zip(*views)
        answer = self.gimp.do(
            f"(plug-in-bifocal-views RUN-NONINTERACTIVE {image} {cover} {vector(targets)} {vector([s[0] for s in sizes])} "
            f"{vector([s[1] for s in sizes])} {len(scalers)} '({' '.join(map(quote, scalers))}) {vector(weights)} "
            f"{appearance} {balance} {quote(options)})")
        layer, report = answer[1:-1].split(" ", 1)
        return int(layer), json.loads(unquote(report))

    def test_one_target_in_three_scalers(self):
        image, cover = load(self.gimp, self.folder, sample("astronaut.png", (256, 192)), "cover.png")
        _, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 24))), "cat.png")
        scalers = ["pillow-bicubic", "opencv-area", "opencv-linear"]
        result, report = self.call(image, cover, [(cat, (0, 0), s, 1) for s in scalers], "trade-off=yes")
        self.assertEqual(self.layers(image), [result, cover])
        file = opaque(exported(self.gimp, self.folder, image, result))
        wanted = planes(gentle(sample("chelsea.png", (32, 24)))).astype(int)
        for scaler, view in zip(scalers, [v for v in report["views"] if v["scaler"]]):
            error = np.abs(scaled(file, scaler, (32, 24)) - wanted)
            self.assertLess(error.mean(), 1.5, f"{scaler}: {view}")
        curve = report["trade_off"]["curve"]
        self.assertEqual([curve[0]["balance"], curve[-1]["balance"]], [0, 100])
        self.assertLess(max(curve[-1]["views"]), min(curve[0]["views"]) / 10)

    def test_enlarged(self):
        image, cover = load(self.gimp, self.folder, sample("coffee.png", (100, 80)), "coffee.png")
        _, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", (150, 120))), "cat.png")
        result, report = self.call(image, cover, [(cat, (150, 120), "pillow-nearest", 1)])
        file = opaque(exported(self.gimp, self.folder, image, result))
        wanted = planes(gentle(sample("chelsea.png", (150, 120)))).astype(int)
        before = np.abs(scaled(sample("coffee.png", (100, 80)), "pillow-nearest", (150, 120)) - wanted).mean()
        after = np.abs(scaled(file, "pillow-nearest", (150, 120)) - wanted).mean()
        self.assertLess(after, before / 4)

    def test_wrong_lists(self):
        image, cover = load(self.gimp, self.folder, sample("astronaut.png", (64, 64)), "cover.png")
        _, cat = load(self.gimp, self.folder, sample("chelsea.png", (16, 16)), "cat.png")
        wrong = [([(cat, (16, 0), "pillow-box", 1)], "both be above 0"),
                 ([(cat, (64, 64), "pillow-box", 1)], "own size"),
                 ([(cat, (16, 16), "photoshop", 1)], "photoshop"),
                 ([(cat, (16, 16), "pillow-box", -1)], "weight"),
                 ([(cover, (16, 16), "pillow-box", 1)], "cover")]
        for views, words in wrong:
            with self.subTest(words):
                with self.assertRaisesRegex(Exception, words):
                    self.call(image, cover, views)
                self.assertEqual(self.layers(image), [cover])
        with self.assertRaisesRegex(Exception, "pixel by pixel only, not to the eye"):
            self.call(image, cover, [(cat, (16, 16), "pillow-box", 1)], "trade-off=yes", appearance=1)
        self.assertEqual(self.layers(image), [cover])


if __name__ == "__main__":
    unittest.main()
