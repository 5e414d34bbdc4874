#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Every bad input gets a message that says what to do, and changes nothing."""
import os
import unittest

from support.case import GimpCase
from support.gimp import Gimp, GimpError
from support.pictures import gentle, load, sample


class Refusals(GimpCase):
    def setUp(self):
        self.image, self.cover = self.open("cover", lambda: sample("astronaut.png", (96, 64)))
        self.other, self.target = self.open("target", lambda: gentle(sample("chelsea.png", (24, 16))))

    def state(self):
        return [(i, self.layers(i), self.gimp.number(f"(gimp-image-is-dirty {i})"),
                 self.gimp.get(f"(gimp-selection-bounds {i})")) for i in self.images()]

    def assert_refused(self, words, **changes):
        """The call fails with a message that holds `words`, and leaves all images as they were."""
        call = {"image": self.image, "cover": self.cover, "target": self.target, **changes}
        before = self.state()
        with self.assertRaises(GimpError) as refusal:
            self.bifocal(**call)
        self.assertIn(words, str(refusal.exception))
        self.assertEqual(self.state(), before)

    def clean(self):
        self.gimp.do(f"(gimp-image-clean-all {self.image})")

    def test_no_target(self):
        self.assert_refused("There is no target layer", target=-1)

    def test_no_second_layer_with_last_values(self):
        for image in (self.other, *self.originals.values()):
            self.gimp.do(f"(gimp-image-delete {image})")
        self.originals.clear()
        self.assert_refused("There is no target layer", target=-1, mode="RUN-WITH-LAST-VALS")

    def test_target_is_the_cover(self):
        self.assert_refused("same layer as the cover", target=self.cover)

    def test_target_was_deleted(self):
        self.gimp.do(f"(gimp-image-delete {self.other})")
        self.assert_refused("target")

    def test_size_larger_than_the_cover(self):
        self.assert_refused("The small image (97x16 pixels) is larger than the cover (96x64)", width=97, height=16)
        self.assert_refused("The small image (24x65 pixels) is larger", width=24, height=65)

    def test_size_of_the_cover(self):
        self.assert_refused("must be smaller than the cover", width=96, height=64)

    def test_targets_own_size_larger_than_the_cover(self):
        _, big = load(self.gimp, self.folder, sample("chelsea.png", (200, 100)), "big.png")
        self.assert_refused("The small image (200x100 pixels) is larger", target=big)

    def test_negative_size(self):
        self.assert_refused("must be 1 pixel or more", width=-3, height=16)

    def test_indexed_image(self):
        self.gimp.do(f'(gimp-image-convert-indexed {self.image} CONVERT-DITHER-NONE CONVERT-PALETTE-GENERATE 16 FALSE FALSE "")')
        self.clean()
        self.assert_refused("Image > Mode > RGB")

    def test_empty_groups(self):
        group = self.gimp.number(f"(gimp-layer-group-new {self.image})")
        self.gimp.do(f"(gimp-image-insert-layer {self.image} {group} 0 0)")
        self.clean()
        self.assert_refused("is a layer group without layers", cover=group)
        self.assert_refused("is a layer group without layers", target=group)

    def test_channel(self):
        channel = self.gimp.number(f'(gimp-channel-new {self.image} 96 64 "c" 50 (list 0 0 0))')
        self.gimp.do(f"(gimp-image-insert-channel {self.image} {channel} 0 0)")
        self.clean()
        self.assert_refused("The cover is a channel", cover=channel)
        self.assert_refused("The target is a channel", target=channel)

    def test_floating_selection(self):
        self.gimp.do(f"(gimp-image-select-rectangle {self.image} CHANNEL-OP-REPLACE 5 5 20 20)")
        self.gimp.do(f"(gimp-selection-float {self.cover} 0 0)")
        self.clean()
        self.assert_refused("Anchor it")

    def test_selection_beside_the_layer(self):
        self.gimp.do(f"(gimp-layer-set-offsets {self.cover} 50 0)")
        self.gimp.do(f"(gimp-image-select-rectangle {self.image} CHANNEL-OP-REPLACE 0 0 20 20)")
        self.clean()
        self.assert_refused("The selection does not touch the cover layer")

    def test_unknown_scaler_lists_the_known(self):
        self.assert_refused("pillow-lanczos", scaler="photoshop")
        self.assert_refused("photoshop", scaler="photoshop")
        self.assert_refused("pillow-lanczos", scaler="")

    def test_balance_out_of_range(self):
        self.assert_refused("between 0 (keep the cover) and 100", balance=100.5)
        self.assert_refused("between 0 (keep the cover) and 100", balance=-1)

    def test_appearance_out_of_range(self):
        self.assert_refused("must be 0 (pixel by pixel) or 1 (to the eye)", appearance=2)

    def test_any_thumbnail_needs_the_eye(self):
        self.assert_refused("to the eye only", scaler="any")

    def test_unknown_options(self):
        self.assert_refused("colour", options="colour=blue")
        self.assert_refused("target-strength, fit", options="colour=blue")  # a script hears of the plug-in's own keys
        self.assert_refused("fit=stretch, fit=inside or fit=fill", options="fit=tight")

    def test_interactive_without_a_display(self):
        self.assert_refused("there is no display", mode="RUN-INTERACTIVE")

    def test_cover_of_another_image(self):
        self.assert_refused("does not belong to the image", cover=self.target, target=self.cover)

    def test_unknown_run_mode(self):
        self.assert_refused("run mode", mode="7")


class NoMemory(GimpCase):
    """The plug-in's process gets little memory: it says so, and GIMP lives on."""

    @classmethod
    def start_gimp(cls):
        gimp = Gimp()
        plugin = os.path.join(gimp.dir, "plug-ins", "bifocal", "bifocal")
        os.rename(plugin, plugin + "-itself")
        with open(plugin, "w") as script:
            script.write(f'#!/bin/sh\nulimit -v {cls.LIMIT_KIB}\nexec "$0-itself" "$@"\n')
        os.chmod(plugin, 0o755)
        return gimp

    LIMIT_KIB = 900_000

    def test_message(self):
        image, cover = load(self.gimp, self.folder, sample("astronaut.png", (64, 64)), "cover.png")
        _, target = load(self.gimp, self.folder, gentle(sample("chelsea.png", (16, 16))), "cat.png")
        self.bifocal(image, cover, target)  # the limit leaves room for small work
        image = self.gimp.number("(gimp-image-new 20000 20000 RGB)")
        cover = self.gimp.number(f'(gimp-layer-new {image} 20000 20000 RGB-IMAGE "large" 100 LAYER-MODE-NORMAL)')
        self.gimp.do(f"(gimp-image-insert-layer {image} {cover} 0 0)")
        self.gimp.do(f"(gimp-image-clean-all {image})")
        with self.assertRaises(GimpError) as refusal:
            self.bifocal(image, cover, target, 1000, 1000)
        self.assertIn("not enough memory", str(refusal.exception))
        self.assertEqual(self.layers(image), [cover])
        self.assertEqual(self.gimp.number(f"(gimp-image-is-dirty {image})"), 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
