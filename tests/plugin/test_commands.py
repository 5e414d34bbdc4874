#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Cancel, Stop and Keep, and an image that is closed while the plug-in works, through the real windows."""
import os
import time
import unittest

from support.dialog_case import MESSAGE, REPORT, WORK, DialogCase
from support.pictures import gentle, load, sample

LAST_VALUES = """[last-values]
target-name=
width=0
height=0
scaler=pillow-bicubic
appearance=1
balance=100
fit=stretch
options={options}
"""


class Commands(DialogCase):
    def remember(self, options):
        """The last run's settings, as the plug-in keeps them."""
        with open(os.path.join(self.gimp.dir, "bifocal-settings"), "w") as file:
            file.write(LAST_VALUES.format(options=options))

    def start(self, side, small, options):
        self.remember(options)
        image, cover = self.show(sample("astronaut.png", (512, 512)), "cover.png", side)
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (small, small))), "cat.png")
        window = self.open_dialog()
        self.targets_own_size()
        self.click_ok(window)
        self.desktop.focus(self.desktop.wait_for_window(WORK))
        return image, cover

    def assert_unchanged(self, image, cover):
        time.sleep(1)
        self.assertEqual(self.layers(image), [cover])
        self.assertEqual(self.dirty(image), 0)

    def test_cancel_in_each_phase_leaves_no_layer(self):
        # The window's title says the phase; one that was over before the key arrived is tried again.
        for phase in ("Planning", "Solving", "Checking"):
            for _ in range(3):
                image, cover = self.start(2048, 256, "jpeg=85 iterations=8")
                self.desktop.wait_for_window(f"{phase}: Bifocal at Work$", 300)
                self.desktop.key("Escape")
                self.desktop.wait_until_closed(WORK)
                time.sleep(1)
                if not self.desktop.find_window(REPORT):
                    break
                self.close_report("too-late")
            self.assert_unchanged(image, cover)
            self.tearDown()
            self.setUp()

    def test_stop_and_keep_while_planning(self):
        image, cover = self.start(1024, 256, "iterations=2000")
        self.desktop.key("alt+s")
        self.desktop.wait_until_closed(WORK, 120)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer")
        report = self.note(self.layers(image)[0])["report"]
        self.assertEqual(report["outcome"], "stopped")
        self.close_report("report-stopped")

    def close_while_working(self, image):
        self.gimp.do(f"(gimp-display-delete {self.displays.pop()})")
        self.desktop.wait(lambda: image not in self.images(), "the image stayed", 30)

    def test_closing_the_image_cancels(self):
        # Minutes of work, if it went on: annealing does not end when little is gained.
        image, _ = self.start(1024, 256, "algorithm=annealing")
        self.desktop.wait_for_window("Solving: Bifocal at Work$", 300)
        self.desktop.screenshot("progress-eye")
        self.close_while_working(image)
        self.desktop.wait_until_closed(WORK, 30)
        self.desktop.wait_for_window(MESSAGE)
        self.desktop.screenshot("image-closed-while-working")

    def test_closing_the_image_cancels_without_a_window(self):
        image, cover = self.start(256, 64, "iterations=2")
        self.close_report("report")
        self.remember("algorithm=annealing")
        image, _ = self.show(sample("coffee.png", (512, 512)), "large.png", 1024)
        self.desktop.focus(self.main)
        self.desktop.key("ctrl+f")
        time.sleep(5)
        self.desktop.screenshot("working-without-a-window")
        self.close_while_working(image)
        self.desktop.wait_for_window(MESSAGE, 30)
        self.desktop.screenshot("image-closed-without-a-window")


if __name__ == "__main__":
    unittest.main(verbosity=2)
