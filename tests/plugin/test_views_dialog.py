#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The dialogs of many views and of Reveal, typed and clicked; pictures of the screen are kept as artefacts."""
import os
import time
import unittest

import numpy as np

from support.desktop import Desktop
from support.dialog_case import MESSAGE, REPORT, REVEAL, VIEWS, WORK, DialogCase, LooksCase
from support.gimp import Gimp, install
from support.pictures import exported, gentle, load, opaque, planes, sample
from support.signs import Signs
from test_views import scaled

EVERYWHERE = ["pillow-box", "pillow-bilinear", "pillow-bicubic", "pillow-lanczos", "opencv-area", "opencv-nearest", "opencv-linear"]


class ViewsDialogs(DialogCase):
    def test_preset_trade_off_result_undo_and_last_values(self):
        image, cover = self.show(sample("astronaut.png", (256, 256)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 32)), 90, 165), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.screenshot("views-first")
        self.desktop.key("alt+q", "Down", "Down")  # no preset -> Thumbnail -> Works everywhere
        time.sleep(0.5)
        self.desktop.screenshot("views-everywhere")
        self.desktop.key("alt+t")
        self.desktop.wait_for_window(WORK)
        self.desktop.wait_until_closed(WORK, 120)
        time.sleep(1)
        plotted = self.desktop.screenshot("views-trade-off")
        self.assertTrue(plotted)
        self.desktop.focus(window)
        self.enter("b", "90")
        time.sleep(0.5)
        self.desktop.screenshot("views-balance")
        self.enter("b", "100")
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer", 120)
        result = self.layers(image)[0]
        note = self.note(result)
        self.assertEqual([v["scaler"] for v in note["settings"]["views"]], EVERYWHERE)
        self.assertLessEqual(note["report"]["gap"], 1.1e-5)
        self.close_report("views-report")
        file = opaque(exported(self.gimp, self.folder, image, result))
        wanted = planes(gentle(sample("chelsea.png", (32, 32)), 90, 165)).astype(int)
        for scaler in EVERYWHERE:
            self.assertLess(np.abs(scaled(file, scaler, (32, 32)) - wanted).mean(), 0.6, scaler)
        self.undo(image, [cover])
        self.assertEqual(self.dirty(image), 0, "one step back is all the way back")

        later = Gimp(gimp_dir=self.gimp.dir)
        self.addCleanup(later.close)
        image, cover = load(later, self.folder, sample("coffee.png", (128, 96)), "coffee.png")
        load(later, self.folder, gentle(sample("chelsea.png", (32, 24)), 90, 165), "cat.png")
        call = f"(plug-in-bifocal-views RUN-WITH-LAST-VALS {image} {cover} " + "0 #() " * 3 + '0 \'() 0 #() 0 0 "")'
        later.do(call)
        result = later.ids(f"(gimp-image-get-layers {image})")[0]
        self.assertEqual(later.text(f"(gimp-item-get-name {result})"), "cat (7 views)")

    def test_lines_are_added_and_removed_and_wrong_ones_refused(self):
        image, cover = self.show(sample("astronaut.png", (64, 64)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down")  # Thumbnail
        self.desktop.key("alt+a", "alt+a")
        self.advanced("colour=blue")
        time.sleep(0.5)
        self.desktop.screenshot("views-refused")
        self.click_ok(window)
        time.sleep(1)
        self.assertTrue(self.desktop.find_window(VIEWS), "the dialog stays open")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(VIEWS)
        self.assertEqual(self.layers(image), [cover])
        self.assertEqual(self.dirty(image), 0)

    def test_cover_and_target_are_exchanged(self):
        image, cover = self.show(sample("astronaut.png", (256, 256)), "cover.png")
        other, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", (128, 128))), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+r", "alt+a", "alt+w")  # two views of the cat; Swap
        time.sleep(0.5)
        self.desktop.screenshot("views-swapped")
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(other)) == 2, "no result layer in the new cover's image", 120)
        self.close_report("views-swapped-report")
        note = self.note(self.layers(other)[0])
        self.assertEqual([(v["target"], v["width"], v["height"]) for v in note["settings"]["views"]], [("cover", 32, 32)] * 2)
        self.assertEqual(self.layers(image), [cover])

    def test_several_views_to_the_eye_are_reported(self):
        image, cover = self.show(sample("astronaut.png", (256, 256)), "cover.png")
        load(self.gimp, self.folder, sample("chelsea.png", (64, 64)), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "Down", "alt+m", "End")
        time.sleep(0.5)
        self.desktop.screenshot("views-eye")
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer", 120)
        self.close_report("views-eye-report")
        report = self.note(self.layers(image)[0])["report"]
        self.assertEqual(report["outcome"], "solved")
        self.assertEqual(report["warnings"], [])
        self.assertIn("100 % zoom", report["notes"][0])
        self.assertEqual([s["scaler"] for s in report["appearance"]], [""] + EVERYWHERE)

    def test_cancel_in_the_middle(self):
        image, cover = self.show(sample("astronaut.png", (512, 512)), "large.png", 2048)
        load(self.gimp, self.folder, sample("chelsea.png", (451, 300)).resize((512, 512)), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "Down")
        time.sleep(0.5)
        self.click_ok(window)
        # By its title, not after some seconds: a fast machine would have done it by then.
        work = self.desktop.wait_for_window("Solving: Bifocal at Work$", 300)
        width, height = self.desktop.size(work)
        start = time.monotonic()
        self.desktop.click(work, width - 55, height - 28)
        self.desktop.wait_until_closed(WORK)
        print(f"2048x2048, seven views: the window closed {time.monotonic() - start:.2f} s after the click on Cancel")
        time.sleep(1)
        self.assertEqual(self.layers(image), [cover])
        self.assertEqual(self.dirty(image), 0)

    def test_reveal_shows_a_contact_sheet(self):
        image, cover = self.show(sample("astronaut.png", (256, 256)), "cover.png")
        _, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        result, _ = self.bifocal(image, cover, cat, scaler="opencv-linear")
        self.gimp.do(f"(gimp-image-set-active-layer {image} {result})")
        before = self.images()
        window = self.open_dialog("r", REVEAL)
        self.enter("s", "64 128")
        self.desktop.screenshot("reveal-dialog")
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.images()) == len(before) + 1, "no contact sheet", 120)
        self.close_report("reveal-report")
        self.desktop.screenshot("reveal-sheet")
        sheet = next(i for i in self.images() if i not in before)
        size = [self.gimp.number(f"(gimp-image-{side} {sheet})") for side in ("width", "height")]
        # The same again without a dialog, with the last values.
        self.gimp.do(f'(plug-in-bifocal-reveal RUN-WITH-LAST-VALS {image} {result} 0 #() "")')
        again = next(i for i in self.images() if i not in before + [sheet])
        self.assertEqual(size, [self.gimp.number(f"(gimp-image-{side} {again})") for side in ("width", "height")])
        self.assertFalse(self.desktop.find_window(MESSAGE), "the sheet says it, nothing pops up")

    def test_reveal_keeps_its_dialog_for_a_wrong_size_and_can_be_cancelled(self):
        image, cover = self.show(sample("astronaut.png", (256, 256)), "cover.png", scale_to=3000)
        before = self.images()
        window = self.open_dialog("r", REVEAL)
        self.enter("s", "64 x")
        self.click_ok(window)
        time.sleep(1)
        self.desktop.screenshot("reveal-wrong-size")
        self.assertEqual(self.desktop.find_window(REVEAL), window, "the dialog stays and says what is wrong")
        self.enter("s", "64 750")
        self.click_ok(window)
        self.desktop.focus(self.desktop.wait_for_window(WORK))
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(WORK, 60)
        time.sleep(1)
        self.assertEqual(self.images(), before, "a cancelled search makes no sheet")
        self.assertFalse(self.desktop.find_window(REPORT))
        self.assertFalse(self.desktop.find_window(MESSAGE))


