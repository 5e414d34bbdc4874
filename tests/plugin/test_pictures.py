#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Which picture is the cover, and which one the target: proposed, chosen, exchanged, closed, and of which size."""
import os
import time
import unittest

from support.dialog_case import SETTINGS, DialogCase
from support.gimp import quote
from support.pictures import gentle, load, sample


class Pictures(DialogCase):
    def setUp(self):
        super().setUp()
        kept = os.path.join(self.gimp.dir, "bifocal-settings")
        if os.path.exists(kept):
            os.remove(kept)

    def astronaut(self, size=(240, 160)):
        return self.show(sample("astronaut.png", size), "astronaut.png")

    def layer(self, image, picture, name):
        """A picture opened as a layer: on top, and the active one."""
        path = os.path.join(self.folder, name + ".png")
        picture.save(path)
        layer = self.gimp.number(f"(gimp-file-load-layer RUN-NONINTERACTIVE {image} {quote(path)})")
        self.gimp.do(f"(gimp-image-insert-layer {image} {layer} 0 0)")
        return layer

    def confirm(self, image, name):
        """OK; the new layer of this image, the layers of before, and what is kept on it."""
        before = self.layers(image)
        time.sleep(0.5)
        self.desktop.screenshot("pictures-" + name)
        self.click_ok(self.desktop.wait_for_window(SETTINGS))
        self.desktop.wait(lambda: len(self.layers(image)) == len(before) + 1, "no result layer in this image")
        self.close_report("pictures-report-" + name)
        made = next(layer for layer in self.layers(image) if layer not in before)
        return made, self.note(made)

    def assert_above(self, image, layer, below):
        layers = self.layers(image)
        self.assertEqual(layers.index(layer) + 1, layers.index(below), layers)

    def test_a_picture_opened_as_a_layer_is_the_target(self):
        for size, name in (((60, 40), "smaller"), ((240, 160), "as-large")):
            image, cover = self.astronaut()
            self.layer(image, gentle(sample("chelsea.png", size)), "cat")
            self.open_dialog()
            result, note = self.confirm(image, name)
            self.assertEqual(note["settings"]["target"], "cat")
            self.assert_above(image, result, cover)
            self.tearDown()
            self.setUp()

    def test_a_small_image_is_the_target_of_a_large_one(self):
        large, cover = load(self.gimp, self.folder, sample("astronaut.png", (240, 160)), "astronaut.png")
        small, _ = self.show(gentle(sample("chelsea.png", (60, 40))), "cat.png")
        self.open_dialog()
        result, note = self.confirm(large, "large")
        self.assertEqual((note["settings"]["target"], note["settings"]["width"]), ("cat", 60))
        self.assert_above(large, result, cover)
        self.assertEqual(len(self.layers(small)), 1)
        # Last time's target is the active layer again, in the other image: the roles are the same.
        self.open_dialog()
        _, note = self.confirm(large, "large-again")
        self.assertEqual(note["settings"]["target"], "cat")

    def test_a_larger_cover_is_left_alone(self):
        image, cover = self.astronaut()
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (60, 40))), "cat.png")
        load(self.gimp, self.folder, sample("coffee.png", (600, 400)), "coffee.png")
        self.open_dialog()
        result, _ = self.confirm(image, "left-alone")
        self.assert_above(image, result, cover)

    def test_swap_there_and_back(self):
        image, cover = self.astronaut()
        cat, cats_layer = load(self.gimp, self.folder, gentle(sample("chelsea.png", (120, 80))), "cat.png")
        self.open_dialog()
        self.desktop.key("alt+w")
        result, note = self.confirm(cat, "swapped")
        self.assertEqual((note["settings"]["target"], note["settings"]["width"]), ("astronaut", 30))
        self.assert_above(cat, result, cats_layer)
        self.assertEqual(self.layers(image), [cover])
        self.open_dialog()
        self.desktop.key("alt+w", "alt+w")
        _, note = self.confirm(image, "swapped-back")
        self.assertNotEqual(note["settings"]["target"], "astronaut")

    def test_another_cover_brings_its_selection_and_its_result(self):
        image, cover = self.astronaut()
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (60, 40))), "cat.png")
        other, others_layer = load(self.gimp, self.folder, sample("coffee.png", (300, 200)), "coffee.png")
        self.gimp.do(f"(gimp-image-select-rectangle {other} CHANNEL-OP-REPLACE 0 0 150 200)")
        window = self.open_dialog()
        self.desktop.key("alt+t", "End")  # the cat; the newest image is the first
        self.choose_cover(window, "Home")
        result, note = self.confirm(other, "another-cover")
        self.assert_above(other, result, others_layer)
        self.assertIn("selection", " ".join(note["report"]["notes"]))
        self.assertEqual(self.layers(image), [cover])

    def choose_cover(self, window, key):
        self.desktop.focus(window)
        self.desktop.key("alt+e", key)

    def test_an_indexed_cover_is_explained(self):
        image, cover = self.astronaut()
        indexed, layer = load(self.gimp, self.folder, gentle(sample("chelsea.png", (120, 80))), "cat.png")
        self.gimp.do(f"(gimp-image-convert-indexed {indexed} CONVERT-DITHER-NONE CONVERT-PALETTE-GENERATE 16 FALSE FALSE \"\")")
        self.open_dialog()
        self.desktop.key("alt+w")
        time.sleep(0.5)
        self.desktop.screenshot("pictures-indexed")
        self.click_ok(self.desktop.wait_for_window(SETTINGS))
        time.sleep(1)
        self.assertTrue(self.desktop.find_window(SETTINGS), "it cannot be confirmed")
        self.desktop.key("alt+w")
        self.confirm(image, "not-indexed")
        self.assertEqual(self.layers(indexed), [layer])

    def test_a_cover_that_was_closed_is_not_replaced_unasked(self):
        other, others_layer = load(self.gimp, self.folder, sample("coffee.png", (300, 200)), "coffee.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (60, 40))), "cat.png")
        image, _ = self.astronaut()
        window = self.open_dialog()
        self.gimp.do(f"(gimp-display-delete {self.displays.pop()})")
        time.sleep(2.5)  # the lists look every second
        self.desktop.screenshot("pictures-closed")
        self.desktop.focus(window)
        self.click_ok(self.desktop.wait_for_window(SETTINGS))
        time.sleep(1)
        self.assertTrue(self.desktop.find_window(SETTINGS), "without a cover it cannot be confirmed")
        self.choose_cover(window, "End")
        result, _ = self.confirm(other, "closed-other")
        self.assert_above(other, result, others_layer)

    def test_sizes_by_the_longest_side(self):
        image, _ = self.astronaut()
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (60, 40))), "cat.png")
        self.open_dialog()
        self.desktop.key("alt+z", "Home", "Down")
        _, note = self.confirm(image, "size-96")
        self.assertEqual((note["settings"]["width"], note["settings"]["height"]), (96, 64))
        self.open_dialog()
        self.desktop.key("alt+z", *["Down"] * 9)  # what is not smaller than the cover is passed over
        self.desktop.key("Up", "Up")
        _, note = self.confirm(image, "size-180")
        self.assertEqual((note["settings"]["width"], note["settings"]["height"]), (180, 120))


if __name__ == "__main__":
    unittest.main(verbosity=2)
