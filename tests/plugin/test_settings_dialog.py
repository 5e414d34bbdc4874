#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the dialogs offer, accept and remember: sizes, keys, typed options, results of earlier runs, names of files."""
import os
import shutil
import tempfile
import time
import unittest

from PIL import Image

from support.desktop import Desktop
from support.dialog_case import SETTINGS, VIEWS, DialogCase, LooksCase
from support.gimp import Gimp
from support.pictures import exported, gentle, load, opaque, planes, sample
from support.signs import Signs


class Settings(DialogCase):
    def setUp(self):
        super().setUp()
        for name in ("bifocal-settings", "bifocal-views", "bifocal-reports"):
            if os.path.exists(os.path.join(self.gimp.dir, name)):
                os.remove(os.path.join(self.gimp.dir, name))
        self.image, self.cover = self.show(sample("astronaut.png", (240, 160)), "cover.png")

    def target(self, size, name="cat.png"):
        return load(self.gimp, self.folder, gentle(sample("chelsea.png", size)), name)[1]

    def confirm(self, window, layers=2):
        """OK; the new layer and what is kept on it."""
        time.sleep(0.5)
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(self.image)) == layers, "no result layer")
        layer = self.gimp.number(f"(gimp-image-get-active-layer {self.image})")
        self.close_report("report-" + self.id().split(".")[-1])
        return layer, self.note(layer)

    def test_a_square_target_gets_a_thumbnail_of_the_covers_shape(self):
        self.target((64, 64))
        window = self.open_dialog()
        self.desktop.key("alt+x")  # pixel by pixel
        self.desktop.screenshot("settings-square-target")
        result, note = self.confirm(window)
        settings = note["settings"]
        file = opaque(exported(self.gimp, self.folder, self.image, result))
        file.thumbnail((64, 64), Image.BICUBIC, reducing_gap=None)
        self.assertEqual((settings["width"], settings["height"]), file.size)
        self.assertEqual(settings["fit"], "fill")
        self.assertFalse([w for w in note["report"]["warnings"] if "shape" in w])
        top = (64 - file.size[1]) // 2
        wanted = gentle(sample("chelsea.png", (64, 64))).crop((0, top, 64, top + file.size[1]))
        self.assertEqual(planes(file).tolist(), planes(wanted).tolist(), "the thumbnail that Pillow makes is the target")

    def test_another_shape_is_warned_of_before_and_after(self):
        self.target((64, 64))
        window = self.open_dialog()
        self.targets_own_size()
        self.desktop.key("alt+x")
        time.sleep(0.5)
        self.desktop.screenshot("settings-another-shape")
        _, note = self.confirm(window)
        self.assertEqual((note["settings"]["width"], note["settings"]["height"]), (64, 64))
        self.assertIn("it makes 64x43", " ".join(note["report"]["warnings"]))

    def test_every_key_leads_to_its_field(self):
        self.target((30, 20), "kitten.png")
        self.target((64, 64))
        window = self.open_dialog()
        self.desktop.key("alt+r")
        for target in ("Home", "End"):
            self.desktop.key("alt+t", target)
        self.own_size(50, 40)
        self.scaler("pillow bilinear", window)
        self.desktop.key("alt+x")
        self.more()
        self.desktop.key("alt+s", "Home", "Down")
        self.enter("l", "70")
        self.advanced("seed=7")
        self.desktop.screenshot("settings-keys")
        settings = self.confirm(window)[1]["settings"]
        self.assertEqual((settings["width"], settings["height"]), (60, 40), "the chain keeps the cover's shape")
        self.assertEqual((settings["scaler"], settings["appearance"], settings["fit"], settings["balance"], settings["options"]),
                         ("pillow-bilinear", 0, "inside", 70, "seed=7"))
        window = self.open_dialog()
        self.desktop.key("alt+y")
        self.more()
        self.desktop.key("alt+g", "End", "alt+a", "Home", "Tab", "End", "Tab", "End", "Tab", "End", "alt+j")
        self.desktop.screenshot("settings-keys-eye")
        settings = self.confirm(window, 3)[1]["settings"]
        self.assertEqual(sorted(settings["options"].split()),
                         ["cover-strength=5", "crisp=1", "ghosting=0.4", "jpeg=85", "seed=7", "sigma=4", "target-strength=0.2"])

    def test_a_typo_in_advanced_is_said_at_once(self):
        self.target((60, 40))
        window = self.open_dialog()
        self.enter("l", "55")
        self.desktop.key("alt+x")
        self.advanced("colour=blue")
        time.sleep(0.5)
        self.desktop.screenshot("settings-typo")
        self.click_ok(window)
        self.desktop.key("Return")
        time.sleep(1)
        self.assertTrue(self.desktop.find_window(SETTINGS), "the dialog stays open")
        self.desktop.focus(window)
        self.desktop.key("alt+c")  # it closes, and opens again
        self.advanced("seed=3 fit=inside result=layer")
        settings = self.confirm(window)[1]["settings"]
        self.assertEqual((settings["options"], settings["fit"], settings["balance"]), ("seed=3", "inside", 55))

    def test_an_option_is_picked_from_the_list(self):
        self.target((60, 40))
        window = self.open_dialog()
        self.desktop.key("alt+x")  # pixel by pixel; twice, as a window that is busy opening may miss it
        time.sleep(0.5)
        self.desktop.key("alt+x", "alt+c")  # Advanced
        time.sleep(0.5)
        self.desktop.key("Down")
        time.sleep(0.5)
        self.desktop.screenshot("settings-options")
        self.desktop.key("Down", "Down", "Return")  # algorithm, evaluations, gap
        time.sleep(0.3)
        self.desktop.type("1e-3")  # its value is selected
        self.assertEqual(self.confirm(window)[1]["settings"]["options"], "gap=1e-3")

    def test_a_result_gives_way_to_its_cover_and_a_new_target_brings_its_size(self):
        self.target((30, 20), "kitten.png")
        window = self.open_dialog()
        self.desktop.key("alt+x")
        self.own_size(21)
        first, note = self.confirm(window)
        self.assertEqual((note["settings"]["width"], note["settings"]["height"]), (21, 14))
        window = self.open_dialog()  # the result is active now
        self.desktop.screenshot("settings-on-a-result")
        second, note = self.confirm(window, 3)
        self.assertEqual(self.layers(self.image), [second, first, self.cover])
        self.assertIn("was made by Bifocal; its cover", " ".join(note["report"]["notes"]))
        self.assertEqual((note["settings"]["width"], note["settings"]["height"]), (21, 14), "the same target: its last size")
        self.target((60, 40))
        window = self.open_dialog()
        self.desktop.key("alt+t", "End", "Home")
        time.sleep(0.5)
        self.desktop.screenshot("settings-new-target")
        _, note = self.confirm(window, 4)
        self.assertEqual((note["settings"]["target"], note["settings"]["width"], note["settings"]["height"]), ("cat", 60, 40))

    def test_a_layer_whose_mask_is_edited(self):
        self.target((60, 40))
        mask = self.gimp.number(f"(gimp-layer-create-mask {self.cover} ADD-MASK-WHITE)")
        self.gimp.do(f"(gimp-layer-add-mask {self.cover} {mask})")
        self.gimp.do(f"(gimp-layer-set-edit-mask {self.cover} TRUE)")
        _, note = self.confirm(self.open_dialog())
        self.assertEqual(note["report"]["outcome"], "solved")


