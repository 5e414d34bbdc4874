#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Wrong calls of each procedure: a message in plain words, GIMP alive, every image as it was."""
import re
import time
import unittest

from faults_case import FaultsCase, bifocal_call, reveal_call, views_call
from support.gimp import GimpError, quote
from support.pictures import gentle, sample

#: Scheme for numbers that are none, and for a text of 200,000 letters.
NAN, INFINITE, HUGE_TEXT = "(sqrt -1)", "(exp 1000)", "(make-string 200000 #\\a)"
LARGEST, SMALLEST = 2147483647, -2147483648
#: Words that are not for users.
NOT_FOR_USERS = re.compile(r"std::|bad_alloc|basic_string|unexpected|fault in|assert|json|\b0x[0-9a-f]{4,}|_M_|terminate", re.I)


class Calls(FaultsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.refused = 0
        cls.addClassCleanup(lambda: print(f"{cls.refused} wrong calls were refused"))

    def setUp(self):
        self.image, self.cover = self.open("cover", lambda: sample("astronaut.png", (96, 64)))
        self.other, self.target = self.open("target", lambda: gentle(sample("chelsea.png", (24, 16))))
        g = self.gimp
        self.group = g.number(f"(gimp-layer-group-new {self.image})")
        g.do(f"(gimp-image-insert-layer {self.image} {self.group} 0 0)")
        self.mask = g.number(f"(gimp-layer-create-mask {self.target} ADD-MASK-WHITE)")
        g.do(f"(gimp-layer-add-mask {self.target} {self.mask})")
        self.channel = g.number(f'(gimp-channel-new {self.image} 96 64 "c" 50 (list 0 0 0))')
        g.do(f"(gimp-image-insert-channel {self.image} {self.channel} 0 0)")
        self.path = g.number(f'(gimp-vectors-new {self.image} "p")')
        g.do(f"(gimp-image-insert-vectors {self.image} {self.path} 0 0)")
        self.selection = g.number(f"(gimp-image-get-selection {self.image})")
        deleted_image, self.deleted = self.open("target", lambda: None)
        g.do(f"(gimp-image-delete {deleted_image})")
        self.deleted_image = deleted_image
        self.indexed, self.indexed_layer = self.open("cover", lambda: None)
        g.do(f'(gimp-image-convert-indexed {self.indexed} CONVERT-DITHER-NONE CONVERT-PALETTE-GENERATE 8 FALSE FALSE "")')
        # A layer that was never put into an image, and one that was taken out again.
        self.loose = g.number(f'(gimp-layer-new {self.image} 20 20 RGB-IMAGE "loose" 100 LAYER-MODE-NORMAL)')
        taken = g.number(f'(gimp-layer-new {self.image} 20 20 RGB-IMAGE "taken" 100 LAYER-MODE-NORMAL)')
        g.do(f"(gimp-image-insert-layer {self.image} {taken} 0 0)")
        g.do(f"(gimp-image-remove-layer {self.image} {taken})")
        self.taken = taken
        for image in self.images():
            g.do(f"(gimp-image-clean-all {image})")

    def no_layers(self):
        """Ids of all that is no layer which the work could go on with."""
        return {"-1": -1, "0": 0, "no id": 999999, "negative": SMALLEST, "largest": LARGEST, "deleted": self.deleted,
                "taken out": self.taken, "group": self.group, "mask": self.mask, "channel": self.channel,
                "path": self.path, "selection": self.selection, "an image": self.image}

    def no_covers(self):
        return {**self.no_layers(), "loose": self.loose}  # as a target, a layer that no image holds is as good as another

    def assert_all_refused(self, calls):
        for what, call in calls.items():
            before = self.state()
            with self.subTest(what):
                try:
                    answer = self.gimp.do(call, 120)
                except GimpError as e:
                    message = str(e)
                else:
                    self.fail(f"{what}: it was accepted: {answer[:200]}")
                type(self).refused += 1
                self.assertRegex(message, r"[a-z]{3,} [a-z]{2,} [a-z]{2,}", "a sentence")
                self.assertLess(len(message), 3000)
                self.assertIsNone(NOT_FOR_USERS.search(message), message)
                self.assertEqual(self.state(), before, "nothing has changed")

    def assert_works(self):
        """GIMP and the plug-in are as well as before."""
        image, cover = self.open("cover", lambda: None)
        _, target = self.open("target", lambda: None)
        result, _ = self.bifocal(image, cover, target)
        self.assertEqual(self.layers(image), [result, cover])

    def test_bifocal(self):
        good = dict(image=self.image, cover=self.cover, target=self.target)
        wrong = {f"cover: {k}": dict(cover=v) for k, v in self.no_covers().items()}
        wrong |= {f"target: {k}": dict(target=v) for k, v in self.no_layers().items() if k != "mask"}  # which stands for its layer
        wrong |= {f"image: {k}": dict(image=v) for k, v in {"-1": -1, "no id": 999999, "deleted": self.deleted_image, "a layer": self.cover,
                                                           "another": self.other, "largest": LARGEST, "smallest": SMALLEST}.items()}
        wrong |= {
            "indexed": dict(image=self.indexed, cover=self.indexed_layer),
            "target is the cover": dict(target=self.cover),
            "width -1": dict(width=-1, height=8), "height -1": dict(width=8, height=-1),
            "largest size": dict(width=LARGEST, height=LARGEST), "smallest size": dict(width=SMALLEST, height=SMALLEST),
            "the cover's size": dict(width=96, height=64), "one side too large": dict(width=97, height=4),
            "no scaler": dict(scaler='""'), "a blank scaler": dict(scaler='" "'), "a huge scaler": dict(scaler=HUGE_TEXT),
            "a wrong scaler": dict(scaler=quote("Pillow bicubic")), "broken custom": dict(scaler=quote("custom:kernel=")),
            "custom, no number": dict(scaler=quote("custom:kernel=box,support=nan")),
            "a scaler in broken UTF-8": dict(scaler='(string #\\a (integer->char 200))'),
            "any, pixel by pixel": dict(scaler=quote("any")),
            "appearance 2": dict(appearance=2), "appearance -1": dict(appearance=-1), "largest appearance": dict(appearance=LARGEST),
            "balance -1": dict(balance=-1), "balance 101": dict(balance=101), "balance NaN": dict(balance=NAN),
            "balance infinite": dict(balance=INFINITE), "balance minus infinite": dict(balance=f"(- {INFINITE})"), "balance 1e308": dict(balance="1e308"),
            "run mode 3": dict(mode=3), "run mode -1": dict(mode=-1), "largest run mode": dict(mode=LARGEST),
            "no display": dict(mode="RUN-INTERACTIVE"),
        }
        for options in ("colour=blue", "gap", "gap=", "=", "=1", "gap=nan", "gap=inf", "gap=1e999", "gap=-1", "seed=-1", "seed=1e30", "sweeps=-1",
                        "sweeps=x", "seconds=-5", "fit=", "fit=tight", "algorithm=fast", "algorithm=", "objective=cubes", "repair=maybe",
                        "out-of-reach=x", "gap=1e-5 gap=x", "gap =1", "seconds=10,5,5", "GAP=1e-5", "\\t=\\n"):
            wrong[f"options {options}"] = dict(options=quote(options).replace("\\\\", "\\"))
        wrong["huge options"] = dict(options=HUGE_TEXT)
        for options in ("jpeg=49", "jpeg=101", "jpeg=nan", "sigma=0", "sigma=nan", "ghosting=9", "iterations=-1", "subsampling=411", "cover-strength=0"):
            wrong[f"to the eye, options {options}"] = dict(options=quote(options), appearance=1)
        self.assert_all_refused({k: bifocal_call(**{**good, **v}) for k, v in wrong.items()})
        self.assert_works()

    def test_views(self):
        good = dict(image=self.image, cover=self.cover, targets=[self.target, self.target])
        two = lambda v: [self.target, v]  # noqa: E731
        wrong = {f"cover: {k}": dict(cover=v) for k, v in self.no_covers().items()}
        wrong |= {f"target: {k}": dict(targets=two(v)) for k, v in self.no_layers().items() if k != "mask"}
        wrong |= {f"image: {k}": dict(image=v) for k, v in {"-1": -1, "deleted": self.deleted_image, "a layer": self.cover, "another": self.other}.items()}
        wrong |= {
            "no views": dict(targets="0 #()", widths="0 #()", heights="0 #()", scalers="0 '()", weights="0 #()"),
            "fewer widths": dict(widths=[0]), "more heights": dict(heights=[0, 0, 0]), "fewer scalers": dict(scalers=[quote("pillow-bicubic")]),
            "more weights": dict(weights=[1, 1, 1]), "fewer weights": dict(weights=[1]), "no weights": dict(weights="0 #()"),
            "a count above its list": dict(widths="2 #(0)"), "a negative count": dict(targets="-1 #()"), "the largest count": dict(targets=f"{LARGEST} #(1 2)"),
            "65 views": dict(targets=[self.target] * 65),
            "weight 0": dict(weights=[1, 0]), "weight -1": dict(weights=[1, -1]), "weight NaN": dict(weights=f"2 (vector 1 {NAN})"),
            "weight infinite": dict(weights=f"2 (vector 1 {INFINITE})"), "weight 1001": dict(weights=[1, 1001]),
            "one side only": dict(widths=[8, 0], heights=[0, 8]), "negative sizes": dict(widths=[-8, -8], heights=[-8, -8]),
            "largest size": dict(widths=[LARGEST, 8], heights=[LARGEST, 8]), "the cover's size": dict(widths=[96, 8], heights=[64, 8]),
            "no scaler": dict(scalers=['""', '""']), "a wrong scaler": dict(scalers=[quote("pillow-bicubic"), quote("x")]),
            "any": dict(scalers=[quote("any"), quote("any")]), "broken custom": dict(scalers=[quote("custom:x"), quote("pillow-box")]),
            "appearance 2": dict(appearance=2), "balance NaN": dict(balance=NAN), "balance 101": dict(balance=101), "balance -1": dict(balance=-1),
            "run mode 3": dict(mode=3), "no display": dict(mode="RUN-INTERACTIVE"), "options": dict(options=quote("gap=x")),
            "unknown option": dict(options=quote("colour=blue")), "huge options": dict(options=HUGE_TEXT), "trade-off": dict(options=quote("trade-off=perhaps")),
            "indexed": dict(image=self.indexed, cover=self.indexed_layer),
        }
        self.assert_all_refused({k: views_call(**{**good, **v}) for k, v in wrong.items()})
        self.assert_works()

    def test_reveal(self):
        good = dict(image=self.image, drawable=self.cover)
        wrong = {f"drawable: {k}": dict(drawable=v) for k, v in self.no_covers().items()}
        wrong |= {f"image: {k}": dict(image=v) for k, v in {"-1": -1, "deleted": self.deleted_image, "a layer": self.cover, "another": self.other}.items()}
        wrong |= {
            "size 0": dict(sizes="1 #(0)"), "size -5": dict(sizes="1 #(-5)"), "largest size": dict(sizes=f"1 #({LARGEST})"),
            "smallest size": dict(sizes=f"1 #({SMALLEST})"), "one wrong size": dict(sizes="3 #(24 12 1)"), "a count above its list": dict(sizes="5 #(24)"),
            "a wrong scaler": dict(scalers=quote("photoshop")), "one wrong scaler": dict(scalers=quote("pillow-bicubic x")),
            "any": dict(scalers=quote("any")), "commas": dict(scalers=quote("pillow-bicubic,opencv-linear")), "a huge scaler": dict(scalers=HUGE_TEXT),
            "run mode 3": dict(mode=3), "no display": dict(mode="RUN-INTERACTIVE"), "indexed": dict(image=self.indexed, drawable=self.indexed_layer),
        }
        self.assert_all_refused({k: reveal_call(**{**good, **v}) for k, v in wrong.items()})
        self.assert_works()

    def test_more_memory_than_there_is(self):
        """Said before a pixel is read: the largest layer that can be, which GIMP itself holds as empty tiles."""
        side = 65535
        image = self.gimp.number(f"(gimp-image-new {side} {side} RGB)")
        cover = self.gimp.number(f'(gimp-layer-new {image} {side} {side} RGB-IMAGE "large" 100 LAYER-MODE-NORMAL)')
        self.gimp.do(f"(gimp-image-insert-layer {image} {cover} 0 0)")
        self.gimp.do(f"(gimp-image-clean-all {image})")
        start = time.monotonic()
        for what, call in {"bifocal": bifocal_call(image, cover, self.target, appearance=1), "any": bifocal_call(image, cover, self.target, appearance=1, scaler=quote("any")),
                           "views": views_call(image, cover, [self.target, self.target], scalers=[quote("pillow-bicubic"), quote("pillow-nearest")])}.items():
            with self.subTest(what):
                before = self.state()
                with self.assertRaises(GimpError) as refusal:
                    self.gimp.do(call)
                print(refusal.exception)
                self.assertRegex(str(refusal.exception), r"There is not enough memory for this: it needs about \d{3,} GB, and [\d.]+ GB are free\.")
                self.assertEqual(self.state(), before)
        self.assertLess(time.monotonic() - start, 60, "nothing was read")
        self.gimp.do(f"(gimp-image-delete {image})")
        self.assert_works()


if __name__ == "__main__":
    unittest.main(verbosity=2)
