#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Programs that scale by the kind of file: what the report says of them, and what the real ones make of the exported file.
And colour profiles, which some programs turn into other numbers."""
import json
import os
import struct
import subprocess
import unittest

import numpy as np
from PIL import Image

from support.case import GimpCase
from support.gimp import quote
from support.pictures import gentle, load, sample

COVER, SMALL = (300, 200), (72, 48)
COMMANDS = {
    "imagemagick-resize": ["convert", "{in}", "-resize", "{width}x{height}!", "{out}"],
    "graphicsmagick-resize": ["gm", "convert", "{in}", "-resize", "{width}x{height}!", "{out}"],
    "libvips-converting": ["vipsthumbnail", "{in}", "--eprofile", "srgb", "--size", "{width}x{height}!", "-o", "{out}"],
    "libvips-thumbnail": ["vipsthumbnail", "{in}", "--size", "{width}x{height}!", "-o", "{out}"],
}


def scaled(scaler, path, size=SMALL):
    """The colours that the real program makes of a file."""
    out = path.replace(".png", "-small.png")
    words = {"in": path, "out": out, "width": size[0], "height": size[1]}
    subprocess.run([w.format(**words) for w in COMMANDS[scaler]], check=True, capture_output=True, timeout=300)
    with Image.open(out) as file:
        return np.asarray(file.convert("RGB")).astype(int)


def profile(primaries, gamma):
    """An ICC profile of version 2: XYZ (D50) of red, green and blue, and a power."""
    def number(v):
        return struct.pack(">i", round(v * 65536))

    def xyz(v):
        return b"XYZ \0\0\0\0" + b"".join(map(number, v))

    name = b"Wide test profile\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = {b"desc": desc, b"cprt": b"text\0\0\0\0none\0\0\0\0", b"wtpt": xyz((0.9642, 1, 0.8249)),
            **{c + b"XYZ": xyz(p) for c, p in zip((b"r", b"g", b"b"), primaries)},
            **{c + b"TRC": curve for c in (b"r", b"g", b"b")}}
    at, table, data = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for tag, content in tags.items():
        content += bytes(-len(content) % 4)
        table += tag + struct.pack(">II", at + len(data), len(content))
        data += content
    head = struct.pack(">I4sI4s4s4s12x4s28x", 128 + len(table) + len(data), b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    head += b"".join(map(number, (0.9642, 1, 0.8249)))
    return head + bytes(128 - len(head)) + table + data


ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))


class FileKinds(GimpCase):
    def export(self, image):
        """As File > Export As does with one's image, defaults throughout."""
        path = os.path.join(self.folder, "export.png")
        self.gimp.do(f"(let* ((i (car (gimp-image-duplicate {image}))) (l (if (> (car (gimp-image-get-layers i)) 1)"
                     " (car (gimp-image-merge-visible-layers i CLIP-TO-IMAGE)) (car (gimp-image-get-active-drawable i)))))"
                     f" (file-png-save RUN-NONINTERACTIVE i l {quote(path)} \"\" 0 9 0 0 0 0 0) (gimp-image-delete i))")
        return path

    def check(self, scaler, mode, options, kind):
        cover = sample("astronaut.png", COVER, mode.rstrip("A"))
        if mode.endswith("A"):
            cover.putalpha(255)
        image, layer = load(self.gimp, self.folder, cover, "cover.png")
        _, target = load(self.gimp, self.folder, gentle(sample("chelsea.png", SMALL, mode.rstrip("A"))), "cat.png")
        result, report = self.bifocal(image, layer, target, scaler=scaler, options=options)
        path = self.export(self.gimp.number(f"(gimp-item-get-image {result})"))
        with Image.open(path) as file:
            self.assertEqual(file.mode, kind)
        view = next(v for v in json.loads(report)["views"] if v["scaler"] == scaler)
        model = view["model"]
        self.assertEqual(model["exactness"], "close")
        shown = scaled(scaler, path)
        wanted = np.asarray(gentle(sample("chelsea.png", SMALL, mode.rstrip("A"))).convert("RGB")).astype(int)
        error = np.abs(shown - wanted)
        said = np.mean([c["mean_error"] for c in view["channels"]])
        exact = (error.max(axis=2) == 0).mean()
        print(f"{scaler} {mode} {options}: {100 * exact:.2f} % exact, {error.mean():.4f} levels off, {error.max()} at most; "
              f"the report: {100 * view['exact_pixels']:.2f} %, {said:.4f}", flush=True)
        # The model's own distance, twice of it where detail is as rich as here.
        self.assertLessEqual(error.mean(), said + 2 * model["mean_error_noise"] + 0.001)
        self.assertLessEqual(error.max(), max(c["max_error"] for c in view["channels"]) + model["max_error"])
        if scaler != "libvips-thumbnail":
            self.assertGreater(exact, 0.99)
            self.assertGreater(view["exact_pixels"], 0.99)


def add_tests():
    for scaler in ("imagemagick-resize", "graphicsmagick-resize", "libvips-thumbnail"):
        # As a layer of the cover's image the result leaves in a file with alpha; as an image of its own as it is.
        for mode, options, kind in (("L", "result=image", "L"), ("RGB", "result=image", "RGB"), ("RGBA", "", "RGBA"),
                                    ("L", "", "LA"), ("RGB", "", "RGBA"), ("RGBA", "result=image", "RGB")):
            def test(self, case=(scaler, mode, options, kind)):
                self.check(*case)
            name = f"{scaler}_{mode}_{'image' if options else 'layer'}".replace("-", "_")
            setattr(FileKinds, "test_" + name, test)


add_tests()


class Profiles(GimpCase):
    def warning(self, icc):
        cover = sample("astronaut.png", (96, 64))
        path = os.path.join(self.folder, "profiled.png")
        cover.save(path, icc_profile=icc)
        image = self.gimp.number(f'(gimp-file-load RUN-NONINTERACTIVE {quote(path)} "")')
        layer = self.gimp.number(f"(gimp-image-get-active-drawable {image})")
        _, target = load(self.gimp, self.folder, gentle(sample("chelsea.png", (24, 16))), "cat.png")
        _, report = self.bifocal(image, layer, target)
        return path, [w for w in json.loads(report)["warnings"] if "profile" in w]

    def test_another_profile_is_warned_of_and_converting_software_reads_other_numbers(self):
        path, warnings = self.warning(profile(ADOBE_RGB, 2.2))
        self.assertEqual(len(warnings), 1)
        print(warnings[0])
        self.assertIn("'Wide test profile'", warnings[0])
        self.assertIn("converts to sRGB before it scales", warnings[0])
        real = [scaled(scaler, path, (24, 16)) for scaler in ("libvips-thumbnail", "libvips-converting")]
        difference = np.abs(real[0] - real[1]).mean()
        print(f"vipsthumbnail, as the numbers are and converting: {difference:.2f} levels apart")
        self.assertGreater(difference, 2, "what the warning says is true")

    def test_srgb_and_none_are_not(self):
        self.assertEqual(self.warning(None)[1], [])
        from PIL import ImageCms
        self.assertEqual(self.warning(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())[1], [])


if __name__ == "__main__":
    unittest.main()
