#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The files in GIMP's folder that hold last values, broken in every way: the work goes on or says what to do, and what was
there is never lost by half."""
import json
import os
import shutil
import stat
import subprocess
import unittest

from faults_case import FaultsCase, bifocal_call, reveal_call, views_call
from support.dialog_case import MESSAGE, REVEAL, VIEWS, DialogCase
from support.gimp import Gimp, GimpError
from support.pictures import gentle, load, sample
from test_calls import NOT_FOR_USERS

FILES = ["bifocal-settings", "bifocal-views", "bifocal-reveal", "bifocal-reports", "bifocal-views-presets"]
WHOLE = {
    "bifocal-settings": "[last-values]\ntarget-name=cat\nwidth=12\nheight=8\nscaler=pillow-box\nappearance=0\nbalance=100\nfit=stretch\noptions=\n",
    "bifocal-views": '{"appearance":0,"balance":100.0,"options":"","views":[{"target":"cat","width":12,"height":8,"scaler":"pillow-box","weight":1.0}]}',
    "bifocal-reveal": "24\npillow-bicubic opencv-linear\n",
    "bifocal-reports": "warnings",
    "bifocal-views-presets": '{"presets":[{"name":"Small","settings":"{}"}]}',
}
NOISE = bytes((i * 7919 + i // 251) % 256 for i in range(5000))


def broken(name):
    """What may be found in a file of this name after a crash, a bad disk or a hand that slipped."""
    whole = WHOLE[name].encode()
    yield "empty", b""
    yield "noise", NOISE
    yield "zeros", bytes(5000)
    yield "broken UTF-8", whole.replace(b"pillow", b"p\xff\xfe\xc3")
    yield "huge noise", NOISE * 4000
    yield "one long line", b"a" * 5_000_000
    for share in (1, 2, 3):
        yield f"{share}/4 of it", whole[:len(whole) * share // 4]
    for old, new in ((b"100", b"nan"), (b"100", b"-1e999"), (b"12", b"99999999999999999999"), (b"12", b"-5"), (b"12", b"x"), (b"pillow-box", b"gone-scaler"),
                     (b"pillow-box", b""), (b"options=", b"options=colour=blue"), (b'"options":""', b'"options":"gap=x"'), (b'"options":""', b'"options":7'),
                     (b'"views":[', b'"views":[' + b"[" * 20000), (b"24", b"-3 x 1e9"), (b"24", b"24 " * 20000), (b"cat", b"cat" * 100000)):
        if old in whole:
            yield f"{old[:12]!r} as {new[:20]!r}", whole.replace(old, new, 1)


def others_of(name, folder):
    """What was begun beside a file and left."""
    return [f for f in os.listdir(folder) if f.startswith(name) and f not in WHOLE]


class SettingsFiles(FaultsCase):
    def setUp(self):
        self.image, self.cover = load(self.gimp, self.folder, sample("astronaut.png", (96, 64)), "cover.png")
        _, self.target = load(self.gimp, self.folder, gentle(sample("chelsea.png", (24, 16))), "cat.png")
        self.put_all(self.gimp.dir)

    def put_all(self, folder):
        for name, text in WHOLE.items():
            with open(os.path.join(folder, name), "w") as file:
                file.write(text)

    def calls(self, image, cover, target):
        last = "RUN-WITH-LAST-VALS"
        return {
            "bifocal-settings": bifocal_call(image, cover, target, mode=last),
            "bifocal-views": views_call(image, cover, "0 #()", "0 #()", "0 #()", "0 '()", "0 #()", mode=last),
            "bifocal-reveal": reveal_call(image, cover, "0 #()", '""', mode=last),
        }

    def run_or_sentence(self, gimp, call):
        """The call's answer, or None after a message for a person."""
        before = self.state(gimp)
        try:
            return gimp.do(call, 120)
        except GimpError as e:
            self.assertRegex(str(e), r"[a-z]{3,} [a-z]{2,} [a-z]{2,}")
            self.assertLess(len(str(e)), 3000)
            self.assertIsNone(NOT_FOR_USERS.search(str(e)), str(e))
            self.assertEqual(self.state(gimp), before)
            return None

    def forget(self, gimp, known):
        for image in gimp.ids("(gimp-image-list)"):
            if image not in known:
                gimp.do(f"(gimp-image-delete {image})")

    def test_broken_contents(self):
        good = bad = 0
        for name, call in self.calls(self.image, self.cover, self.target).items():
            path = os.path.join(self.gimp.dir, name)
            for what, content in broken(name):
                with self.subTest(f"{name}: {what}"):
                    with open(path, "wb") as file:
                        file.write(content)
                    known = self.gimp.ids("(gimp-image-list)")
                    if self.run_or_sentence(self.gimp, call) is None:
                        bad += 1
                        with open(path, "rb") as file:
                            now = file.read()
                        if now != content:  # it was read, and written again as it was understood
                            self.assertEqual(name, "bifocal-views")
                            json.loads(now)
                    else:
                        good += 1
                    self.forget(self.gimp, known)
            self.put_all(self.gimp.dir)
            self.assertIsNotNone(self.run_or_sentence(self.gimp, call), "whole again, it works")
        print(f"broken files: {good} runs went on, {bad} said why not")

    def test_folder_in_the_files_place(self):
        # Root may write to files that are read-only; a folder in their place nobody can.
        for name, call in self.calls(self.image, self.cover, self.target).items():
            path = os.path.join(self.gimp.dir, name)
            os.remove(path)
            os.mkdir(path)
            self.addCleanup(lambda path=path: os.path.isdir(path) and os.rmdir(path))
            with self.subTest(name):
                self.run_or_sentence(self.gimp, call)
                self.assertEqual(os.listdir(path), [])
                self.assertEqual(others_of(name, self.gimp.dir), [], "no half of a file is left")

    def check_nothing_written(self, gimp, what):
        image, cover = load(gimp, self.folder, sample("astronaut.png", (96, 64)), "cover.png")
        _, target = load(gimp, self.folder, gentle(sample("chelsea.png", (24, 16))), "cat.png")
        for name, call in self.calls(image, cover, target).items():
            with self.subTest(f"{what}: {name}"):
                self.assertIsNotNone(self.run_or_sentence(gimp, call), "the work does not need the file")
                with open(os.path.join(gimp.dir, name)) as file:
                    self.assertEqual(file.read(), WHOLE[name], "the old values are whole")
                self.assertEqual(others_of(name, gimp.dir), [], "no half of a file is left")

    def test_full_disk(self):
        folder = os.path.join(self.folder, "disk")
        os.mkdir(folder)
        mounted = os.getuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], capture_output=True).returncode == 0
        if mounted:
            self.addCleanup(subprocess.run, ["umount", "-l", folder])
        gimp = Gimp(gimp_dir=folder)
        self.addCleanup(gimp.close)
        self.put_all(folder)
        if mounted:
            with open(os.path.join(folder, "fill"), "wb", buffering=0) as file:
                with self.assertRaises(OSError):
                    while True:
                        file.write(bytes(1024))
            self.check_nothing_written(gimp, "a full disk")
        print(f"full disk: {'a tmpfs' if mounted else 'not mounted here (needs root); the limit of file sizes stands for it'}")

    def test_no_file_may_grow(self):
        """As a full disk or a quota: each write is refused (EFBIG). Needs no root."""
        gimp = Gimp()
        self.addCleanup(gimp.close)
        plugin = os.path.join(gimp.dir, "plug-ins", "bifocal", "bifocal")
        os.rename(plugin, plugin + "-itself")
        with open(plugin, "w") as script:
            script.write('#!/bin/bash\ntrap "" XFSZ\nulimit -f 0\nexec "$0-itself" "$@"\n')
        os.chmod(plugin, os.stat(plugin + "-itself").st_mode | stat.S_IXUSR)
        self.put_all(gimp.dir)
        self.check_nothing_written(gimp, "no file may grow")


