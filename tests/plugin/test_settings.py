#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""What is taken as the cover, the target and the size: results of earlier runs, masks, groups, sides of 0, last values."""
import json
import os
import time
import unittest

import numpy as np
from PIL import Image

from support.case import GimpCase
from support.gimp import GimpError, unquote
from support.pictures import exported, gentle, load, opaque, planes, sample

NO_VIEWS = "0 #() " * 3 + "0 '() 0 #() 0 0 \"\""


def vector(values):
    return f"{len(values)} #({' '.join(map(str, values))})"


class Case(GimpCase):
    def setUp(self):
        for name in ("bifocal-settings", "bifocal-views", "bifocal-reveal"):
            if os.path.exists(self.file(name)):
                os.remove(self.file(name))
        # Read anew each time: the only layers that could be meant.
        self.image, self.cover = load(self.gimp, self.folder, sample("astronaut.png", (120, 80)), "cover.png")
        self.other, self.target = load(self.gimp, self.folder, gentle(sample("chelsea.png", (24, 24))), "cat.png")

    def file(self, name):
        return os.path.join(self.gimp.dir, name)

    def write(self, name, text):
        with open(self.file(name), "w") as file:
            file.write(text)

    def run_last(self, cover=None, target=-1):
        """plug-in-bifocal with the last values; the new layer and what is kept on it."""
        layer, _ = self.bifocal(self.image, cover or self.cover, target, mode="RUN-WITH-LAST-VALS")
        return layer, self.note(layer)

    def run_last_views(self, cover=None):
        answer = self.gimp.do(f"(plug-in-bifocal-views RUN-WITH-LAST-VALS {self.image} {cover or self.cover} {NO_VIEWS})")
        layer = int(answer[1:-1].split(" ", 1)[0])
        return layer, self.note(layer)

    def name(self, layer):
        return self.gimp.text(f"(gimp-item-get-name {layer})")

    def thumbnail(self, result, size):
        file = opaque(exported(self.gimp, self.folder, self.image, result))
        return planes(file.resize(size, Image.BICUBIC))

    def last_settings(self, **changes):
        values = {"target-name": "cat", "width": 24, "height": 16, "cover-width": 120, "cover-height": 80,
                  "scaler": "pillow-bicubic", "appearance": 0, "balance": 100, "options": "", "placing": "fill", **changes}
        self.write("bifocal-settings", "[last-values]\n" + "".join(f"{k}={v}\n" for k, v in values.items()))


