"""Browsers, without a window: all jobs of one call are img elements on one page, and come back in one screenshot. Each class:
`version`, and `resize_all` from (filter, pixels, height, width) jobs to arrays; the only filter is "img"."""
import os
import tempfile

import numpy
import PIL.Image

from peer_libraries import PLAIN
from peer_tools import run, save, shelves


class Browser:
    def resize_all(self, jobs):
        with tempfile.TemporaryDirectory() as folder:
            sources = {}
            for _, pixels, _, _ in jobs:
                if id(pixels) not in sources:
                    sources[id(pixels)] = "%d.png" % len(sources)
                    save(pixels, os.path.join(folder, sources[id(pixels)]))
            corners, wide, high = shelves([(job[3], job[2]) for job in jobs], 1600)
            images = "".join(
                '<img decoding="sync" src="%s" style="position:absolute;left:%dpx;top:%dpx;width:%dpx;height:%dpx">' %
                (sources[id(pixels)], x, y, width, height)
                for (_, pixels, height, width), (x, y) in zip(jobs, corners))
            page, shot = os.path.join(folder, "page.html"), os.path.join(folder, "shot.png")
            with open(page, "w") as file:
                file.write("<!doctype html><style>html,body{margin:0;background:#fff;overflow:hidden}</style>" + images)
            picture = self.settled(page, shot, max(wide, 500), max(high, 300), folder)
            return [picture[y : y + height, x : x + width, PLAIN[pixels.shape[2]]]
                    for (_, pixels, height, width), (x, y) in zip(jobs, corners)]

    def settled(self, page, shot, width, height, folder):
        """The page once two photographs of it are the same: on a busy machine one may be taken before all images are drawn."""
        last = None
        for attempt in range(8):
            own = os.path.join(folder, str(attempt))
            os.mkdir(own)
            self.photograph(page, shot, width, height, own)
            picture = numpy.array(PIL.Image.open(shot).convert("RGBA"))  # on a white page, so nowhere transparent
            if last is not None and numpy.array_equal(picture, last):
                return picture
            last = picture
        raise RuntimeError("the browser draws the page otherwise each time")


class chromium(Browser):
    FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1",
             "--force-color-profile=srgb", "--allow-file-access-from-files", "--disable-checker-imaging",
             "--run-all-compositor-stages-before-draw", "--virtual-time-budget=10000"]

    def __init__(self):
        self.version = run(["chromium", "--version"]).split()[1]

    def photograph(self, page, shot, width, height, folder):
        run(["chromium", *self.FLAGS, "--user-data-dir=" + os.path.join(folder, "profile"),
             "--window-size=%d,%d" % (width, height), "--screenshot=" + shot, "file://" + page])


class firefox(Browser):
    def __init__(self):
        self.version = run(["firefox-esr", "--version"]).split()[-1]

    def photograph(self, page, shot, width, height, folder):
        profile = os.path.join(folder, "profile")
        os.mkdir(profile)
        with open(os.path.join(profile, "user.js"), "w") as file:
            file.write('user_pref("layout.css.devPixelsPerPx", "1.0");\n'
                       'user_pref("gfx.color_management.mode", 0);\n')
        environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        run(["firefox-esr", "--headless", "--no-remote", "--profile", profile,
             "--window-size=%d,%d" % (width, height), "--screenshot", shot, "file://" + page], env=environment)
