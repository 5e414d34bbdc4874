#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The real dialogs in a window, typed and clicked; pictures of the screen are kept as artefacts."""
import os
import time
import unittest

import numpy as np
from PIL import Image

from support.dialog_case import MESSAGE, REPORT, REVEAL, SETTINGS, WORK, DialogCase
from support.gimp import Gimp
from support.pictures import gentle, load, sample


class Dialogs(DialogCase):
    def test_typed_and_clicked_then_undone_then_last_values(self):
        image, cover = self.show(sample("astronaut.png", (256, 256)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        self.open_menu()
        self.desktop.screenshot("menu")
        self.desktop.key(*["Escape"] * 4)
        window = self.open_dialog()
        self.own_size(50)  # the chain makes the height 50, too
        self.scaler("pillow lanczos", window)
        self.desktop.key("alt+x")  # pixel by pixel
        self.desktop.screenshot("settings")
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer")
        result = self.layers(image)[0]
        self.desktop.wait_until_closed(WORK)
        self.desktop.screenshot("result")
        self.assertEqual(self.gimp.text(f"(gimp-item-get-name {result})"), "cat 50x50 pillow-lanczos")
        self.desktop.wait_for_window(REPORT)
        self.undo(image, [cover])
        self.assertEqual(self.dirty(image), 0, "one step back is all the way back")
        self.close_report("report")
        self.assertFalse(self.desktop.find_window(MESSAGE), "an undone layer does no harm to the report's end")

        # Another GIMP, later: the last values are still there, the size in the new cover's shape.
        later = Gimp(gimp_dir=self.gimp.dir)
        self.addCleanup(later.close)
        image, cover = load(later, self.folder, sample("coffee.png", (128, 96)), "coffee.png")
        load(later, self.folder, gentle(sample("rocket.jpg", (64, 48))), "other.png")
        load(later, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        later.do(f'(plug-in-bifocal RUN-WITH-LAST-VALS {image} {cover} -1 0 0 "" 0 0 "")')
        result = later.ids(f"(gimp-image-get-layers {image})")[0]
        self.assertEqual(later.text(f"(gimp-item-get-name {result})"), "cat 50x38 pillow-lanczos")

    def test_to_the_eye_is_offered_and_works(self):
        image, _ = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 32))), "cat.png")
        window = self.open_dialog()
        self.desktop.key("alt+r")  # Reset: what a first use shows
        time.sleep(0.5)
        self.desktop.screenshot("settings-eye")
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer")
        note = self.note(self.layers(image)[0])
        self.assertEqual(note["settings"]["appearance"], 1)
        self.assertEqual(note["report"]["appearance"][0]["shows"], "cover")
        self.assertEqual(note["report"]["outcome"], "solved")
        self.assertFalse(note["report"]["warnings"])
        self.close_report("report-eye")
        self.assertFalse(self.desktop.find_window(MESSAGE), "nothing to warn of")

    def test_survives_jpeg_is_kept_and_reports_can_be_silenced(self):
        image, _ = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 32))), "cat.png")
        window = self.open_dialog()
        self.desktop.key("alt+r")
        self.more()
        self.desktop.key("alt+j", "Tab")
        self.desktop.key("ctrl+a")
        self.desktop.type("90")
        self.desktop.key("Tab")
        time.sleep(0.5)
        self.desktop.screenshot("settings-jpeg")
        self.click_ok(window)
        self.desktop.focus(self.desktop.wait_for_window(REPORT))
        self.desktop.screenshot("report-jpeg")
        self.desktop.key("alt+s", "Escape")  # no more reports without warnings
        self.desktop.wait_until_closed(REPORT)
        note = self.note(self.layers(image)[0])
        self.assertEqual(note["settings"]["options"], "jpeg=90")
        self.assertIn("after JPEG 90", " ".join(s["name"] for s in note["report"]["appearance"]))
        window = self.open_dialog()  # as it was left
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == 3, "no second result layer")
        self.assertEqual(self.note(self.layers(image)[0])["settings"]["options"], "jpeg=90")
        time.sleep(1)
        self.assertFalse(self.desktop.find_window(REPORT), "the user wants warnings only")
        os.remove(os.path.join(self.gimp.dir, "bifocal-reports"))

    def test_a_target_out_of_reach_is_brought_into_reach(self):
        image, _ = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        checks = Image.fromarray(np.kron(np.indices((8, 8)).sum(0) % 2 * 255, np.ones((4, 4))).astype(np.uint8)).convert("RGB")
        load(self.gimp, self.folder, checks, "checks.png")
        window = self.open_dialog()
        self.desktop.key("alt+r")
        self.desktop.key("alt+x")  # pixel by pixel
        self.more()
        self.desktop.key("alt+a")
        time.sleep(0.5)
        self.desktop.screenshot("settings-reach")
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer")
        note = self.note(self.layers(image)[0])
        self.assertEqual(note["settings"]["options"], "out-of-reach=fit")
        self.assertIn("contrast was lowered", " ".join(note["report"]["warnings"]))
        self.assertEqual([v["unreached"] for v in note["report"]["views"] if v["scaler"]], [0])

    def test_windows_of_two_runs_lie_beside_each_other(self):
        self.show(sample("astronaut.png", (128, 128)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 32))), "cat.png")
        for runs in (1, 2):
            self.open_menu()
            self.desktop.key("r")
            found = self.desktop.wait(lambda: (w := self.desktop.xdotool("search", "--onlyvisible", "--name", REVEAL, check=False).split())
                                      and len(w) == runs and w, f"{runs} windows")
            time.sleep(1)
            places = {self.desktop.xdotool("getwindowgeometry", w).split("Position:")[1].split()[0] for w in found}
        self.desktop.screenshot("two-runs")
        self.assertEqual(len(places), 2, places)

    def test_wrong_values_cannot_be_confirmed(self):
        image, cover = self.show(sample("astronaut.png", (64, 64)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (16, 16))), "cat.png")
        window = self.open_dialog()
        self.own_size(64)
        self.desktop.screenshot("settings-refused")
        self.click_ok(window)
        time.sleep(1)
        self.assertTrue(self.desktop.find_window(SETTINGS), "the dialog stays open")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)
        self.assertEqual(self.layers(image), [cover])
        self.assertEqual(self.dirty(image), 0)

    def start_large(self, goal="y"):
        """Starts a job that takes long: to the eye ("y"), unless pixel by pixel ("x") is wanted."""
        image, cover = self.show(sample("astronaut.png", (512, 512)), "large.png", 4096)
        load(self.gimp, self.folder, sample("chelsea.png", (451, 300)).resize((2048, 2048)), "cat.png")
        window = self.open_dialog()
        self.targets_own_size()
        self.desktop.key("alt+" + goal)
        self.desktop.screenshot("settings-large")
        self.click_ok(window)
        work = self.desktop.wait_for_window(WORK)
        self.desktop.focus(work)
        if goal == "y":
            time.sleep(1)  # into the middle; the other one would be over on a fast machine
        return image, cover, work

    def assert_unchanged(self, image, cover):
        time.sleep(1)
        self.assertEqual(self.layers(image), [cover])
        self.assertEqual(self.dirty(image), 0)

    def test_cancel_in_the_middle(self):
        image, cover, work = self.start_large()
        width, height = self.desktop.size(work)
        self.desktop.screenshot("progress")
        start = time.monotonic()
        self.desktop.click(work, width - 55, height - 28)
        self.desktop.wait_until_closed(WORK)
        print(f"4096x4096: the window closed {time.monotonic() - start:.2f} s after the click on Cancel")
        self.assert_unchanged(image, cover)
        self.desktop.wait_for_window(SETTINGS, 5)  # the same window, with the settings as they were
        self.assertEqual(self.desktop.size(work), (width, height))
        self.desktop.screenshot("cancelled")
        self.desktop.focus(work)
        self.desktop.key("Return")  # OK has the keys
        self.desktop.wait_for_window(WORK)
        self.desktop.key("Escape")
        self.desktop.wait_for_window(SETTINGS)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)

    def test_closing_the_window_cancels(self):
        image, cover, _ = self.start_large()
        self.desktop.key("alt+F4")
        self.desktop.wait_until_closed(WORK)
        self.assert_unchanged(image, cover)

    def test_stop_and_keep(self):
        image, _, _ = self.start_large("x")
        self.desktop.key("alt+s")
        self.desktop.wait_until_closed(WORK)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer")
        self.assertEqual(self.note(self.layers(image)[0])["report"]["outcome"], "stopped")

    def test_image_closed_while_the_dialog_is_open(self):
        image, _ = self.show(sample("astronaut.png", (64, 64)), "cover.png")
        other, _ = load(self.gimp, self.folder, gentle(sample("chelsea.png", (16, 16))), "cat.png")
        window = self.open_dialog()
        self.gimp.do(f"(gimp-display-delete {self.displays.pop()})")
        self.assertNotIn(image, self.images())
        self.desktop.focus(window)
        self.desktop.key("Return")
        time.sleep(2)
        self.desktop.screenshot("image-closed")  # the window says so, or a message where OK was quicker
        if self.desktop.find_window(SETTINGS):
            self.desktop.focus(window)
            self.desktop.key("Return", "Escape")
        else:
            self.desktop.wait_for_window("^GIMP Message$")
        self.desktop.wait_until_closed(SETTINGS)
        self.assertEqual(len(self.layers(other)), 1)

    def test_target_closed_while_the_dialog_is_open(self):
        image, cover = self.show(sample("astronaut.png", (64, 64)), "cover.png")
        other, _ = load(self.gimp, self.folder, gentle(sample("chelsea.png", (16, 16))), "cat.png")
        window = self.open_dialog()
        self.gimp.do(f"(gimp-image-delete {other})")
        self.desktop.focus(window)
        self.desktop.key("Return")
        time.sleep(2)
        self.desktop.screenshot("target-closed")  # the window says so, or a message where OK was quicker
        if self.desktop.find_window(SETTINGS):
            self.desktop.focus(window)
            self.desktop.key("Return", "Escape")
        self.desktop.wait_until_closed(SETTINGS)
        self.assert_unchanged(image, cover)


if __name__ == "__main__":
    unittest.main(verbosity=2)
