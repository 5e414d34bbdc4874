#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The help's pages in each language: as many sections as in English, of the English text as it is now, and every control is
named there as the windows, or GIMP, name it."""
import gettext
import html.parser
import os
import re
import subprocess
import sys
import unicodedata
import unittest

from support.gimp import ROOT
from support.locales import LANGUAGES

sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "gimp-plugin", "help")]

import pages  # noqa: E402
import translations  # noqa: E402

HELP = pages.pathlib.Path(ROOT) / "gimp-plugin" / "help"
#: Headings of level 3 that are no control's name.
OWN_HEADINGS = {"bifocal": {"goal", "cover-strength"}, "bifocal-views": {"cover"}}
#: Inside paragraphs, where a translation may have another order.
INLINE = ("em", "strong", "code", "a", "br", "dfn")


def plain(words):
    """Without mnemonics, ends of lines, and what is around a name in a window: as names are compared."""
    words = unicodedata.normalize("NFC", words).replace("\\n", " ").replace('\\"', '"').replace("_", "").replace("…", "...")
    return re.sub(r"\s+", " ", words).strip().rstrip(":.").strip().casefold()


def own_words(language):
    """{plain English: {plain translation}} of the plug-in's texts."""
    found = {}
    for (text, _), translated in translations.messages(translations.PO / f"{language}.po").items():
        found.setdefault(plain(text), set()).update(map(plain, translated))
    return found


def gimps_words(language):
    """The same of GIMP's, without the contexts."""
    found = {}
    folder = subprocess.run(["pkg-config", "--variable=gimplocaledir", "gimp-2.0"], check=True, capture_output=True, text=True)
    for domain in ("gimp20", "gimp20-std-plug-ins"):
        path = os.path.join(folder.stdout.strip(), language, "LC_MESSAGES", domain + ".mo")
        with open(path, "rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog
        for text, translated in catalogue.items():
            if isinstance(text, str):
                found.setdefault(plain(text.rpartition("\x04")[2]), set()).add(plain(translated))
    return found


def part_of(words, text):
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.blocks, self.names, self.headings, self.links, self.codes = [], [], {}, [], []
        self.place, self.words = None, None
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in INLINE:
            self.blocks.append((tag, given.get("id"), os.path.basename(given.get("src", ""))))
        if tag == "a":
            self.links.append(given["href"])
        self.place = given.get("id")
        if tag in ("em", "strong", "code", "h3"):
            self.words = ""

    def handle_endtag(self, tag):
        if tag == "h3":
            self.headings[self.place] = self.words
        elif tag == "code":
            self.codes.append(self.words)
        elif tag in ("em", "strong"):
            self.names += re.split(r"\s+>\s+", self.words)  # a menu's entry has its way before it
        if tag in ("em", "strong", "code", "h3"):
            self.words = None

    def handle_data(self, data):
        if self.words is not None:
            self.words += data


class Words(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.english = {page: Page(HELP / "en" / f"{page}.html") for page in pages.PAGES}
        cls.gimp = gimps_words(LANGUAGES[0])
        cls.own = {text: {text} for text in own_words(LANGUAGES[0])}

    def called(self, name, own, gimp):
        """(what it is called in the language of these words, whether that is all of a text and not a part of one)."""
        name = plain(name)
        if name == "bifocal":
            return {name}, True
        if whole := own.get(name) or gimp.get(name):
            return whole, True
        return set().union(*(words for text, words in own.items() if part_of(name, text))), False

    def is_called(self, words, allowed, whole):
        return plain(words) in allowed or not whole and any(part_of(plain(words), text) for text in allowed)

    def test_every_page_is_there_in_every_language(self):
        self.assertEqual({path.name for path in pages.languages(HELP)}, {"en", *LANGUAGES})
        for language in ["en", *LANGUAGES]:
            self.assertEqual({path.stem for path in (HELP / language).glob("*.html")} - {"foot"}, set(pages.PAGES))
            self.assertEqual((HELP / language / "foot.html").exists(), language != "en", "says that it awaits a native reader")

    def test_the_english_pages_name_what_there_is(self):
        for page, english in self.english.items():
            for name in english.names:
                with self.subTest(page=page, name=name):
                    self.assertTrue(self.called(name, self.own, self.gimp)[0], "no window calls anything so")
            for place, words in english.headings.items():
                if place not in OWN_HEADINGS.get(page, ()):
                    with self.subTest(page=page, heading=words):
                        self.assertTrue(self.called(words, self.own, {})[0], "no window calls anything so")

    def test_a_translation_is_one_of_the_english_text_as_it_is_now(self):
        for language in LANGUAGES:
            for page in pages.PAGES:
                with self.subTest(language=language, page=page):
                    stamp = pages.stamp(HELP / "en" / f"{page}.html")
                    text = (HELP / language / f"{page}.html").read_text(encoding="utf-8")
                    self.assertIn(stamp, text.splitlines()[:2],
                                  "the English page has changed: bring the translation up to date, then note this line in it")

    def test_a_translation_has_all_sections_links_and_names(self):
        for language in LANGUAGES:
            own, gimp = own_words(language), gimps_words(language)
            for page, english in self.english.items():
                with self.subTest(language=language, page=page):
                    theirs = Page(HELP / language / f"{page}.html")
                    self.assertEqual(theirs.blocks, english.blocks)
                    self.assertEqual(sorted(theirs.links), sorted(english.links))
                    self.assertEqual(sorted(theirs.codes), sorted(english.codes))
                    for place, words in english.headings.items():
                        if place not in OWN_HEADINGS.get(page, ()):
                            self.assertTrue(self.is_called(theirs.headings[place], *self.called(words, own, {})),
                                            f"{theirs.headings[place]!r} for {words!r}")
                    left = list(theirs.names)
                    for name in english.names:
                        allowed, whole = self.called(name, own, gimp)
                        found = next((words for words in left if self.is_called(words, allowed, whole)), None)
                        self.assertIsNotNone(found, f"{name!r} is called {sorted(allowed)}, and not one of {left}")
                        left.remove(found)
                    self.assertEqual(left, [], "names that English does not have there")


if __name__ == "__main__":
    unittest.main(verbosity=2)
