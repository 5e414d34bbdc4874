#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a person exports, File > Export As with GIMP's defaults, read by the real Pillow and OpenCV: the report's figures are
those of that file."""
import io
import json
import os
import struct
import unittest

import cv2
import numpy as np
from PIL import Image, ImageCms

from support.dialog_case import DialogCase
from support.gimp import GimpError, quote, unquote
from support.pictures import PRECISIONS, gentle, load, opaque, planes, sample

COVER, SMALL = (96, 64), (24, 16)


def vector(values):
    return f"{len(values)} #({' '.join(map(str, values))})"


class ExportCase(DialogCase):  # an export asks for a screen, though it shows nothing
    def pair(self, cover=COVER, target=SMALL, mode="RGB"):
        image, layer = load(self.gimp, self.folder, sample("astronaut.png", cover, mode), "cover.png")
        _, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", target, mode.rstrip("A"))), "cat.png")
        return image, layer, cat

    def open_as_layer(self, image, picture, name="cat.png"):
        """File > Open as Layers: on top, visible."""
        path = os.path.join(self.folder, name)
        picture.save(path)
        layer = self.gimp.number(f"(gimp-file-load-layer RUN-NONINTERACTIVE {image} {quote(path)})")
        self.gimp.do(f"(gimp-image-insert-layer {image} {layer} 0 0)")
        return layer

    def export(self, image):
        """The path of the PNG file that a person's export of the image as it is writes."""
        path = os.path.join(self.folder, "exported.png")
        if os.path.exists(path):
            os.remove(path)
        drawable = self.gimp.number(f"(gimp-image-get-active-drawable {image})")
        self.gimp.do(f'(file-png-save RUN-WITH-LAST-VALS {image} {drawable} {quote(path)} "" 0 9 1 0 0 1 1)')
        return path

    def exported(self, image):
        with Image.open(self.export(image)) as file:
            file.load()
            return file

    def view(self, report, scaler="pillow-bicubic"):
        return next(v for v in json.loads(report)["views"] if v["scaler"] == scaler)

    def wanted(self, mode="RGB", size=SMALL):
        return planes(gentle(sample("chelsea.png", size, mode)))

    def pillow(self, file, size=SMALL):
        """The real Pillow's thumbnail of the file's colours."""
        return planes(opaque(file).resize(size, Image.BICUBIC))

    def exact(self, shown, wanted):
        return (shown == wanted).all(axis=2).mean()

    def words(self, report, kind="warnings"):
        return " ".join(json.loads(report)[kind])

    def views(self, image, cover, targets, options=""):
        """plug-in-bifocal-views with each target at its own size."""
        n = len(targets)
        answer = self.gimp.do(
            f"(plug-in-bifocal-views RUN-NONINTERACTIVE {image} {cover} {vector(targets)} {vector([0] * n)} {vector([0] * n)} "
            f"{n} '({' '.join([quote('pillow-bicubic')] * n)}) {vector([1] * n)} 0 100 {quote(options)})")
        layer, report = answer[1:-1].split(" ", 1)
        return int(layer), unquote(report)


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


class FromTheDialog(ExportCase):
    def test_new_image(self):
        image, cover = self.show(sample("astronaut.png", COVER), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", SMALL)), "cat.png")
        before = set(self.images())
        window = self.open_dialog()
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
