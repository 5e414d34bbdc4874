#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""plug-in-bifocal in a real GIMP: what it leaves in the image, and what the real Pillow makes of the exported file."""
import functools
import json
import os
import unittest

import numpy as np
from PIL import Image

from support import pictures
from support.case import GimpCase
from support.gimp import quote
from support.pictures import exported, gentle, load, opaque, planes, sample, save

SMALL = (24, 16)


class Precisions(GimpCase):
    """Every type and precision: the exported file's thumbnail is the target, byte for byte."""

    def check(self, mode, precision):
        cover = sample("astronaut.png", (96, 64), mode)
        colours = mode.rstrip("A")
        image, layer = self.open(("cover", mode), lambda: cover, pictures.PRECISIONS[precision])
        result, report = self.bifocal(image, layer, self.target(colours))

        self.assertEqual(self.layers(image), [result, layer])
        same_type = [self.gimp.number(f"(gimp-drawable-type {x})") for x in (result, layer)]
        self.assertEqual(same_type[0], same_type[1])
        self.assertEqual(self.gimp.number(f"(gimp-image-get-precision {image})"), pictures.PRECISIONS[precision])

        file = exported(self.gimp, self.folder, image, result)
        wanted = self.target_levels(colours, precision == "u8-linear")
        shown = planes(opaque(file).resize(SMALL, Image.BICUBIC))
        wrong = np.count_nonzero((shown != wanted).any(axis=2))
        total = SMALL[0] * SMALL[1]
        self.assertEqual(wrong, 0, f"wrong of {total} pixels; the report says: {report}")
        said = next(v for v in json.loads(report)["views"] if v["scaler"])["exact_pixels"]
        self.assertEqual(said, 1, f"the report says {said}")
        if mode.endswith("A"):
            self.assertEqual(file.getchannel("A").tobytes(), cover.getchannel("A").tobytes(), "the alpha changed")
        warnings = " ".join(json.loads(report)["warnings"])
        self.assertEqual("linear light" in warnings, precision.endswith("linear"))
        self.assertEqual("transparent" in warnings, mode.endswith("A"))
        if precision in ("u16-gamma", "float-gamma", "half-gamma", "double-gamma") and mode == "RGB":
            # Pillow reads the high bytes of 16-bit colour.
            self.assertEqual(save(self.gimp, self.folder, image, result).tobytes(), file.tobytes(), "16 bits per channel")

    def target(self, mode):
        self.open(("target", mode), lambda: gentle(sample("chelsea.png", SMALL, mode)))
        return self.layers(self.originals["target", mode])[0]

    @functools.cache
    def target_levels(self, mode, linear):
        """The target as the file's encoding writes it: 8-bit linear images are exported as they are stored."""
        image, layer = self.open(("target", mode), None, 100 if linear else 150)
        return planes(save(self.gimp, self.folder, image, layer))


def add_precision_tests():
    for mode in ("RGB", "RGBA", "L", "LA"):
        for precision in pictures.PRECISIONS:
            def test(self, mode=mode, precision=precision):
                self.check(mode, precision)
            setattr(Precisions, f"test_{mode}_{precision.replace('-', '_')}", test)


add_precision_tests()


