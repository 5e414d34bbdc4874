#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Each dialog's work is one step of Edit > Undo: the step before it is the next that is taken back."""
import unittest

from faults_case import quote  # it finds the plug-in's tests, too
from support.dialog_case import SETTINGS, VIEWS, DialogCase
from support.pictures import gentle, load, sample


class Undo(DialogCase):
    def test_one_step(self):
        image, cover = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 32))), "cat.png")
        name = lambda: self.gimp.text(f"(gimp-item-get-name {cover})")  # noqa: E731
        first = name()
        for key, title in (("h", SETTINGS), ("m", VIEWS)):
            with self.subTest(title):
                self.gimp.do(f"(gimp-item-set-name {cover} {quote('renamed')})")
                self.gimp.do(f"(gimp-image-clean-all {image})")
                window = self.open_dialog(key, title)
                self.click_ok(window)
                self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer", 120)
                self.close_report(f"undo-{key}")
                self.undo(image, [cover])
                self.assertEqual(name(), "renamed", "one press takes back no more than the result")
                self.assertEqual(self.dirty(image), 0)
                self.desktop.key("ctrl+z")
                self.desktop.wait(lambda: name() == first, "the next press did not take back the step before", 10)


if __name__ == "__main__":
    unittest.main(verbosity=2)