class Covers(Case):
    def test_a_result_gives_way_to_its_cover(self):
        first, _ = self.run_last()
        second, note = self.run_last(cover=first)
        self.assertEqual(self.layers(self.image), [second, first, self.cover], "the new result is what one sees")
        words = f"'{self.name(first)}' was made by Bifocal; its cover '{self.name(self.cover)}' is used."
        self.assertIn(words, note["report"]["notes"])
        size = (note["settings"]["width"], note["settings"]["height"])
        again, _ = self.run_last(cover=self.cover)
        self.assertEqual(planes(exported(self.gimp, self.folder, self.image, second)).tolist(),
                         planes(exported(self.gimp, self.folder, self.image, again)).tolist(), "made of the cover")
        # A copy of the image keeps its layers' kinship, another image has none.
        copy = self.gimp.number(f"(gimp-image-duplicate {self.image})")
        self.assertEqual([self.name(x) for x in self.layers(copy)], [self.name(x) for x in self.layers(self.image)])
        result = self.layers(copy)[self.layers(self.image).index(second)]
        layer, _ = self.bifocal(copy, result, self.target, mode="RUN-WITH-LAST-VALS")
        self.assertIn("is used.", " ".join(self.note(layer)["report"]["notes"]))
        other = self.gimp.number("(gimp-image-new 120 80 RGB)")
        for source in (self.cover, first):
            pasted = self.gimp.number(f"(gimp-layer-new-from-drawable {source} {other})")
            self.gimp.do(f"(gimp-image-insert-layer {other} {pasted} 0 0)")
        layer, _ = self.bifocal(other, pasted, self.target, mode="RUN-WITH-LAST-VALS")
        self.assertIn("is not in this image", " ".join(self.note(layer)["report"]["warnings"]))
        self.assertEqual(size, (24, 16))

    def test_a_result_whose_cover_is_gone(self):
        first, _ = self.run_last()
        self.gimp.do(f"(gimp-image-remove-layer {self.image} {self.cover})")
        _, note = self.run_last(cover=first)
        self.assertIn("is not in this image", " ".join(note["report"]["warnings"]))
        self.assertIn("may show through", " ".join(note["report"]["warnings"]))

    def test_a_script_gets_the_layer_that_it_names(self):
        first, _ = self.bifocal(self.image, self.cover, self.target, 24, 16)
        second, report = self.bifocal(self.image, first, self.target, 24, 16, balance=0)
        self.assertIn(f"was used as it is; its own cover is '{self.name(self.cover)}'", report)
        self.assertEqual(planes(exported(self.gimp, self.folder, self.image, second)).tolist(),
                         planes(exported(self.gimp, self.folder, self.image, first)).tolist(), "balance 0 changes nothing")

    def test_views_know_results_too(self):
        first, note = self.run_last_views()
        self.assertEqual(len(note["settings"]["views"]), 1)
        _, note = self.run_last_views(cover=first)
        self.assertIn(f"its cover '{self.name(self.cover)}' is used.", " ".join(note["report"]["notes"]))

    def test_a_result_is_no_target_by_itself(self):
        first, _ = self.run_last()
        _, note = self.run_last()
        self.assertEqual(note["settings"]["target"], "cat")
        self.gimp.do(f"(gimp-image-delete {self.other})")
        os.remove(self.file("bifocal-settings"))
        with self.assertRaisesRegex(GimpError, "There is no target layer"):
            self.run_last()
        self.assertEqual(len(self.layers(self.image)), 3)

    def test_a_result_as_target_is_warned_of(self):
        first, _ = self.bifocal(self.image, self.cover, self.target, 24, 16)
        image, cover = load(self.gimp, self.folder, sample("coffee.png", (300, 200)), "large.png")
        _, report = self.bifocal(image, cover, first, 30, 20)
        self.assertIn("was made by Bifocal. Scaled to 30x20 it may show what it hides.", report)
        _, report = self.bifocal(image, cover, first)  # its own size: that is how one is hidden in another
        self.assertNotIn("made by Bifocal", report)

    def test_the_layer_of_a_mask_that_is_edited(self):
        mask = self.gimp.number(f"(gimp-layer-create-mask {self.cover} ADD-MASK-WHITE)")
        self.gimp.do(f"(gimp-layer-add-mask {self.cover} {mask})")
        result, _ = self.bifocal(self.image, mask, self.target, 24, 16, options="fit=fill")
        expected = planes(gentle(sample("chelsea.png", (24, 24))).crop((0, 4, 24, 20)))
        self.assertEqual(self.thumbnail(result, (24, 16)).tolist(), expected.tolist())
        copy = self.gimp.number(f"(gimp-image-duplicate {self.other})")
        layer = self.layers(copy)[0]
        target_mask = self.gimp.number(f"(gimp-layer-create-mask {layer} ADD-MASK-WHITE)")
        self.gimp.do(f"(gimp-layer-add-mask {layer} {target_mask})")
        result, _ = self.bifocal(self.image, self.cover, target_mask, 24, 16, options="fit=fill")
        self.assertEqual(self.thumbnail(result, (24, 16)).tolist(), expected.tolist())

    def test_groups_as_they_look(self):
        """A group of two layers as the cover, then as the target, is what the merged group would be."""
        def grouped(image, layer):
            group = self.gimp.number(f"(gimp-layer-group-new {image})")
            self.gimp.do(f"(gimp-image-insert-layer {image} {group} 0 0)")
            self.gimp.do(f"(gimp-image-reorder-item {image} {layer} {group} 0)")
            top = self.gimp.number(f"(gimp-layer-copy {layer} TRUE)")
            self.gimp.do(f"(gimp-image-insert-layer {image} {top} {group} 0)")
            self.gimp.do(f"(gimp-drawable-invert {top} FALSE)")
            self.gimp.do(f"(gimp-layer-set-opacity {top} 30)")
            return group

        group = grouped(self.image, self.cover)
        result, report = self.bifocal(self.image, group, self.target, 24, 16, options="fit=fill")
        self.assertEqual(self.layers(self.image)[:2], [result, group], "right above the group")
        expected = planes(gentle(sample("chelsea.png", (24, 24))).crop((0, 4, 24, 20)))
        self.assertEqual(self.thumbnail(result, (24, 16)).tolist(), expected.tolist(), report)
        kept, _ = self.bifocal(self.image, group, self.target, 24, 16, balance=0)
        copy = self.gimp.number(f"(gimp-image-duplicate {self.image})")
        merged = self.gimp.number(f"(gimp-image-merge-layer-group {copy} {self.layers(copy)[2]})")
        whole = planes(exported(self.gimp, self.folder, copy, merged)).astype(int)
        self.assertLessEqual(np.abs(planes(exported(self.gimp, self.folder, self.image, kept)) - whole).max(), 1)

        plain = self.gimp.number(f"(gimp-image-duplicate {self.other})")
        group = grouped(self.other, self.target)
        merged = self.gimp.number(f"(gimp-image-merge-layer-group {plain} {grouped(plain, self.layers(plain)[0])})")
        image, cover = load(self.gimp, self.folder, sample("coffee.png", (120, 80)), "coffee.png")
        shown = []
        for target in (group, merged):
            result, _ = self.bifocal(image, cover, target, 24, 16)
            shown.append(planes(opaque(exported(self.gimp, self.folder, image, result)).resize((24, 16), Image.BICUBIC)))
        self.assertLessEqual(np.abs(shown[0] - shown[1]).max(), 1)


