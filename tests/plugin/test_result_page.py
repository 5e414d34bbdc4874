#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The result as a page of the window: adjusted, exported, shown everywhere; on small screens and in both kinds of themes."""
import os
import time
import unittest

import numpy as np
from PIL import Image

from support.dialog_case import MESSAGE, REPORT, SETTINGS, VIEWS, DialogCase, LooksCase
from support.pictures import exported, gentle, load, opaque, planes, sample

CHOOSER = "^Export as PNG$"


class Case(DialogCase):
    def tearDown(self):
        while window := self.desktop.find_window(CHOOSER):  # left by a test that failed
            self.desktop.focus(window)
            self.desktop.key("Escape")
            time.sleep(1)
        super().tearDown()
        for name in ("bifocal-settings", "bifocal-views", "bifocal-reports"):
            if os.path.exists(os.path.join(self.gimp.dir, name)):
                os.remove(os.path.join(self.gimp.dir, name))

    def start(self, side=128):
        image, cover = self.show(sample("astronaut.png", (side, side)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (side // 4, side // 4))), "cat.png")
        return image, cover

    def confirm(self):
        """OK in the window that is there; the result's page."""
        self.click_ok(self.desktop.wait_for_window(SETTINGS))
        page = self.desktop.wait_for_window(REPORT)
        self.desktop.focus(page)
        return page

    def size(self, image):
        return tuple(self.gimp.number(f"(gimp-image-{side} {image})") for side in ("width", "height"))

    def close(self):
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(REPORT)


class ResultPage(Case):
    def adjust(self):
        """The settings again, in the same window."""
        page = self.desktop.wait_for_window(REPORT)
        self.desktop.key("alt+a")
        self.assertEqual(self.desktop.wait_for_window(SETTINGS), page)
        self.desktop.focus(page)

    def test_an_adjusted_result_takes_the_place_of_the_former_one_in_one_step(self):
        image, cover = self.start()
        self.open_dialog()
        self.confirm()
        first = self.layers(image)
        self.assertEqual(first[1:], [cover])
        self.adjust()
        self.own_size(30)
        self.desktop.key("alt+x")  # pixel by pixel
        self.confirm()
        second = self.layers(image)
        self.assertEqual(second[1:], [cover])
        self.assertNotEqual(second, first)
        self.assertEqual(self.note(second[0])["settings"]["width"], 30)
        self.assertTrue(self.note(second[0])["report"]["exported"]["is_the_result"])
        self.adjust()
        self.desktop.key("Escape")  # nothing is lost by looking at the settings
        self.desktop.wait_until_closed(SETTINGS)
        self.assertEqual(self.layers(image), second)
        self.undo(image, first)
        self.undo(image, [cover])
        self.assertEqual(self.dirty(image), 0, "two steps back is all the way back")
        self.assertFalse(self.desktop.find_window(MESSAGE))

    def test_after_swap_the_former_result_goes_from_the_other_image(self):
        image, cover = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        other, cat = load(self.gimp, self.folder, gentle(sample("chelsea.png", (128, 128))), "cat.png")
        self.open_dialog()
        self.confirm()
        first = self.layers(image)
        self.assertEqual(first[1:], [cover])
        self.adjust()
        self.desktop.key("alt+w")
        self.confirm()
        self.assertEqual(self.layers(other)[1:], [cat], "the result is above its cover")
        self.assertEqual(len(self.layers(other)), 2)
        self.assertEqual(self.layers(image), [cover], "and takes the place of the one in the other image")
        self.close()
        self.undo(image, first)

    def made_as_an_image(self):
        """The first result is an image of its own: the images before it, that one alone in a list, and its layers."""
        self.open_dialog()
        self.advanced("result=image")
        before = self.images()
        self.confirm()
        made = [i for i in self.images() if i not in before]
        self.assertEqual(len(made), 1)
        return before, made, self.layers(made[0])

    def test_an_image_of_its_own_is_adjusted_in_its_place(self):
        image, cover = self.start()
        before, made, first = self.made_as_an_image()
        self.adjust()
        self.own_size(30)
        self.confirm()
        self.assertEqual([i for i in self.images() if i not in before], made, "no second image")
        second = self.layers(made[0])
        self.assertEqual(len(second), 1)
        self.assertNotEqual(second, first)
        self.assertEqual(self.note(second[0])["settings"]["width"], 30)
        self.assertEqual(self.layers(image), [cover])
        self.close()

    def test_an_image_of_its_own_takes_another_shape_in_its_place(self):
        image, cover = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        other, cat = load(self.gimp, self.folder, sample("chelsea.png", (160, 96)).convert("L"), "cat.png")
        before, made, first = self.made_as_an_image()
        self.assertEqual(self.size(made[0]), (128, 128))
        self.adjust()
        self.desktop.key("alt+w")
        self.confirm()
        self.assertEqual([i for i in self.images() if i not in before], made, "the former image is the next one's")
        self.assertEqual(self.size(made[0]), (160, 96))
        self.assertEqual(self.gimp.number(f"(gimp-image-base-type {made[0]})"), 1, "grey as its cover")
        self.assertNotEqual(self.layers(made[0]), first)
        self.assertEqual((self.layers(image), self.layers(other)), ([cover], [cat]))
        # And one that is to be a layer takes its place, too.
        self.adjust()
        self.desktop.key("alt+c")  # closes Advanced
        time.sleep(0.5)
        self.advanced("")
        self.desktop.key("BackSpace")
        self.confirm()
        self.assertEqual([i for i in self.images() if i not in before], [], "the former image is closed")
        self.assertEqual(self.layers(other)[1:], [cat])
        self.assertEqual(len(self.layers(other)), 2)
        self.close()

    def visible(self, layer):
        return self.gimp.number(f"(gimp-item-get-visible {layer})")

    def test_swap_shows_what_was_hidden_for_the_former_result(self):
        image, cover = self.show(sample("astronaut.png", (128, 128)), "cover.png")
        path = os.path.join(self.folder, "above.png")
        sample("chelsea.png", (128, 128)).save(path)
        target = self.gimp.number(f'(gimp-file-load-layer RUN-NONINTERACTIVE {image} "{path}")')
        self.gimp.do(f"(gimp-image-insert-layer {image} {target} 0 0)")
        self.gimp.do(f"(gimp-image-set-active-layer {image} {cover})")
        self.open_dialog()
        self.confirm()
        first = self.layers(image)
        self.assertEqual(len(first), 3)
        was_target = [l for l in (cover, target) if not self.visible(l)]
        self.assertEqual(len(was_target), 1, "the target's layer is hidden: it would be exported with the result")
        was_cover = cover if was_target == [target] else target
        self.adjust()
        self.desktop.key("alt+w")
        self.confirm()
        second = self.layers(image)
        self.assertEqual(len(second), 3)
        self.assertFalse(set(first) & set(second) - {cover, target}, "the former result has gone")
        self.assertTrue(self.visible(was_target[0]), "it is the cover now, and there again")
        self.assertFalse(self.visible(was_cover), "the other one is the target now")
        self.assertTrue(self.note([l for l in second if l not in (cover, target)][0])["report"]["exported"]["is_the_result"])
        self.close()
        self.undo(image, first)
        self.assertTrue(self.visible(was_cover))
        self.assertFalse(self.visible(was_target[0]))

    def test_exported_is_what_is_shown_and_overwriting_asks(self):
        image, _ = self.start()
        self.open_dialog()
        self.confirm()
        layer = self.layers(image)[0]
        path = os.path.join(self.folder, "result.png")
        with open(path, "w") as file:
            file.write("something that is dear to someone")
        self.desktop.key("alt+e")
        chooser = self.desktop.wait_for_window(CHOOSER)
        self.desktop.focus(chooser)
        self.desktop.key("ctrl+a")
        self.desktop.type(os.path.join(self.folder, "result"))  # the ending comes by itself
        self.desktop.key("Return")
        self.desktop.focus(self.desktop.wait_for_window(MESSAGE))
        self.desktop.screenshot("export-overwrites")
        self.desktop.key("Escape")  # no
        self.desktop.wait_until_closed(MESSAGE)
        with open(path) as file:
            self.assertEqual(file.read(), "something that is dear to someone")
        self.desktop.focus(chooser)
        self.desktop.key("Return")
        self.desktop.focus(self.desktop.wait_for_window(MESSAGE))
        self.desktop.key("alt+r")
        self.desktop.wait_until_closed(CHOOSER)

        def read():
            try:
                with Image.open(path) as file:
                    return opaque(file)
            except OSError:
                return None

        written = self.desktop.wait(read, "no whole file was written")
        time.sleep(0.5)
        self.desktop.screenshot("export-done")
        np.testing.assert_array_equal(planes(written), planes(opaque(exported(self.gimp, self.folder, image, layer))))
        self.close()

    def test_an_export_that_is_something_else_says_so(self):
        image, _ = self.start()
        self.open_dialog()
        page = self.confirm()
        self.desktop.wait(lambda: len(self.layers(image)) == 2, "no result layer")
        self.gimp.do(f"(gimp-image-undo-disable {image})")
        self.gimp.do(f"(gimp-drawable-invert {self.layers(image)[0]} FALSE)")
        path = os.path.join(self.folder, "inverted.png")
        self.desktop.focus(page)
        before = np.asarray(Image.open(self.desktop.screenshot("export-before")).convert("L"))
        self.desktop.key("alt+e")
        self.desktop.focus(self.desktop.wait_for_window(CHOOSER))
        self.desktop.key("ctrl+a")
        self.desktop.type(path)
        self.desktop.key("Return")
        self.desktop.wait_until_closed(CHOOSER)
        self.desktop.wait(lambda: os.path.exists(path), "no file was written")
        time.sleep(1)
        after = np.asarray(Image.open(self.desktop.screenshot("export-another")).convert("L"))
        self.assertGreater(np.count_nonzero(before != after), 500, "nothing was said")
        # A result that has gone is said to have gone, and nothing is written.
        self.gimp.do(f"(gimp-image-remove-layer {image} {self.layers(image)[0]})")
        os.remove(path)
        self.desktop.focus(page)
        self.desktop.key("alt+e")
        time.sleep(1)
        self.desktop.screenshot("export-gone")
        self.assertFalse(self.desktop.find_window(CHOOSER))
        self.close()

    def test_shown_everywhere_and_back(self):
        image, _ = self.start()
        self.open_dialog()
        page = self.confirm()
        before = self.images()
        self.desktop.key("alt+w")
        self.desktop.wait(lambda: len(self.images()) == len(before) + 1, "no contact sheet", 120)
        self.desktop.wait_for_window("^Bifocal: cover.png")
        self.desktop.focus(page)
        time.sleep(0.5)
        self.desktop.screenshot("result-revealed")
        self.close()
        self.assertEqual(len(self.layers(image)), 2)

    def test_the_image_is_closed_while_its_result_is_shown(self):
        image, _ = self.start()
        self.open_dialog()
        page = self.confirm()
        self.gimp.do(f"(gimp-display-delete {self.displays.pop()})")
        self.assertNotIn(image, self.images())
        self.desktop.focus(page)
        self.desktop.key("alt+w")
        time.sleep(1)
        self.desktop.screenshot("result-image-closed")
        self.close()
        self.assertFalse(self.desktop.find_window(MESSAGE), "the result was there, the window did its work")


class Looks(LooksCase, Case):
    def test_pages(self):
        self.start(512)
        self.open_dialog()
        self.advanced("algorithm=annealing")  # so long that the window can be looked at
        self.desktop.key("Return")
        work = self.desktop.wait_for_window("Solving: Bifocal at Work$", 120)
        self.keep("page-work", work)
        self.desktop.focus(work)
        self.desktop.key("alt+s")
        page = self.desktop.wait_for_window(REPORT)
        self.desktop.focus(page)
        self.keep("page-result", page)
        self.desktop.key("alt+f")
        self.keep("page-figures", page)
        self.desktop.key("alt+f")
        self.close()
        window = self.open_dialog("m", VIEWS)
        self.desktop.key("alt+q", "Home", "Down", "Down")
        time.sleep(0.5)
        self.desktop.focus(window)
        self.click_ok(window)
        page = self.desktop.wait_for_window(REPORT, 120)
        self.desktop.focus(page)
        self.keep("page-views", page)
        self.close()


class LightLooks(Looks):
    THEME, FONT = "Light", 10


if __name__ == "__main__":
    unittest.main(verbosity=2)
