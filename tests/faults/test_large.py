#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""A cover of 16384x16384 pixels, in a real GIMP: pixel by pixel within 8 GB; to the eye within 24 GB, or a refusal that comes
before anything is done. Part of run-long.sh only."""
import re
import threading
import time
import unittest

from faults_case import FaultsCase, bifocal_call
from support.gimp import GimpError
from support.pictures import gentle, load, sample
from test_killed import plugin_of

SIDE, SMALL = 16384, 1024


class Large(FaultsCase):
    def setUp(self):
        self.image, self.cover = load(self.gimp, self.folder, sample("astronaut.png", (512, 512)), "cover.png")
        self.gimp.do(f"(gimp-image-scale {self.image} {SIDE} {SIDE})", 1800)
        self.gimp.do(f"(gimp-image-clean-all {self.image})")
        _, self.target = load(self.gimp, self.folder, gentle(sample("chelsea.png", (SMALL, SMALL)), 90, 165), "cat.png")
        self.peak = 0

    def watch(self):
        """Notes the plug-in's peak of memory while it lives."""
        while not self.done:
            try:
                with open(f"/proc/{plugin_of(self.gimp)}/status") as file:
                    self.peak = max(self.peak, int(re.search(r"VmHWM:\s*(\d+)", file.read()).group(1)) * 1024)
            except (OSError, AttributeError):
                pass
            time.sleep(0.1)

    def run_watched(self, call):
        self.done = False
        watcher = threading.Thread(target=self.watch)
        watcher.start()
        start = time.monotonic()
        try:
            return self.gimp.do(call, 4 * 3600)
        finally:
            self.done = True
            watcher.join()
            print(f"{SIDE}x{SIDE}: {time.monotonic() - start:.0f} s, the plug-in's peak {self.peak / 1e9:.2f} GB")

    def test_pixel_by_pixel(self):
        answer = self.run_watched(bifocal_call(self.image, self.cover, self.target))
        self.assertEqual(len(self.layers(self.image)), 2)
        self.assertIn("exact_pixels", answer)
        self.assertLess(self.peak, 8e9)

    def test_to_the_eye(self):
        try:
            self.run_watched(bifocal_call(self.image, self.cover, self.target, appearance=1))
        except GimpError as refusal:
            print(refusal)
            self.assertIn("There is not enough memory for this: it needs about ", str(refusal))
            self.assertEqual(self.layers(self.image), [self.cover])
            self.assertEqual(self.gimp.number(f"(gimp-image-is-dirty {self.image})"), 0)
            self.assertLess(self.peak, 1e9, "nothing was read")
        else:
            self.assertLess(self.peak, 24e9)


if __name__ == "__main__":
    unittest.main(verbosity=2)