class Sizes(Case):
    def test_a_side_of_0_follows_the_cover(self):
        for given, made in (((24, 0), (24, 16)), ((0, 16), (24, 16)), ((25, 0), (25, 17)), ((0, 0), (24, 24))):
            layer, report = self.bifocal(self.image, self.cover, self.target, *given, options="fit=fill")
            said = next(v for v in json.loads(report)["views"] if v["scaler"])
            self.assertEqual((said["width"], said["height"]), made)
            self.assertEqual("has another shape than the cover" in report, made == (24, 24))

    def test_another_shape_is_obeyed_and_warned_of(self):
        """The sizes that the warning names are the real Pillow's."""
        result, report = self.bifocal(self.image, self.cover, self.target, 24, 24)
        file = opaque(exported(self.gimp, self.folder, self.image, result))
        self.assertEqual(planes(file.resize((24, 24), Image.BICUBIC)).tolist(),
                         planes(gentle(sample("chelsea.png", (24, 24)))).tolist(), "resize() shows the target")
        file.thumbnail((24, 24))
        self.assertNotEqual(file.size, (24, 24))
        words = " ".join(json.loads(report)["warnings"])
        self.assertIn("asked for 24x24, it makes %dx%d, and the target is lost. Choose %dx%d" % (file.size * 2), words)

    def test_views_are_warned_of_too(self):
        answer = self.gimp.do(f"(plug-in-bifocal-views RUN-NONINTERACTIVE {self.image} {self.cover} {vector([self.target])} "
                              f"{vector([24])} {vector([24])} 1 '(\"pillow-bicubic\") {vector([1])} 0 100 \"fit=inside\")")
        report = unquote(answer[1:-1].split(" ", 1)[1])
        self.assertIn("it makes 24x16", report)

    def test_a_script_places_targets_as_ever(self):
        """Without fit= a target of another shape is stretched."""
        result, _ = self.bifocal(self.image, self.cover, self.target, 24, 16)
        stretched = planes(gentle(sample("chelsea.png", (24, 24))).resize((24, 16), Image.LANCZOS))
        self.assertEqual(self.thumbnail(result, (24, 16)).tolist(), stretched.tolist())