class Preview(Signs, DialogCase):
    """What is said of a list before OK is what the result's report says."""
    SCREEN = "views-preview"

    def test_a_lost_cover_is_warned_of_and_the_advice_mends_it(self):
        image, _ = self.show(sample("astronaut.png", (256, 256)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "Down")  # Works everywhere
        self.wait_for_sign("RED")
        verdict = self.made(image, window, 2, "views-preview-report-red")["report"]["verdict"]
        self.assertIn(verdict["cover"], ("hardly", "poor"), verdict)
        window = self.open_dialog("m", VIEWS)  # as it was left
        self.wait_for_sign("RED")
        self.desktop.key("alt+h")  # the advice
        self.wait_for_other_sign("RED")
        note = self.made(image, window, 3, "views-preview-report-eye")
        self.assertEqual(note["settings"]["appearance"], 1)
        self.assertEqual(len(note["settings"]["views"]), 7)
        self.assertIn(note["report"]["verdict"]["cover"], ("fair", "good", "very-good"), note["report"]["verdict"])

    def test_switched_off_it_says_nothing(self):
        self.show(sample("astronaut.png", (256, 256)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "Down", "alt+m", "Home")  # pixel by pixel
        self.wait_for_sign("RED")
        self.desktop.key("alt+p")
        self.desktop.wait(lambda: not self.signs(), "the preview is off, and says something", 20)
        self.desktop.key("alt+p")
        self.wait_for_sign("RED")
        self.desktop.focus(window)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(VIEWS)


class Looks(LooksCase):
    def test_states_of_the_list(self):
        self.show(sample("astronaut.png", (512, 512)), "cover.png")
        load(self.gimp, self.folder, sample("chelsea.png", (128, 128)), "cat.png")
        load(self.gimp, self.folder, sample("coffee.png", (128, 128)), "coffee.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+r")
        time.sleep(2)  # the preview
        self.keep("views-form-first", window)
        self.desktop.key("alt+q", "Home", "Down", "Down")
        time.sleep(4)
        self.keep("views-form-everywhere", window)
        self.desktop.key("alt+m", "End")
        time.sleep(4)
        self.keep("views-form-eye", window)
        self.desktop.key("alt+i")
        time.sleep(0.5)
        self.desktop.key("space")
        self.keep("views-form-choice", window)
        self.desktop.key("Escape", "alt+m", "Home", "alt+t")
        self.desktop.wait_for_window(WORK)
        self.desktop.wait_until_closed(WORK, 120)
        self.keep("views-form-plot", window)
        self.desktop.focus(window)
        self.advanced("colour=blue")
        self.keep("views-form-refused", window)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(VIEWS)


class LightLooks(Looks):
    THEME, FONT = "Light", 10


class SystemLooks(Looks):
    THEME, FONT = "System", 10


class SmallScreen(DialogCase):
    """1024x768 pixels, and letters of 16 points."""

    @classmethod
    def start_gimp(cls):
        cls.desktop = Desktop(1024, 768)
        cls.addClassCleanup(cls.desktop.close)
        folder = os.path.join(cls.folder, "gimp")
        install(folder)
        with open(os.path.join(folder, "gtkrc"), "w") as file:
            file.write('style "large" { font_name = "Sans 16" }\nclass "*" style "large"\n')
        return Gimp(display=cls.desktop.display, gimp_dir=folder)

    def test_no_window_is_larger(self):
        self.show(sample("astronaut.png", (128, 128)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (32, 32)), 90, 165), "cat.png")
        for key, title in (("m", VIEWS), ("r", REVEAL)):
            with self.subTest(title):
                window = self.open_dialog(key, title)
                if title == VIEWS:
                    self.desktop.key("alt+q", "Home", "Down", "Down", "alt+t")
                    self.desktop.wait_for_window(WORK)
                    self.desktop.wait_until_closed(WORK, 120)
                    time.sleep(0.5)
                self.desktop.screenshot("small-screen-" + key)
                width, height = self.desktop.size(window)
                self.assertLessEqual(width, 1024)
                self.assertLessEqual(height, 768 - 24, "its title is on the screen, too")
                self.desktop.key("Escape")
                self.desktop.wait_until_closed(title)


if __name__ == "__main__":
    unittest.main(verbosity=2)
