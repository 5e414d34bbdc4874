#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Numbers in messages under a German locale, huge views, long and thin covers."""
import json
import os
import subprocess
import tempfile
import unittest

from support.case import GimpCase
from support.gimp import Gimp, GimpError
from support.pictures import gentle, sample


class Limits(GimpCase):
    @classmethod
    def start_gimp(cls):
        """A GIMP whose C library writes "100,5"; its messages stay English."""
        folder = tempfile.mkdtemp(prefix="locale-", dir=cls.folder)
        subprocess.run(["localedef", "-c", "-i", "de_DE", "-f", "UTF-8", os.path.join(folder, "de_DE.UTF-8")],
                       check=True, capture_output=True)
        locale = {"LOCPATH": folder, "LC_ALL": "de_DE.UTF-8", "LANGUAGE": "en"}
        comma = subprocess.run(["/usr/bin/printf", "%.1f", "0,5"], env=locale, check=True, capture_output=True, text=True)
        assert comma.stdout == "0,5", "the locale is not there"
        return Gimp(environment=locale)

    def setUp(self):
        self.image, self.cover = self.open("cover", lambda: sample("astronaut.png", (96, 80)))
        _, self.target = self.open("target", lambda: gentle(sample("chelsea.png", (24, 20))))

    def assert_refused(self, words, call):
        with self.assertRaises(GimpError) as refusal:
            call()
        self.assertIn(words, str(refusal.exception))

    def test_numbers_are_read_as_the_person_writes_them_and_names_stay(self):
        for balance, words in (("100.5", "The balance is 100,5. It must"), ("-0.000000001", "The balance is -1e-09. It must"),
                               ("(expt 10.0 308)", "The balance is 1e+308. It must")):
            self.assert_refused(words, lambda b=balance: self.bifocal(self.image, self.cover, self.target, balance=b))
        _, report = self.bifocal(self.image, self.cover, self.target, appearance=1)
        self.assertEqual(json.loads(report)["appearance"][0]["name"], "eye, sigma 1.0 pixels")

    def views(self, width, height):
        return self.gimp.do(f"(plug-in-bifocal-views RUN-NONINTERACTIVE {self.image} {self.cover} 1 #({self.target}) 1 #({width}) "
                            f'1 #({height}) 1 \'("pillow-bicubic") 1 #(1) 0 100 "")')

    def test_a_huge_view_is_refused(self):
        self.assert_refused("has the size 60000x60000, which is too large: for an image of 96x80 it may be at most 1536x1280",
                            lambda: self.views(60000, 60000))
        self.assertEqual(self.layers(self.image), [self.cover])

    def test_options_that_do_nothing_are_named(self):
        _, report = self.bifocal(self.image, self.cover, self.target, options="jpeg=85")
        self.assertIn("the option jpeg changes nothing here; it works only to the eye, with one thumbnail",
                      json.loads(report)["warnings"])

    def test_long_and_thin(self):
        for appearance in (0, 1):
            image, cover = self.open("thin", lambda: sample("coffee.png", (2400, 9)))
            _, report = self.bifocal(image, cover, self.target, 300, 4, appearance=appearance)
            self.assertGreater(json.loads(report)["views"][-1]["exact_pixels"], 0.99)


if __name__ == "__main__":
    unittest.main()
