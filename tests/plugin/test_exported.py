#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a person exports, File > Export As with GIMP's defaults, read by the real Pillow: the report's figures are those of that
file, also where GIMP exports something else than the result."""
import io
import json
import os
import unittest

import numpy as np
from PIL import Image, ImageCms

from support.export_case import COVER, SMALL, ExportCase
from support.gimp import GimpError, quote
from support.pictures import PRECISIONS, gentle, load, opaque, sample


class Hidden(ExportCase):
    def check(self, run, pixel_by_pixel=True):
        image, cover, _ = self.pair()
        target = self.open_as_layer(image, gentle(sample("chelsea.png", SMALL)))
        self.gimp.do(f"(gimp-image-clean-all {image})")
        result, report = run(image, cover, target)
        self.assertEqual(self.layers(image), [target, result, cover])
        self.assertFalse(self.gimp.number(f"(gimp-item-get-visible {target})"), "the target is still to be seen")
        file = self.exported(image)
        self.assertEqual(file.mode, "RGBA", "several layers are merged into one with alpha")
        if pixel_by_pixel:
            self.assertEqual(self.exact(self.pillow(file), self.wanted()), 1)
            self.assertEqual(self.view(report)["exact_pixels"], 1)
        self.assertIn("'cat.png' was hidden", self.words(report, "notes"))

    def test_open_as_layers(self):
        self.check(lambda image, cover, target: self.bifocal(image, cover, target))

    def test_open_as_layers_with_last_values(self):
        self.check(lambda image, cover, target: self.bifocal(image, cover, target, mode="RUN-WITH-LAST-VALS"),
                   pixel_by_pixel=False)  # the first use suggests "to the eye"

    def test_one_undo(self):
        image, cover = self.show(sample("astronaut.png", COVER), "cover.png")
        target = self.open_as_layer(image, gentle(sample("chelsea.png", SMALL)))
        self.bifocal(image, cover, target)
        self.assertFalse(self.gimp.number(f"(gimp-item-get-visible {target})"))
        self.undo(image, [target, cover])
        self.assertTrue(self.gimp.number(f"(gimp-item-get-visible {target})"), "the target came not back into sight")

    def test_open_as_layers_views(self):
        self.check(lambda image, cover, target: self.views(image, cover, [target, target]))


class Projection(ExportCase):
    """What GIMP exports is something else than the result: the report says why, and its figures are those of the file."""

    def check(self, image, report, *because, kind=(COVER, SMALL)):
        words = self.words(report)
        self.assertIn("as something else than the result", words)
        for reason in because:
            self.assertIn(reason, words)
        self.assertFalse(json.loads(report)["exported"]["is_the_result"])
        file = self.exported(image)
        told = json.loads(report)["exported"]
        self.assertEqual(file.size, (told["width"], told["height"]))
        shown, wanted = self.pillow(file), self.wanted()
        view = self.view(report)
        self.assertAlmostEqual(view["exact_pixels"], self.exact(shown, wanted), places=9)
        self.assertLess(view["exact_pixels"], 0.99, "the case is a real one")
        for channel, said in enumerate(view["channels"]):
            error = np.abs(shown - wanted)[:, :, channel]
            self.assertAlmostEqual(said["mean_error"], error.mean(), places=9)
            self.assertEqual(said["max_error"], error.max())
        print(f"{view['exact_pixels']:.4f} exact: {words}", flush=True)

    def group(self, image, layer):
        group = self.gimp.number(f"(gimp-layer-group-new {image})")
        self.gimp.do(f"(gimp-image-insert-layer {image} {group} 0 0)")
        self.gimp.do(f"(gimp-image-reorder-item {image} {layer} {group} 0)")
        self.gimp.do(f'(gimp-item-set-name {group} "frame")')
        return group

    def test_visible_layer_above(self):
        image, cover, cat = self.pair()
        self.open_as_layer(image, sample("coffee.png", (30, 20)), "top.png")
        _, report = self.bifocal(image, cover, cat)
        self.check(image, report, "the visible layer 'top.png' lies above it")

    def test_views_with_two_layers_above(self):
        image, cover, cat = self.pair()
        for name in ("one.png", "two.png"):
            self.open_as_layer(image, sample("coffee.png", (30, 20)), name)
        _, report = self.views(image, cover, [cat])
        self.check(image, report, "the visible layers 'two.png' and 'one.png' lie above it")

    def test_canvas_smaller_than_the_layer(self):
        image, cover, cat = self.pair()
        self.gimp.do(f"(gimp-image-resize {image} 70 50 -8 -6)")
        _, report = self.bifocal(image, cover, cat)
        self.check(image, report, "the canvas has 70x50 pixels and the layer 96x64")
        self.assertIsNone(json.loads(report)["cover_psnr"])

    def test_canvas_larger_than_the_layer(self):
        image, cover, cat = self.pair()
        self.gimp.do(f"(gimp-image-resize {image} 120 80 0 0)")
        _, report = self.bifocal(image, cover, cat)
        self.check(image, report, "the canvas has 120x80 pixels and the layer 96x64")

    def test_group_at_half_opacity(self):
        image, cover, cat = self.pair()
        self.open_as_layer(image, sample("coffee.png", COVER), "below.png")
        self.gimp.do(f"(gimp-layer-set-opacity {self.group(image, cover)} 50)")
        _, report = self.bifocal(image, cover, cat)
        self.check(image, report, "the layer group 'frame' has an opacity of 50 %")

    def test_group_with_a_mode(self):
        image, cover, cat = self.pair()
        self.open_as_layer(image, sample("coffee.png", COVER), "below.png")
        self.gimp.do(f"(gimp-layer-set-mode {self.group(image, cover)} LAYER-MODE-MULTIPLY)")
        _, report = self.bifocal(image, cover, cat)
        self.check(image, report, "the layer group 'frame' has a layer mode of its own")

    def test_layer_with_a_mode_above(self):
        image, cover, cat = self.pair()
        top = self.open_as_layer(image, sample("coffee.png", COVER), "tint.png")
        self.gimp.do(f"(gimp-layer-set-mode {top} LAYER-MODE-SOFTLIGHT)")
        _, report = self.bifocal(image, cover, cat)
        self.check(image, report, "'tint.png' lies above it")

    def test_to_the_eye(self):
        image, cover, cat = self.pair((128, 128), (32, 32))
        self.open_as_layer(image, sample("coffee.png", (128, 60)), "top.png")
        _, report = self.bifocal(image, cover, cat, appearance=1)
        self.assertIn("'top.png' lies above it", self.words(report))
        shown = np.asarray(opaque(self.exported(image)).resize((32, 32), Image.BICUBIC), float) @ (0.299, 0.587, 0.114)
        wanted = self.wanted(size=(32, 32)) @ (0.299, 0.587, 0.114)
        chosen = next(s for s in json.loads(report)["appearance"] if s["scaler"] == "pillow-bicubic")
        self.assertAlmostEqual(chosen["zncc"], np.corrcoef(shown.ravel(), wanted.ravel())[0, 1], places=3)

    def test_nothing_is_said_where_there_is_nothing(self):
        image, cover, cat = self.pair()
        top = self.open_as_layer(image, sample("coffee.png", (30, 20)), "top.png")
        self.gimp.do(f"(gimp-item-set-visible {top} FALSE)")
        _, report = self.bifocal(image, cover, cat)
        self.assertTrue(json.loads(report)["exported"]["is_the_result"], report)
        self.assertEqual(json.loads(report)["warnings"], [])
        self.assertEqual(self.exact(self.pillow(self.exported(image)), self.wanted()), 1)


class NewImage(ExportCase):
    def check(self, mode, precision, options="result=image"):
        image, cover, cat = self.pair(mode=mode)
        if precision != PRECISIONS["u8-gamma"]:
            self.gimp.do(f"(gimp-image-convert-precision {image} {precision})")
        self.gimp.do(f"(gimp-image-set-resolution {image} 144 72)")
        self.open_as_layer(image, sample("coffee.png", (30, 20), mode), "top.png")  # nothing that the new image would show
        self.gimp.do(f"(gimp-image-clean-all {image})")
        before = self.layers(image)
        result, report = self.bifocal(image, cover, cat, options=options)
        self.assertEqual((self.layers(image), self.gimp.number(f"(gimp-image-is-dirty {image})")), (before, 0))
        new = self.gimp.number(f"(gimp-item-get-image {result})")
        self.assertNotEqual(new, image)
        self.assertEqual(self.layers(new), [result])
        self.assertEqual(self.gimp.number(f"(gimp-image-get-precision {new})"), PRECISIONS["u8-gamma"])
        self.assertEqual(self.gimp.get(f"(gimp-image-get-resolution {new})"), "(144.0 72.0)")
        self.assertTrue(self.gimp.number(f"(gimp-image-is-dirty {new})"), "GIMP would close it without asking")
        self.assertEqual(self.note(result)["settings"]["result"], "image")
        file = self.exported(new)
        self.assertEqual(file.mode, mode)
        self.assertEqual(self.exact(self.pillow(file), self.wanted(mode.rstrip("A"))), 1)
        self.assertEqual(self.view(report)["exact_pixels"], 1)
        self.assertNotIn("linear light", self.words(report))
        if mode.endswith("A"):
            self.assertEqual(file.getchannel("A").tobytes(), sample("astronaut.png", COVER, mode).getchannel("A").tobytes())

    def test_views(self):
        image, cover, cat = self.pair()
        result, report = self.views(image, cover, [cat], "result=image")
        new = self.gimp.number(f"(gimp-item-get-image {result})")
        self.assertEqual((self.layers(image), self.layers(new)), ([cover], [result]))
        self.assertEqual(self.exact(self.pillow(self.exported(new)), self.wanted()), self.view(report)["exact_pixels"])

    def test_profile(self):
        image, cover, cat = self.pair()
        self.gimp.do(f"(gimp-image-set-color-profile-from-file {image} {quote('file://' + self.profile())})")
        result, report = self.bifocal(image, cover, cat, options="result=image")
        file = self.exported(self.gimp.number(f"(gimp-item-get-image {result})"))
        self.assertEqual(ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(file.info["icc_profile"]))).strip(),
                         ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(self.profile())).strip())
        # The target's levels are brought into that space, too: what it is in there, GIMP says by itself.
        self.assertEqual(self.view(report)["exact_pixels"], 1)

    def profile(self):
        """A wide RGB space's, from the files that Debian's GIMP comes with."""
        return next(p for p in ("/usr/share/color/icc/ghostscript/a98.icc", "/usr/share/color/icc/ghostscript/ps_rgb.icc",
                                "/usr/share/color/icc/colord/AdobeRGB1998.icc") if os.path.exists(p))

    def test_mask_becomes_alpha(self):
        image, cover, cat = self.pair()
        mask = self.gimp.number(f"(gimp-layer-create-mask {cover} ADD-MASK-COPY)")
        self.gimp.do(f"(gimp-layer-add-mask {cover} {mask})")
        result, _ = self.bifocal(image, cover, cat, options="result=image")
        file = self.exported(self.gimp.number(f"(gimp-item-get-image {result})"))
        self.assertEqual(file.mode, "RGBA")
        alpha = np.asarray(file.getchannel("A"), int)
        grey = np.asarray(sample("astronaut.png", COVER), float) @ (0.222, 0.717, 0.061)
        self.assertGreater(np.corrcoef(alpha.ravel(), grey.ravel())[0, 1], 0.9)

    def test_unknown_word(self):
        image, cover, cat = self.pair()
        with self.assertRaisesRegex(GimpError, "result=layer or result=image"):
            self.bifocal(image, cover, cat, options="result=file")


for mode, precision in (("RGB", "u8-gamma"), ("RGBA", "u8-gamma"), ("L", "u8-gamma"), ("LA", "u16-linear"), ("RGB", "u8-linear"),
                        ("RGB", "float-linear"), ("L", "double-linear"), ("RGBA", "half-gamma")):
    def test(self, mode=mode, precision=precision):
        self.check(mode, PRECISIONS[precision])
    setattr(NewImage, f"test_{mode}_{precision.replace('-', '_')}", test)


class FromTheDialog(ExportCase):
    def test_new_image(self):
        image, cover = self.show(sample("astronaut.png", COVER), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", SMALL)), "cat.png")
        before = set(self.images())
        window = self.open_dialog()
        self.more()
        self.desktop.key("alt+u", "Down")
        self.desktop.screenshot("result-choice")
        self.click_ok(window)
        self.close_report("report-new-image")
        new, = set(self.images()) - before
        self.assertEqual(self.layers(image), [cover])
        self.assertEqual(self.dirty(image), 0)
        self.desktop.wait_for_window(r"\[.*\].*GIMP")
        result, = self.layers(new)
        self.assertEqual(self.note(result)["settings"]["result"], "image")
        # The choice is remembered.
        again, _ = self.bifocal(image, cover, self.layers(image)[0], mode="RUN-WITH-LAST-VALS")
        self.assertNotIn(self.gimp.number(f"(gimp-item-get-image {again})"), (image, new))


if __name__ == "__main__":
    unittest.main(verbosity=2)
