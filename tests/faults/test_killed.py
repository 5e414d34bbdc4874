#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The plug-in, or GIMP, ended at random moments of a run: image, undo and settings are whole every time."""
import configparser
import hashlib
import os
import random
import re
import shutil
import signal
import tempfile
import time
import unittest

from faults_case import SAMPLES, FaultsCase, bifocal_call
from support.gimp import Gimp, GimpError
from support.pictures import gentle, load, sample

KEYS = {"target-name", "width", "height", "scaler", "appearance", "balance", "options"}
LAST_VALUES = "[last-values]\ntarget-name=cat\nwidth=60\nheight=60\nscaler=pillow-bicubic\nappearance=0\nbalance=100\nfit=stretch\noptions=\n"


def plugin_of(gimp):
    """The process of the plug-in under this GIMP, or None."""
    try:
        with open(f"/proc/{gimp.process.pid}/task/{gimp.process.pid}/children") as file:
            children = file.read().split()
    except OSError:
        return None
    for child in children:
        try:
            if os.readlink(f"/proc/{child}/exe").endswith("/plug-ins/bifocal/bifocal"):
                return int(child)
        except OSError:
            pass
    return None


def alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def processor_time(pid):
    """Seconds that a process has used; 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            user, system = file.read().rsplit(")", 1)[1].split()[11:13]
    except OSError:
        return 0
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class Killed(FaultsCase):
    def setUp(self):
        seed = int(os.environ.get("BIFOCAL_SEED", "0")) or random.SystemRandom().randrange(1, 10**9)
        print(f"BIFOCAL_SEED={seed}")
        self.random = random.Random(seed)
        self.write_last_values(self.gimp)

    def write_last_values(self, gimp):
        with open(os.path.join(gimp.dir, "bifocal-settings"), "w") as file:
            file.write(LAST_VALUES)

    def check_settings(self, gimp_dir):
        """All keys are there: the file is the old one or the new one, never a part of one."""
        parser = configparser.ConfigParser(interpolation=None)
        parser.read(os.path.join(gimp_dir, "bifocal-settings"))
        self.assertLessEqual(KEYS, set(parser["last-values"]))
        self.assertEqual(parser["last-values"]["width"], "60")

    def open_pair(self, gimp):
        image, cover = load(gimp, self.folder, sample("astronaut.png", (400, 400)), "cover.png")
        _, target = load(gimp, self.folder, gentle(sample("chelsea.png", (60, 60))), "cat.png")
        # A step that undo must still know of afterwards cannot be asked for from a script; that nothing was added can.
        gimp.do(f"(gimp-image-clean-all {image})")
        return image, cover, target

    def call(self, image, cover, target):
        return bifocal_call(image, cover, target, 60, 60, mode="RUN-WITH-LAST-VALS")

    def duration(self, gimp):
        """How long the plug-in's process lives in a run that nobody disturbs."""
        image, cover, target = self.open_pair(gimp)
        gimp.send(self.call(image, cover, target))
        pid = self.wait_for(lambda: plugin_of(gimp))
        start = time.monotonic()
        gimp.receive()
        self.wait_for(lambda: not alive(pid))
        self.wanted = self.pixels(gimp, self.layers_of(gimp, image)[0])
        for each in (image, self.image_of(gimp, target)):
            gimp.do(f"(gimp-image-delete {each})")
        return time.monotonic() - start

    def image_of(self, gimp, layer):
        return gimp.number(f"(gimp-item-get-image {layer})")

    def layers_of(self, gimp, image):
        return gimp.ids(f"(gimp-image-get-layers {image})")

    def pixels(self, gimp, layer):
        path = os.path.join(self.folder, "pixels.ppm")
        gimp.do(f'(file-ppm-save RUN-NONINTERACTIVE {self.image_of(gimp, layer)} {layer} "{path}" "{path}" 1)')
        return digest(path)

    def wait_for(self, condition, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if value := condition():
                return value
            time.sleep(0.002)
        self.fail("it took too long")

    def check_image(self, gimp, image, cover, cover_pixels):
        """Either nothing came into the image, or the whole result. Says which."""
        layers = self.layers_of(gimp, image)
        self.assertEqual(self.pixels(gimp, cover), cover_pixels)
        if layers == [cover]:
            self.assertEqual(gimp.number(f"(gimp-image-is-dirty {image})"), 0, "nothing was added to undo")
            self.assertEqual(gimp.number(f"(gimp-image-undo-is-enabled {image})"), 1)
            return False
        self.assertEqual(layers[1:], [cover])
        self.assertEqual(self.pixels(gimp, layers[0]), self.wanted)
        self.assertIn('"bifocal"', gimp.get(f'(car (gimp-item-get-parasite {layers[0]} "bifocal"))'))
        return True

    def test_fatal_signals_are_left_to_the_system(self):
        """A handler that needs malloc's lock waits for ever when the signal came within malloc, which chance seldom finds."""
        fatal = {signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGABRT, signal.SIGBUS, signal.SIGSEGV, signal.SIGFPE}

        def caught(pid):
            with open(f"/proc/{pid}/status") as file:
                mask = int(re.search(r"^SigCgt:\s*([0-9a-f]+)", file.read(), re.MULTILINE).group(1), 16)
            return {each for each in fatal if mask >> (each - 1) & 1}

        image, cover, target = self.open_pair(self.gimp)
        self.gimp.send(self.call(image, cover, target))
        pid = self.wait_for(lambda: plugin_of(self.gimp))
        left = None
        while alive(pid):  # the last look counts: before its own code begins the plug-in has libgimp's
            try:
                now = caught(pid)
            except (FileNotFoundError, ProcessLookupError):
                break
            if alive(pid):  # what has ended catches nothing
                left = now
        self.gimp.receive()
        self.assertEqual(left, set())

    def kill_plugin(self, number, name):
        gimp, kills, late, done = self.gimp, SAMPLES or 100, 0, 0
        duration = min(self.duration(gimp), self.duration(gimp))
        for i in range(kills):
            image, cover, target = self.open_pair(gimp)
            before = self.pixels(gimp, cover)
            gimp.send(self.call(image, cover, target))
            moment = self.random.uniform(0, 1.05 * duration)
            with self.subTest(f"{name} {i} after {moment:.3f} s"):
                pid = self.wait_for(lambda: plugin_of(gimp))
                time.sleep(moment)
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
                try:
                    gimp.receive(60)
                    late += 1
                except GimpError:
                    pass
                done += self.check_image(gimp, image, cover, before)
                self.check_settings(gimp.dir)
            for each in (image, self.image_of(gimp, target)):
                gimp.do(f"(gimp-image-delete {each})")
        self.duration(gimp)  # and all works as before
        print(f"{name}: the plug-in ended {kills} times; {late} times too late, {done} times with the whole result in the image")

    def test_plugin_killed(self):
        self.kill_plugin(signal.SIGKILL, "KILL")

    def test_plugin_terminated(self):
        self.kill_plugin(signal.SIGTERM, "TERM")

    def test_plugin_crashed(self):
        self.kill_plugin(signal.SIGSEGV, "SEGV")

    def test_gimp_killed(self):
        duration = min(self.duration(self.gimp), self.duration(self.gimp))
        folder = tempfile.mkdtemp(prefix="bifocal-killed-")
        self.addCleanup(shutil.rmtree, folder, True)
        shutil.copytree(self.gimp.dir, folder, dirs_exist_ok=True)
        kills = SAMPLES // 2 or 100
        for i in range(kills):
            gimp = Gimp(gimp_dir=folder)
            self.write_last_values(gimp)
            image, cover, target = self.open_pair(gimp)
            files = {name: digest(os.path.join(self.folder, name)) for name in ("cover.png", "cat.png")}
            gimp.send(self.call(image, cover, target))
            moment = self.random.uniform(0, 1.05 * duration)
            with self.subTest(f"GIMP {i} after {moment:.3f} s"):
                pid = self.wait_for(lambda: plugin_of(gimp))
                time.sleep(moment)
                gimp.process.kill()
                gimp.process.wait()
                # The plug-in does not go on alone: counted in its own time, which a busy machine gives out slowly.
                used = processor_time(pid)
                self.wait_for(lambda: not alive(pid) or processor_time(pid) > used + 5, 600)
                self.assertFalse(alive(pid), f"the plug-in works on without GIMP; it used {processor_time(pid) - used:.1f} s")
                self.check_settings(folder)
                self.assertEqual(files, {name: digest(os.path.join(self.folder, name)) for name in files})
            gimp.close()
        gimp = Gimp(gimp_dir=folder)
        self.addCleanup(gimp.close)
        self.duration(gimp)
        print(f"GIMP: ended {kills} times")


if __name__ == "__main__":
    unittest.main(verbosity=2)
