# SPDX-License-Identifier: LGPL-3.0-or-later
"""Tests that export images as a person does, File > Export As with GIMP's defaults, and read the files with other programs."""
import json
import os

from PIL import Image

from support.dialog_case import DialogCase
from support.gimp import quote, unquote
from support.pictures import gentle, load, opaque, planes, sample

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
