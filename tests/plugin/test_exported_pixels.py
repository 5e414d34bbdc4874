#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Which pixels of an exported file are the cover's, and which count: transparent ones, levels beyond 8 bits, selections. Files are
read by the real Pillow and OpenCV."""
import json
import os
import struct
import unittest

import cv2
import numpy as np
from PIL import Image

from support.export_case import COVER, SMALL, ExportCase
from support.gimp import quote
from support.pictures import PRECISIONS, gentle, load, opaque, planes, sample


class Transparent(ExportCase):
    """GIMP's default export writes 0 for the colours of fully transparent pixels of colour images."""

    def hole(self, image, layer):
        self.gimp.do(f"(gimp-layer-add-alpha {layer})")
        self.gimp.do(f"(gimp-image-select-rectangle {image} CHANNEL-OP-REPLACE 21 10 40 30)")
        self.gimp.do(f"(gimp-edit-clear {layer})")
        self.gimp.do(f"(gimp-selection-none {image})")
        hole = np.zeros(COVER[::-1], bool)
        hole[10:40, 21:61] = True
        return hole

    def check(self, image, report, hole):
        path = self.export(image)
        shown = cv2.resize(cv2.imread(path), SMALL, interpolation=cv2.INTER_AREA)[:, :, ::-1].astype(int)
        can_change = ~(hole.reshape(16, 4, 24, 4).all(axis=(1, 3)))
        right = (shown == self.wanted()).all(axis=2)
        view = self.view(report, "opencv-area")
        self.assertEqual(view["pixels_compared"], can_change.sum())
        self.assertEqual(view["pixels"], 24 * 16)
        self.assertAlmostEqual(view["exact_pixels"], right[can_change].mean(), places=9)
        self.assertGreater(right[can_change].mean(), 0.8)
        self.assertEqual(view["unreached"], np.count_nonzero(~right & can_change))
        self.assertIn("'Save color values from transparent pixels' unticked", self.words(report))

    def test_new_layer(self):
        image, cover, cat = self.pair()
        hole = self.hole(image, cover)
        _, report = self.bifocal(image, cover, cat, scaler="opencv-area")
        self.assertTrue(json.loads(report)["exported"]["is_the_result"], report)
        self.assertIn("was hidden, as it would show through", self.words(report, "notes"))
        self.check(image, report, hole)

    def test_new_image(self):
        image, cover, cat = self.pair()
        hole = self.hole(image, cover)
        result, report = self.bifocal(image, cover, cat, scaler="opencv-area", options="result=image")
        self.check(self.gimp.number(f"(gimp-item-get-image {result})"), report, hole)

    def test_layer_below_shows_through(self):
        image, cover, cat = self.pair()
        hole = self.hole(image, cover)
        below = self.open_as_layer(image, sample("coffee.png", COVER), "below.png")
        self.gimp.do(f"(gimp-image-lower-item-to-bottom {image} {below})")
        _, report = self.bifocal(image, cover, cat, scaler="opencv-area")
        self.assertIn("the visible layer 'below.png' shows through where it is transparent", self.words(report))
        self.check(image, report, hole)


class Deep(ExportCase):
    """Outside the selection the cover's own pixels stay bit for bit, and its alpha everywhere."""

    def raw(self, image, layer):
        """A layer's samples as they are, height x width x bytes of a pixel."""
        path = os.path.join(self.folder, "raw.tif")
        single = self.gimp.number(f"(gimp-image-duplicate {image})")
        at = self.layers(image).index(layer)
        copy = self.layers(single)[at]
        for other in self.layers(single):
            if other != copy:  # a TIFF file would hold them all
                self.gimp.do(f"(gimp-image-remove-layer {single} {other})")
        self.gimp.do(f'(file-tiff-save RUN-NONINTERACTIVE {single} {copy} {quote(path)} "" 0)')
        self.gimp.do(f"(gimp-image-delete {single})")
        width, height = (self.gimp.number(f"(gimp-drawable-{side} {layer})") for side in ("width", "height"))
        return np.frombuffer(tiff_strips(path), np.uint8).reshape(height, width, -1)

    def deep_cover(self, precision, bright=1.0):
        """A float image in which every pixel has levels of its own, brought to a precision; HDR when bright."""
        path = os.path.join(self.folder, "deep.tif")
        light = np.asarray(sample("astronaut.png", COVER), np.float32)[:, :, ::-1] / 255
        light = np.clip(light + np.random.default_rng(7).uniform(-0.002, 0.002, light.shape).astype(np.float32), 0.001, 0.999)
        light[5:25, 60:90] *= bright
        cv2.imwrite(path, light, [cv2.IMWRITE_TIFF_COMPRESSION, 1])
        image = self.gimp.number(f'(gimp-file-load RUN-NONINTERACTIVE {quote(path)} "")')
        if self.gimp.number(f"(gimp-image-get-precision {image})") != precision:
            self.gimp.do(f"(gimp-image-convert-precision {image} {precision})")
        return image, self.layers(image)[0]

    def fade(self, image, layer):
        """An alpha in the image's full precision."""
        self.gimp.do(f"(gimp-layer-add-alpha {layer})")
        self.gimp.do(f"(gimp-image-select-ellipse {image} CHANNEL-OP-REPLACE 2 2 30 40)")
        self.gimp.do(f"(gimp-selection-feather {image} 13)")
        self.gimp.do(f"(gimp-edit-clear {layer})")
        self.gimp.do(f"(gimp-selection-none {image})")

    def check(self, precision, alpha, bright=1.0):
        # 16 bits widened to 32 need every bit of these: no float has room for them.
        image, cover = self.deep_cover(PRECISIONS[precision.replace("u32", "u16")], bright)
        _, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", SMALL)), "cat.png")
        if alpha:
            self.fade(image, cover)
        if precision.startswith("u32"):
            self.gimp.do(f"(gimp-image-convert-precision {image} {PRECISIONS[precision]})")
        before = self.raw(image, cover)
        pixel = before.shape[2] // (4 if alpha else 3)
        for selected in (False, True):
            inside = np.ones(COVER[::-1], bool)
            if selected:
                self.gimp.do(f"(gimp-image-select-rectangle {image} CHANNEL-OP-REPLACE 30 12 44 32)")
                inside[:] = False
                inside[12:44, 30:74] = True
            result, report = self.bifocal(image, cover, cat)
            after = self.raw(image, result)
            changed = (after != before)
            if selected:
                self.assertEqual(np.count_nonzero(changed.any(axis=2) & ~inside), 0, "pixels outside the selection")
            if alpha:
                self.assertEqual(np.count_nonzero(changed[:, :, 3 * pixel:]), 0, "alpha")
            self.assertGreater(changed.any(axis=2)[inside].mean(), 0.5)
            told = self.words(report, "notes") + self.words(report)
            self.assertIn("outside it every pixel is kept as it was" if selected else "holds 8-bit levels only", told)
            self.assertEqual("brighter than white" in told, bright > 1)
            self.gimp.do(f"(gimp-image-remove-layer {image} {result})")

    def test_hdr(self):
        """A float cover with values up to 24.7."""
        self.check("float-linear", False, 24.7)

    def test_ordinary_covers_lose_nothing(self):
        image, cover, cat = self.pair()
        _, report = self.bifocal(image, cover, cat)
        self.assertNotIn("levels only", self.words(report, "notes"))