class Placement(GimpCase):
    def pair(self, size=(96, 64), target_size=SMALL, target_mode="RGB"):
        image, cover = load(self.gimp, self.folder, sample("astronaut.png", size), "cover.png")
        other, target = load(self.gimp, self.folder, gentle(sample("chelsea.png", target_size, target_mode)), "cat.png")
        return image, cover, other, target

    def pixels(self, image, layer):
        return planes(save(self.gimp, self.folder, image, layer))

    def test_cover_and_target_stay(self):
        image, cover, other, target = self.pair()
        before = self.pixels(image, cover), self.pixels(other, target)
        self.gimp.do(f"(gimp-image-clean-all {other})")
        self.bifocal(image, cover, target)
        self.assertTrue((self.pixels(image, cover) == before[0]).all())
        self.assertTrue((self.pixels(other, target) == before[1]).all())
        self.assertEqual(self.gimp.number(f"(gimp-image-is-dirty {other})"), 0)

    def test_name_position_and_offsets(self):
        image, cover, _, target = self.pair()
        top = self.gimp.number(f"(gimp-layer-copy {cover} FALSE)")
        self.gimp.do(f"(gimp-image-insert-layer {image} {top} 0 0)")
        self.gimp.do(f"(gimp-layer-set-offsets {cover} 7 -5)")
        self.gimp.do(f"(gimp-layer-set-opacity {cover} 40)")
        result, _ = self.bifocal(image, cover, target, 20, 10, "pillow-box")
        self.assertEqual(self.layers(image), [top, result, cover])
        self.assertEqual(self.gimp.text(f"(gimp-item-get-name {result})"), "cat 20x10 pillow-box")
        self.assertEqual(self.gimp.get(f"(gimp-drawable-offsets {result})"), "(7 -5)")
        self.assertEqual(self.gimp.number(f"(gimp-image-get-active-layer {image})"), result)

    def test_cover_inside_a_group(self):
        image, cover, _, target = self.pair()
        group = self.gimp.number(f"(gimp-layer-group-new {image})")
        self.gimp.do(f"(gimp-image-insert-layer {image} {group} 0 0)")
        self.gimp.do(f"(gimp-image-reorder-item {image} {cover} {group} 0)")
        result, _ = self.bifocal(image, cover, target)
        self.assertEqual(self.gimp.ids(f"(gimp-item-get-children {group})"), [result, cover])

    def test_target_in_the_same_image(self):
        image, cover, _, _ = self.pair()
        target = self.gimp.number(f"(gimp-layer-copy {cover} FALSE)")
        self.gimp.do(f"(gimp-image-insert-layer {image} {target} 0 1)")
        self.gimp.do(f"(gimp-drawable-invert {target} FALSE)")
        self.gimp.do(f'(gimp-item-set-name {target} "negative.jpeg")')
        result, _ = self.bifocal(image, cover, target, 24, 16)
        self.assertEqual(self.gimp.text(f"(gimp-item-get-name {result})"), "negative 24x16 pillow-bicubic")

    def test_parasite_holds_settings_and_report(self):
        image, cover, _, target = self.pair()
        result, report = self.bifocal(image, cover, target, 24, 16, "pillow-lanczos", 0, 80, "fit=fill")
        note = self.note(result)
        self.assertEqual(note["procedure"], "plug-in-bifocal")
        self.assertEqual(note["settings"], {"target": "cat", "width": 24, "height": 16, "scaler": "pillow-lanczos",
                                            "appearance": 0, "balance": 80, "fit": "fill", "result": "layer", "options": ""})
        self.assertEqual(note["report"], json.loads(report))

    def test_report_tells_what_the_real_pillow_finds(self):
        image, cover, other, target = self.pair()
        result, report = self.bifocal(image, cover, target, balance=60)
        shown = planes(save(self.gimp, self.folder, image, result).resize(SMALL, Image.BICUBIC))
        error = np.abs(shown - self.pixels(other, target))
        view = next(v for v in json.loads(report)["views"] if v["scaler"] == "pillow-bicubic")
        for channel, said in enumerate(view["channels"]):
            self.assertAlmostEqual(said["mean_error"], error[:, :, channel].mean(), places=3)
            self.assertEqual(said["max_error"], error[:, :, channel].max())

    def test_selection_limits_the_change(self):
        image, cover, _, target = self.pair()
        self.gimp.do(f"(gimp-layer-set-offsets {cover} 10 4)")
        self.gimp.do(f"(gimp-image-select-rectangle {image} CHANNEL-OP-REPLACE 40 20 30 24)")
        result, _ = self.bifocal(image, cover, target)
        changed = (self.pixels(image, result) != self.pixels(image, cover)).any(axis=2)
        inside = np.zeros_like(changed)
        inside[16:40, 30:60] = True
        self.assertFalse(changed[~inside].any())
        self.assertGreater(changed[inside].mean(), 0.5)
        self.assertEqual(self.gimp.number(f"(gimp-selection-is-empty {image})"), 0, "the selection is still there")

    def test_soft_selection_limits_by_its_strength(self):
        image, cover, _, target = self.pair()
        self.gimp.do(f"(gimp-image-select-rectangle {image} CHANNEL-OP-REPLACE 30 16 40 32)")
        self.gimp.do(f"(gimp-selection-feather {image} 16)")
        mask = self.gimp.number(f"(gimp-selection-save {image})")
        limit = np.zeros((64, 96))
        for y in range(0, 64, 9):
            for x in range(0, 96, 9):
                limit[y, x] = int(self.gimp.get(f"(vector-ref (cadr (gimp-drawable-get-pixel {mask} {x} {y})) 0)"))
        result, _ = self.bifocal(image, cover, target)
        before, after = self.pixels(image, cover), self.pixels(image, result)
        self.assertTrue(((limit > 10) & (limit < 245)).any(), "the selection is soft somewhere")
        for y in range(0, 64, 9):
            for x in range(0, 96, 9):
                share = limit[y, x] / 255
                low = np.floor(before[y, x] * (1 - share)) - 1
                high = np.ceil(before[y, x] + (255 - before[y, x]) * share) + 1
                self.assertTrue((after[y, x] >= low).all() and (after[y, x] <= high).all(), (x, y, share))

    def test_layer_mask_is_kept(self):
        image, cover, _, target = self.pair()
        mask = self.gimp.number(f"(gimp-layer-create-mask {cover} ADD-MASK-COPY)")
        self.gimp.do(f"(gimp-layer-add-mask {cover} {mask})")
        self.gimp.do(f"(gimp-layer-set-edit-mask {cover} FALSE)")
        result, report = self.bifocal(image, cover, target)
        copy = self.gimp.number(f"(gimp-layer-get-mask {result})")
        for x, y in ((0, 0), (40, 30), (95, 63)):
            values = [self.gimp.get(f"(cadr (gimp-drawable-get-pixel {m} {x} {y}))") for m in (mask, copy)]
            self.assertEqual(values[0], values[1])
        self.assertIn("transparent", " ".join(json.loads(report)["warnings"]))

    def test_transparent_target_leaves_the_cover(self):
        image, cover, other, target = self.pair(target_size=SMALL)
        self.gimp.do(f"(gimp-layer-add-alpha {target})")
        self.gimp.do(f"(gimp-image-select-rectangle {other} CHANNEL-OP-REPLACE 0 0 12 16)")
        self.gimp.do(f"(gimp-edit-clear {target})")
        self.gimp.do(f"(gimp-selection-none {other})")
        result, _ = self.bifocal(image, cover, target)
        changed = (self.pixels(image, result) != self.pixels(image, cover)).any(axis=2)
        self.assertFalse(changed[:, :36].any(), "far from the target's opaque half")
        self.assertGreater(changed[:, 60:].mean(), 0.5)

    def test_grey_target_on_colour_cover(self):
        image, cover, _, target = self.pair(target_mode="L")
        result, _ = self.bifocal(image, cover, target)
        wanted = planes(gentle(sample("chelsea.png", SMALL, "L")))
        shown = planes(save(self.gimp, self.folder, image, result).resize(SMALL, Image.BICUBIC))
        self.assertTrue((shown == wanted).all())

    def test_fit_inside_leaves_the_borders(self):
        image, cover, _, target = self.pair(size=(96, 96), target_size=(48, 24))
        result, _ = self.bifocal(image, cover, target, 24, 24, options="fit=inside")
        changed = (self.pixels(image, result) != self.pixels(image, cover)).any(axis=2)
        self.assertFalse(changed[:12].any() or changed[-12:].any())
        self.assertGreater(changed[36:60].mean(), 0.5)

    def test_one_pixel_thumbnail(self):
        image, cover, _, target = self.pair(size=(5, 3), target_size=(1, 1))
        result, _ = self.bifocal(image, cover, target)
        shown = save(self.gimp, self.folder, image, result).resize((1, 1), Image.BICUBIC)
        self.assertEqual(shown.tobytes(), gentle(sample("chelsea.png", (1, 1))).tobytes())

    def test_an_image_made_for_jpeg_survives_gimps_own(self):
        image, cover = load(self.gimp, self.folder, sample("astronaut.png", (256, 256)), "cover.png")
        _, target = load(self.gimp, self.folder, sample("chelsea.png", (64, 64)), "cat.png")

        def correlation(a, b):
            return np.corrcoef(np.asarray(a, float).ravel(), np.asarray(b, float).ravel())[0, 1]

        def light(picture):
            return (np.asarray(picture.convert("L"), float) / 255) ** 2.2

        def seen(picture):
            """By an eye: every fourth pixel of light fuses with its neighbours."""
            blocks = light(picture).reshape(64, 4, 64, 4).mean(axis=(1, 3))
            return blocks ** (1 / 2.2)

        likeness = {}
        for options in ("jpeg=85", ""):
            result, _ = self.bifocal(image, cover, target, appearance=1, options=options)
            path = os.path.join(self.folder, "export.jpg")
            # Quality 0.85, chroma 4:2:0 (subsampling 0).
            self.gimp.do(f'(file-jpeg-save RUN-NONINTERACTIVE {image} {result} {quote(path)} "" 0.85 0 1 0 "" 0 1 0 0)')
            with Image.open(path) as file:
                jpeg = file.convert("RGB")
            self.gimp.do(f"(gimp-image-remove-layer {image} {result})")
            likeness[options] = (correlation(seen(jpeg), seen(sample("astronaut.png", (256, 256)))),
                                 correlation(jpeg.resize((64, 64), Image.BICUBIC).convert("L"), sample("chelsea.png", (64, 64), "L")))
        print("JPEG 85 from GIMP, likeness of what is seen to the cover, of the thumbnail to the target:", likeness)
        self.assertGreater(likeness["jpeg=85"][0], 0.85)
        self.assertGreater(likeness["jpeg=85"][1], 0.85)
        self.assertGreater(likeness["jpeg=85"][0], likeness[""][0] + 0.01, "the option is worth something")

    def test_same_bytes_every_time(self):
        image, cover, _, target = self.pair()
        first, _ = self.bifocal(image, cover, target)
        second, _ = self.bifocal(image, cover, target)
        self.assertEqual(self.pixels(image, first).tobytes(), self.pixels(image, second).tobytes())


if __name__ == "__main__":
    unittest.main(verbosity=2)