class Preview(Signs, DialogCase):
    """What is said before OK, by the colour of its sign, is what the result's report says."""
    def test_a_lost_cover_is_warned_of_and_the_advice_mends_it(self):
        image, cover = self.show(sample("astronaut.png", (512, 512)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        window = self.open_dialog()
        self.wait_for_sign("GREEN")
        self.desktop.key("alt+x")  # pixel by pixel: for a program that averages
        self.wait_for_sign("RED")
        verdict = self.made(image, window, 2, "preview-report-red")["report"]["verdict"]
        self.assertIn(verdict["cover"], ("hardly", "poor"), verdict)
        window = self.open_dialog()  # as it was left
        self.wait_for_sign("RED")
        self.desktop.key("alt+h")  # the advice
        self.wait_for_sign("GREEN")
        note = self.made(image, window, 3, "preview-report-green")
        self.assertEqual(note["settings"]["appearance"], 1)
        self.assertIn(note["report"]["verdict"]["cover"], ("good", "very-good"), note["report"]["verdict"])

    def test_switched_off_it_says_nothing_and_stays_off(self):
        self.show(sample("astronaut.png", (256, 256)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        for _ in range(2):
            window = self.open_dialog()
            if _ == 0:
                self.wait_for_sign("GREEN")
                self.desktop.key("alt+p")
            self.desktop.wait(lambda: not self.signs(), "the preview is off, and says something", 20)
            self.desktop.key("Escape")
            self.desktop.wait_until_closed(SETTINGS)
        window = self.open_dialog()
        self.desktop.key("alt+p")
        self.wait_for_sign("GREEN")
        self.desktop.focus(window)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)


class Looks(LooksCase):
    def test_states_of_the_form(self):
        self.show(sample("astronaut.png", (512, 512)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")
        window = self.open_dialog()
        self.desktop.key("alt+r")
        time.sleep(2)  # the preview
        self.keep("form-first", window)
        self.own_size(100)
        self.keep("form-own-size", window)
        self.desktop.key("alt+y")
        self.more()
        self.keep("form-more", window)
        self.desktop.key("alt+m", "alt+c")
        time.sleep(0.5)
        self.desktop.key("Down")
        self.keep("form-options", window)
        self.desktop.key("Escape")
        self.desktop.type("colour=blue")
        self.keep("form-refused", window)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)


class LightLooks(Looks):
    THEME, FONT = "Light", 10


class ManyViews(DialogCase):
    def test_every_key_leads_to_its_field(self):
        image, _ = self.show(sample("astronaut.png", (120, 80)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (24, 24)), 90, 165), "cat.png")
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "alt+a")
        self.desktop.key("alt+m", "Home", "alt+s", "Home", "Down")
        self.enter("b", "70")
        self.advanced("seed=7")
        self.desktop.screenshot("views-keys")
        time.sleep(0.5)
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer", 120)
        self.close_report("views-keys-report")
        settings = self.note(self.layers(image)[0])["settings"]
        self.assertEqual([(v["width"], v["height"]) for v in settings["views"]], [(24, 16)] * 2)
        self.assertEqual((settings["fit"], settings["balance"], settings["options"]), ("inside", 70, "seed=7"))


class Names(unittest.TestCase):
    """Images that a person opened have names such as "[cat-128] (importiert)"."""

    def test_a_target_keeps_the_name_of_its_file(self):
        folder = tempfile.mkdtemp(prefix="bifocal-test-")
        self.addCleanup(shutil.rmtree, folder, True)
        files = [os.path.join(folder, name) for name in ("astronaut.png", "cat-128.png")]
        sample("astronaut.png", (120, 80)).save(files[0])
        gentle(sample("chelsea.png", (24, 16))).save(files[1])
        desktop = Desktop()
        self.addCleanup(desktop.close)
        gimp = Gimp(display=desktop.display, files=files, environment={"LANGUAGE": "de"})
        self.addCleanup(gimp.close)
        desktop.wait(lambda: len(gimp.ids("(gimp-image-list)")) == 2, "GIMP did not open the files")
        named = {gimp.text(f"(gimp-image-get-name {i})"): i for i in gimp.ids("(gimp-image-list)")}
        print("GIMP's names:", *named)
        self.assertNotIn("cat-128.png", named, "GIMP says that it was imported")
        cover = next(i for name, i in named.items() if "astronaut" in name)
        layer = gimp.number(f"(gimp-image-get-active-drawable {cover})")
        gimp.do(f'(plug-in-bifocal RUN-WITH-LAST-VALS {cover} {layer} -1 0 0 "" 0 0 "")')
        result = gimp.number(f"(gimp-image-get-active-layer {cover})")
        self.assertEqual(gimp.text(f"(gimp-item-get-name {result})"), "cat-128 24x16 pillow-bicubic")
        gimp.do(f'(plug-in-bifocal RUN-WITH-LAST-VALS {cover} {layer} -1 0 0 "" 0 0 "")')  # it is found again


if __name__ == "__main__":
    unittest.main(verbosity=2)