for precision, alpha in (("u16-gamma", False), ("u16-linear", True), ("u32-gamma", True), ("half-linear", True),
                         ("float-gamma", False), ("float-linear", True), ("double-gamma", True)):
    def test(self, precision=precision, alpha=alpha):
        self.check(precision, alpha)
    setattr(Deep, f"test_{precision.replace('-', '_')}{'_alpha' if alpha else ''}", test)


class Selected(ExportCase):
    """Figures under a selection are those of the thumbnail's pixels that it lets change."""

    def reach(self, selected, filter):
        """Which pixels of Pillow's thumbnail take in a selected one: by the weights that Pillow itself shows."""
        def touches(length, small):
            impulses = Image.fromarray(np.eye(length, dtype=np.float32))
            return np.asarray(impulses.resize((small, length), filter)).T != 0
        down, across = touches(COVER[1], SMALL[1]), touches(COVER[0], SMALL[0])
        return down.astype(int) @ selected.astype(int) @ across.T.astype(int) > 0

    def check(self, select, selected, filter, scaler):
        image, cover, cat = self.pair()
        self.gimp.do(f"(gimp-image-select-{select.format(image=image)})")
        _, report = self.bifocal(image, cover, cat, scaler=scaler)
        shown = planes(opaque(self.exported(image)).resize(SMALL, filter))
        view, wanted, reached = self.view(report, scaler), self.wanted(), self.reach(selected, filter)
        self.assertEqual(view["pixels_compared"], reached.sum())
        self.assertAlmostEqual(view["exact_pixels"], (shown == wanted).all(axis=2)[reached].mean(), places=9)
        error = np.abs(shown - wanted)[reached]
        for channel, said in enumerate(view["channels"]):
            self.assertAlmostEqual(said["mean_error"], error[:, channel].mean(), places=9)
            self.assertEqual(said["max_error"], error[:, channel].max())
        self.assertAlmostEqual(view["psnr"], 10 * np.log10(255 ** 2 / (error.astype(float) ** 2).mean()), places=4)

    def test_rectangle(self):
        selected = np.zeros(COVER[::-1], bool)
        selected[14:43, 22:71] = True
        select = "rectangle {image} CHANNEL-OP-REPLACE 22 14 49 29"
        self.check(select, selected, Image.BOX, "pillow-box")
        self.check(select, selected, Image.BICUBIC, "pillow-bicubic")

    def test_selection_between_the_samples(self):
        image, cover, cat = self.pair()
        self.gimp.do(f"(gimp-image-select-rectangle {image} CHANNEL-OP-REPLACE 0 0 1 1)")
        _, report = self.bifocal(image, cover, cat, scaler="pillow-nearest")
        view = self.view(report, "pillow-nearest")
        self.assertEqual((view["pixels_compared"], view["exact_pixels"], view["psnr"]), (0, None, None))


def tiff_strips(path):
    """The pixels of an uncompressed TIFF file of one strip after the other, as they stand in it."""
    with open(path, "rb") as file:
        data = file.read()
    order = "<" if data[:2] == b"II" else ">"
    sizes = {3: "H", 4: "I"}
    at, = struct.unpack_from(order + "I", data, 4)
    tags = {}
    for i in range(struct.unpack_from(order + "H", data, at)[0]):
        tag, kind, count = struct.unpack_from(order + "HHI", data, at + 2 + 12 * i)
        if kind in sizes:
            form = f"{order}{count}{sizes[kind]}"
            place = at + 10 + 12 * i
            if struct.calcsize(form) > 4:
                place, = struct.unpack_from(order + "I", data, place)
            tags[tag] = struct.unpack_from(form, data, place)
    assert tags.get(259, (1,)) == (1,), "compressed"
    return b"".join(data[start:start + length] for start, length in zip(tags[273], tags[279]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
