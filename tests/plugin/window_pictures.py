#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Makes the pictures of the windows anew that the README and the help show, in real GIMP; run by hand with BIFOCAL_BUILD set when
a window has changed."""
import os
import subprocess
import time

from PIL import Image

from support.dialog_case import REPORT, VIEWS, LooksCase
from support.pictures import load, sample

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
DEMO, HELP = os.path.join(ROOT, "gimp-plugin", "demo"), os.path.join(ROOT, "gimp-plugin", "help", "en")


class Windows(LooksCase):
    FONT = 10

    def take(self, window, *paths):
        """The window with its title bar, in few colours."""
        self.desktop.xdotool("mousemove", 2, 2)  # no tooltip
        time.sleep(1)
        path = os.path.join(self.folder, "window.png")
        subprocess.run(["import", "-frame", "-window", str(window), path], env=self.desktop.env, check=True)
        with Image.open(path) as file:
            picture = file.convert("RGB")
        for path in paths:
            picture.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
            print(path, picture.size)

    def settle(self):
        """Until the screen stays as it is for three seconds."""
        last, since = None, time.monotonic()
        while time.monotonic() - since < 3:
            time.sleep(0.5)
            with Image.open(self.desktop.screenshot("window")) as screen:
                now = screen.tobytes()
            if now != last:
                last, since = now, time.monotonic()

    def test_pictures(self):
        load(self.gimp, self.folder, sample("chelsea.png", (128, 128)), "cat.png")
        self.show(sample("astronaut.png", (512, 512)), "astronaut.png")
        window = self.open_dialog()
        self.settle()
        self.take(window, os.path.join(DEMO, "dialog.png"), os.path.join(HELP, "hide.png"))
        self.desktop.key("Return")
        window = self.desktop.wait_for_window(REPORT)
        self.settle()
        self.take(window, os.path.join(DEMO, "result-page.png"), os.path.join(HELP, "result.png"))
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(REPORT)
        self.show(sample("astronaut.png", (512, 512)), "another.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "Down", "alt+m", "End")  # seven programs, to the eye
        self.settle()
        self.take(window, os.path.join(HELP, "views.png"))


if __name__ == "__main__":
    import unittest
    unittest.main(verbosity=2)
