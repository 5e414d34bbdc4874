#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the windows offer to choose from: programs found by the words that their users write, layers that come and go while a
window is open, files opened from within it, and presets of one's own."""
import json
import os
import time
import unittest

from support.dialog_case import REVEAL, VIEWS, DialogCase
from support.pictures import gentle, load, sample


class Choosers(DialogCase):
    def setUp(self):
        super().setUp()
        for name in ("bifocal-views", "bifocal-reveal", "bifocal-views-presets", "bifocal-views-presets.broken"):
            if os.path.exists(self.kept(name)):
                os.remove(self.kept(name))
        self.image, self.cover = self.show(sample("astronaut.png", (120, 80)), "cover.png")

    def kept(self, name):
        return os.path.join(self.gimp.dir, name)

    def presets(self):
        with open(self.kept("bifocal-views-presets")) as file:
            return {p["name"]: json.loads(p["settings"]) for p in json.load(file)["presets"]}

    def cat(self, name="cat.png"):
        return load(self.gimp, self.folder, gentle(sample("chelsea.png", (24, 16))), name)[0]

    def confirm_views(self, window):
        """OK; the settings that are kept on the result."""
        layers = len(self.layers(self.image))
        self.desktop.focus(window)
        time.sleep(0.3)
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(self.image)) == layers + 1, "no result layer", 120)
        self.close_report("report-" + self.id().split(".")[-1])
        return self.note(self.layers(self.image)[0])["settings"]

    def last_reveal(self):
        with open(self.kept("bifocal-reveal")) as file:
            return file.read().split("\n")[1]

    def search_in_reveal(self, words):
        """Types into the search field and presses Enter, which takes what is found and confirms."""
        before = self.images()
        self.open_dialog("r", REVEAL)
        self.desktop.key("alt+b", "ctrl+a")
        self.desktop.type(words)
        time.sleep(0.3)
        self.desktop.screenshot("search-" + words.replace(" ", "-"))
        self.desktop.key("Return")
        self.desktop.wait(lambda: len(self.images()) == len(before) + 1, "no contact sheet", 120)
        self.close_report("reveal-report")
        return self.last_reveal()

    def test_a_program_is_found_by_what_its_users_write(self):
        self.assertEqual(self.search_in_reveal("cv2.resize area"), "opencv-area")
        self.assertEqual(self.search_in_reveal("image.thumbnail"), "pillow-bicubic")
        self.assertEqual(self.search_in_reveal("php copyresampled"), "gd-copyresampled")
        # What nothing fits chooses nothing, and keeps the window.
        window = self.open_dialog("r", REVEAL)
        self.desktop.key("alt+b", "ctrl+a")
        self.desktop.type("paintbrush")
        self.desktop.key("Return")
        time.sleep(0.5)
        self.desktop.screenshot("search-nothing")
        self.assertEqual(self.desktop.find_window(REVEAL), window)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(REVEAL)
        self.assertEqual(self.last_reveal(), "gd-copyresampled")

    def test_the_list_follows_layers_that_come_and_go(self):
        cat = self.cat()
        window = self.open_dialog("m", VIEWS)
        self.cat("kitten.png")
        self.gimp.do(f"(gimp-image-delete {cat})")
        time.sleep(2.5)  # the list looks every second
        self.desktop.screenshot("choosers-followed")
        settings = self.confirm_views(window)
        self.assertEqual([v["target"] for v in settings["views"]], ["kitten"])

    def open_file(self, path):
        self.desktop.key("alt+f")
        self.desktop.focus(self.desktop.wait_for_window("^Open a Picture$"))
        self.desktop.key("ctrl+l")  # the field for a path
        time.sleep(1)
        self.desktop.key("ctrl+a")
        self.desktop.type(path)
        time.sleep(0.5)
        self.desktop.screenshot("choosers-open")
        self.desktop.key("Return")
        self.desktop.wait_until_closed("^Open a Picture$")

    def test_a_file_is_opened_and_closed_again_unless_confirmed(self):
        self.cat()
        path = os.path.join(self.folder, "dog.png")
        gentle(sample("coffee.png", (30, 20))).save(path)
        before = self.images()
        window = self.open_dialog("m", VIEWS)
        self.open_file(path)
        self.desktop.wait(lambda: len(self.images()) == len(before) + 1, "the file was not opened")
        self.desktop.focus(window)
        time.sleep(0.5)
        self.desktop.screenshot("choosers-file")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(VIEWS)
        self.desktop.wait(lambda: self.images() == before, "the opened image was left behind")
        window = self.open_dialog("m", VIEWS)
        self.open_file(path)
        self.desktop.wait(lambda: len(self.images()) == len(before) + 1, "the file was not opened")
        settings = self.confirm_views(window)
        self.assertEqual([(v["target"], v["width"]) for v in settings["views"]], [("cat", 0), ("dog", 0)])
        self.assertTrue(self.desktop.find_window("dog.*GIMP"), "what was opened has a window")

    def test_presets_are_saved_used_renamed_and_removed(self):
        self.cat()
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "alt+a")  # Thumbnail, and a second line
        self.enter("b", "70")
        self.desktop.key("alt+q", "Tab", "space")
        self.desktop.focus(self.desktop.wait_for_window("^Save a Preset$"))
        self.desktop.type("  Two of a kind ")
        self.desktop.key("Return")
        self.desktop.wait_until_closed("^Save a Preset$")
        saved = self.presets()["Two of a kind"]
        self.assertEqual((saved["balance"], len(saved["views"])), (70, 2))
        self.desktop.focus(window)
        time.sleep(0.3)
        self.desktop.screenshot("presets-saved")
        self.desktop.key("alt+r")  # Reset
        self.desktop.key("alt+q", "End")
        time.sleep(0.5)
        self.desktop.screenshot("presets-used")
        self.desktop.key("alt+q", "Tab", "Tab", "space")
        self.desktop.focus(self.desktop.wait_for_window("^Rename the Preset$"))
        self.desktop.key("ctrl+a")
        self.desktop.type("Pair")
        self.desktop.key("Return")
        self.desktop.wait_until_closed("^Rename the Preset$")
        self.assertEqual(self.presets(), {"Pair": saved})
        settings = self.confirm_views(window)
        self.assertEqual((settings["balance"], settings["views"]), (70, saved["views"]))
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "End", "Tab", "Tab", "Tab", "space")
        self.desktop.focus(self.desktop.wait_for_window("^Remove the Preset$"))
        self.desktop.screenshot("presets-remove")
        self.desktop.key("Return")
        self.desktop.wait_until_closed("^Remove the Preset$")
        self.assertEqual(self.presets(), {})
        self.desktop.focus(window)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(VIEWS)

    def test_a_broken_file_of_presets_is_kept_beside_the_new_one(self):
        self.cat()
        with open(self.kept("bifocal-views-presets"), "w") as file:
            file.write('{"presets":[{"name":"Half')
        self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Tab", "space")
        self.desktop.focus(self.desktop.wait_for_window("^Save a Preset$"))
        self.desktop.type("New")
        self.desktop.key("Return")
        self.desktop.wait_until_closed("^Save a Preset$")
        self.assertEqual(list(self.presets()), ["New"])
        with open(self.kept("bifocal-views-presets.broken")) as file:
            self.assertEqual(file.read(), '{"presets":[{"name":"Half')


if __name__ == "__main__":
    unittest.main(verbosity=2)
