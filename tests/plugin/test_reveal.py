#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""plug-in-bifocal-reveal in a real GIMP: what it finds, what it does not claim, and what it says."""
import json
import unittest

import numpy as np
from PIL import Image, ImageDraw

from support.case import GimpCase
from support.gimp import quote, unquote
from support.pictures import gentle, load, planes, sample, save
from test_views import vector

SCALERS = "pillow-bicubic opencv-linear pillow-nearest"
WORDS = ("the small picture keeps what is coarse and loses what is fine so a page of words turns grey when it is made "
         "smaller").split()


def text_page():
    page = Image.new("RGB", (384, 384), "white")
    draw = ImageDraw.Draw(page)  # Pillow's own font: no file is needed
    for row in range(22):
        draw.text((12, 8 + 16 * row), " ".join(WORDS[(row * 5 + i) % len(WORDS)] for i in range(10)), fill="black")
    return page


def hidden_text(levels=90):
    """Text that only a scaler which takes every fourth pixel sees."""
    x = planes(sample("coffee.png", (512, 384))).astype(int)
    mask = Image.new("L", (128, 96), 0)
    for row in range(3):
        ImageDraw.Draw(mask).text((6, 6 + 14 * row), "open the door", fill=255)
    m = np.asarray(mask) > 96
    x[2::4, 2::4][m] = np.clip(x[2::4, 2::4][m] + levels, 0, 255)
    return Image.fromarray(x.astype("uint8"))


class Reveal(GimpCase):
    def reveal(self, image, layer, sizes=(), scalers=SCALERS):
        answer = self.gimp.do(f"(plug-in-bifocal-reveal RUN-NONINTERACTIVE {image} {layer} {vector(list(sizes))} {quote(scalers)})")
        sheet, report = answer[1:-1].split(" ", 1)
        return int(sheet), json.loads(unquote(report))

    def test_photograph_and_result(self):
        image, cover = load(self.gimp, self.folder, sample("astronaut.png", (256, 256)), "cover.png")
        _, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        sheet, report = self.reveal(image, cover, [64, 128])
        self.assertFalse(report["hides"], report["verdict"])
        self.assertEqual(sum(v["on_sheet"] for v in report["views"]), 6)
        result, _ = self.bifocal(image, cover, cat, scaler="opencv-linear")
        sheet, report = self.reveal(image, result)  # no size is named: it finds 64x64 by itself
        self.assertTrue(report["hides"], report["verdict"])
        self.assertIn("opencv-linear", [v["scaler"] for v in report["views"] if v["hides"] and v["width"] == 64])
        pixels = planes(save(self.gimp, self.folder, sheet, self.layers(sheet)[0]))
        labels = pixels[5:40, :300]
        self.assertGreater(np.count_nonzero(labels.min(axis=2) < 100), 200, "the sheet has no readable verdict")
        self.assertGreater(np.count_nonzero((pixels[..., 0] > 200) & (pixels[..., 1] < 60)), 100, "no warning frame")

    def test_a_thin_layer_has_one_answer(self):
        image, layer = load(self.gimp, self.folder, sample("rocket.jpg", (64, 16)), "thin.png")
        first, second, third = (self.reveal(image, layer, [8, 16, 64])[1] for _ in range(3))
        self.assertEqual(first, second)
        self.assertEqual(first, third)
        self.assertFalse(first["hides"])
        self.assertEqual({v["width"]: v["compared"] for v in first["views"]}, {8: False, 16: True, 64: True})

    def test_a_page_of_text_hides_nothing(self):
        image, layer = load(self.gimp, self.folder, text_page(), "page.png")
        sheet, report = self.reveal(image, layer)
        self.assertFalse(report["hides"], report["verdict"])
        self.assertIn(report["finding"], ("grid", "nothing"))
        self.assertLess(report["suspicion"], 0.5)
        self.assertRegex(report["verdict"], "At 96x96, none of the 3 scalers that were looked at shows another picture")
        self.assertRegex(report["verdict"], "could be missed")
        if report["finding"] == "grid":
            self.assertRegex(report["verdict"], r"^Detail repeats every [\d.]+ pixels: pixel art, an enlargement, text")

    def test_hidden_text_is_found_where_it_shows(self):
        image, layer = load(self.gimp, self.folder, hidden_text(), "hidden.png")
        _, report = self.reveal(image, layer, [128, 64])
        self.assertEqual(report["finding"], "hides", report["verdict"])
        self.assertEqual([(v["scaler"], v["width"]) for v in report["views"] if v["hides"]], [("pillow-nearest", 128)])
        self.assertIn("pillow-nearest at 128x96 shows lines, perhaps text", report["verdict"])
        _, report = self.reveal(image, layer, [64])  # nobody named that size
        self.assertTrue(report["hides"], report["verdict"])

    def test_grey_and_transparent_layers(self):
        for mode in ("L", "LA", "RGBA"):
            picture = sample("chelsea.png", (200, 160)).convert(mode)
            if "A" in mode:
                picture.putalpha(Image.fromarray(np.tile(np.linspace(0, 255, 200).astype("uint8"), (160, 1))))
            with self.subTest(mode):
                image, layer = load(self.gimp, self.folder, picture, f"{mode}.png")
                _, report = self.reveal(image, layer)
                self.assertFalse(report["hides"], report["verdict"])
                self.assertEqual("without its transparency" in report["verdict"], "A" in mode)

    def test_sizes_that_are_not_possible(self):
        image, layer = load(self.gimp, self.folder, sample("chelsea.png", (64, 64)), "cat.png")
        for sizes, words in (([3], "whole numbers from 4 to 16384"), ([70000], "70000"), ([16] * 17, "At most 16 sizes")):
            with self.subTest(words):
                before = self.images()
                with self.assertRaisesRegex(Exception, words):
                    self.reveal(image, layer, sizes)
                self.assertEqual(self.images(), before)


if __name__ == "__main__":
    unittest.main()