class LastValues(Case):
    def settings(self, **changes):
        return self.run_last(**changes)[1]["settings"]

    def test_none_yet(self):
        """All three begin with what their dialogs would show."""
        settings = self.settings()
        self.assertEqual((settings["width"], settings["height"], settings["fit"]), (24, 16, "fill"))
        _, note = self.run_last_views()
        view = note["settings"]["views"][0]
        self.assertEqual((view["target"], view["width"], view["height"]), ("cat", 24, 16))
        self.gimp.do(f'(plug-in-bifocal-reveal RUN-WITH-LAST-VALS {self.image} {self.cover} 0 #() "")')

    def test_the_target_is_not_open_any_more(self):
        self.last_settings(**{"target-name": "cat that left"})
        with self.assertRaisesRegex(GimpError, "last target 'cat that left' is not open"):
            self.run_last()
        self.write("bifocal-views", json.dumps({"appearance": 0, "balance": 100, "options": "", "views": [
            {"target": "cat that left", "width": 24, "height": 16, "scaler": "pillow-box", "weight": 1}]}))
        with self.assertRaisesRegex(GimpError, "last target 'cat that left' is not open"):
            self.run_last_views()
        self.assertEqual(self.layers(self.image), [self.cover])

    def test_a_size_stays_with_its_target(self):
        self.last_settings(width=30, height=20)
        settings = self.settings()
        self.assertEqual((settings["width"], settings["height"]), (30, 20))
        _, other = load(self.gimp, self.folder, gentle(sample("rocket.jpg", (48, 32))), "rocket.png")
        settings = self.settings(target=other)
        self.assertEqual((settings["target"], settings["width"], settings["height"]), ("rocket", 48, 32))

    def test_a_size_takes_another_covers_shape(self):
        self.last_settings(width=30, height=30)  # of another shape, chosen for just this size of cover
        settings = self.settings()
        self.assertEqual((settings["width"], settings["height"]), (30, 30))
        self.last_settings(width=30, height=30, **{"cover-width": 300, "cover-height": 300})
        settings = self.settings()
        self.assertEqual((settings["width"], settings["height"]), (30, 20))

    def test_files_of_garbage(self):
        for text in ("", "\0\1\2", "[last-values]\nwidth=-5\nheight=1e9\nscaler=photoshop\nappearance=9\nbalance=nan\n"
                     "placing=sideways\noptions=colour=blue\n"):
            self.write("bifocal-settings", text)
            settings = self.settings()
            self.assertEqual((settings["width"], settings["scaler"], settings["balance"], settings["options"]),
                             (24, "pillow-bicubic", 100, ""))
        for text in ("", "[", "[]", "7", '{"views": 3}', json.dumps({"appearance": 1e300, "balance": -1, "options": "colour=blue",
                     "views": [{"target": "cat", "width": 24, "height": 16, "scaler": "photoshop", "weight": 1e300}]})):
            self.write("bifocal-views", text)
            _, note = self.run_last_views()
            self.assertEqual(len(note["settings"]["views"]), 1)
            self.assertEqual(note["settings"]["views"][0]["scaler"], "pillow-bicubic")
            self.assertEqual(note["settings"]["options"], "")

    def test_a_list_of_thousands_takes_no_time(self):
        line = {"target": "cat", "width": 24, "height": 16, "scaler": "pillow-box", "weight": 1}
        self.write("bifocal-views", json.dumps({"appearance": 0, "balance": 100, "options": "", "views": [line] * 3000}))
        start = time.monotonic()
        _, note = self.run_last_views()
        seconds = time.monotonic() - start
        self.assertEqual(len(note["settings"]["views"]), 1, "the list that it begins with")
        start = time.monotonic()
        self.run_last_views()
        self.assertLess(seconds, 5 * (time.monotonic() - start) + 2, "as fast as a short list")
        n = 3000
        call = (f"(define (n-of n x) (if (= n 0) '() (cons x (n-of (- n 1) x)))) (plug-in-bifocal-views RUN-NONINTERACTIVE "
                f"{self.image} {self.cover} {n} (make-vector {n} {self.target}) {n} (make-vector {n} 24) {n} "
                f"(make-vector {n} 16) {n} (n-of {n} \"pillow-box\") {n} (make-vector {n} 1.0) 0 100 \"\")")
        with self.assertRaisesRegex(GimpError, "There are 3000 views; at most 64 are possible"):
            self.gimp.do(call)


if __name__ == "__main__":
    unittest.main(verbosity=2)