class Dialogs(DialogCase):
    """The windows over broken files."""

    def break_all(self, how):
        for name in FILES:
            path = os.path.join(self.gimp.dir, name)
            if os.path.isdir(path):
                os.rmdir(path)
            elif os.path.exists(path):
                os.remove(path)
            if how == "folder":
                os.mkdir(path)
            else:
                with open(path, "wb") as file:
                    file.write(NOISE if how == "noise" else WHOLE[name].encode()[:len(WHOLE[name]) // 2])

    def test_dialogs_open_and_work(self):
        image, cover = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 32))), "cat.png")
        for count, how in enumerate(("noise", "cut", "folder")):
            with self.subTest(how):
                self.break_all(how)
                window = self.open_dialog()
                self.click_ok(window)
                self.desktop.wait(lambda: len(self.layers(image)) == count + 2, "no result layer", 120)
                self.close_report(f"broken-{how}")
                for key, title in (("m", VIEWS), ("r", REVEAL)):
                    self.break_all(how)
                    self.open_dialog(key, title)
                    self.desktop.key("Escape")
                    self.desktop.wait_until_closed(title)
                self.assertFalse(self.desktop.find_window(MESSAGE), "nothing to say")
        shutil.rmtree(os.path.join(self.gimp.dir, FILES[0]), True)


if __name__ == "__main__":
    unittest.main(verbosity=2)
