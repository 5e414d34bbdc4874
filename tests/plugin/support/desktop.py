# SPDX-License-Identifier: LGPL-3.0-or-later
"""A screen of its own (Xvfb) with a window manager (openbox), a keyboard and a mouse (xdotool)."""
import os
import re
import subprocess
import time

ARTEFACTS = os.environ.get("BIFOCAL_ARTEFACTS", "")


class Desktop:
    def __init__(self, width=1280, height=900):
        read_end, write_end = os.pipe()
        self.xvfb = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
            pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            self.display = ":" + pipe.readline().strip()
        self.env = {**os.environ, "DISPLAY": self.display}
        self.openbox = subprocess.Popen(["openbox"], env=self.env, stderr=subprocess.DEVNULL)

    def close(self):
        for process in (self.openbox, self.xvfb):
            process.terminate()
            process.wait()

    def xdotool(self, *words, check=True):
        done = subprocess.run(["xdotool", *map(str, words)], env=self.env, check=check, capture_output=True, text=True)
        return done.stdout.strip()

    def find_window(self, title):
        """The id of a visible window whose title fits the pattern, or None."""
        out = self.xdotool("search", "--onlyvisible", "--name", title, check=False)
        return out.split()[0] if out else None

    def wait_for_window(self, title, seconds=60):
        return self.wait(lambda: self.find_window(title), f"no window '{title}'", seconds)

    def wait_until_closed(self, title, seconds=60):
        self.wait(lambda: not self.find_window(title), f"window '{title}' stayed", seconds)

    def wait(self, condition, complaint, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            value = condition()
            if value:
                return value
            time.sleep(0.05)
        self.screenshot("failed")
        raise AssertionError(complaint)

    def focus(self, window):
        self.xdotool("windowactivate", "--sync", window)

    def key(self, *keys):
        self.xdotool("key", "--delay", 40, *keys)

    def type(self, text):
        self.xdotool("type", "--delay", 20, text)

    def click(self, window, x, y):
        """Left button at a place within a window."""
        self.xdotool("mousemove", "--window", window, x, y, "click", 1)

    def size(self, window):
        geometry = self.xdotool("getwindowgeometry", "--shell", window)
        return tuple(int(re.search(rf"{side}=(\d+)", geometry).group(1)) for side in ("WIDTH", "HEIGHT"))

    def screenshot(self, name):
        """Keeps a picture of the whole screen among the test's artefacts; returns its path."""
        folder = ARTEFACTS or os.path.join("/tmp", f"bifocal-screens-{os.getuid()}")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, name + ".png")
        subprocess.run(["import", "-window", "root", path], env=self.env, check=True)
        return path
