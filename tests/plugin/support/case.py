# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the plug-in's tests have in common: one GIMP for a class, and calls of the procedure."""
import json
import shutil
import tempfile
import unittest

from .gimp import Gimp, quote, unquote
from .pictures import load


class GimpCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="bifocal-test-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.gimp = cls.start_gimp()
        cls.addClassCleanup(cls.gimp.close)
        cls.originals = {}

    @classmethod
    def start_gimp(cls):
        return Gimp()

    def tearDown(self):
        # Every test begins without open images.
        for image in self.images():
            self.gimp.do(f"(gimp-image-delete {image})")

    def images(self):
        """Those of this test."""
        return [i for i in self.gimp.ids("(gimp-image-list)") if i not in self.originals.values()]

    def open(self, key, picture, precision=150):
        """An image with this picture and its layer: read from a file once, then copied, which takes less time."""
        if key not in self.originals:
            self.originals[key], _ = load(self.gimp, self.folder, picture(), "original.png")
        image = self.gimp.number(f"(gimp-image-duplicate {self.originals[key]})")
        if precision != 150:
            self.gimp.do(f"(gimp-image-convert-precision {image} {precision})")
        self.gimp.do(f"(gimp-image-clean-all {image})")
        return image, self.layers(image)[0]

    def bifocal(self, image, cover, target, width=0, height=0, scaler="pillow-bicubic", appearance=0, balance=100,
                options="", mode="RUN-NONINTERACTIVE"):
        """Calls plug-in-bifocal; returns the new layer's id and the report's text."""
        answer = self.gimp.do(
            f"(plug-in-bifocal {mode} {image} {cover} {target} {width} {height} {quote(scaler)} {appearance} "
            f"{balance} {quote(options)})")
        layer, report = answer[1:-1].split(" ", 1)
        return int(layer), unquote(report)

    def note(self, layer):
        """The settings and the report that are kept on the layer."""
        return json.loads(unquote(self.gimp.get(f'(caddr (car (gimp-item-get-parasite {layer} "bifocal")))')))

    def layers(self, image):
        """From the top down."""
        return self.gimp.ids(f"(gimp-image-get-layers {image})")
