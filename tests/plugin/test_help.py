#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The help: every page, link, picture and place is there, each control's too, and it opens from GIMP without a network, in the
person's language."""
import glob
import html.parser
import os
import re
import stat
import subprocess
import tempfile
import unittest
import urllib.parse
import xml.etree.ElementTree

from PIL import Image

from support.case import GimpCase
from support.desktop import Desktop
from support.dialog_case import DialogCase
from support.gimp import BUILD, ROOT, Gimp, install
from support.locales import LANGUAGES, catalogue_of, locale_of
from support.pictures import gentle, load, sample

BUILT = os.path.join(BUILD, "gimp-plugin", "help")
PROCEDURES = ["plug-in-bifocal", "plug-in-bifocal-views", "plug-in-bifocal-reveal", "plug-in-bifocal-help"]


class Page(html.parser.HTMLParser):
    def __init__(self, path):
        super().__init__()
        self.ids, self.links, self.pictures, self.open, self.wrong = set(), [], [], [], []
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "html":
            self.language = given["lang"]
        if "id" in given:
            if given["id"] in self.ids:
                self.wrong.append("twice: " + given["id"])
            self.ids.add(given["id"])
        if "href" in given:
            self.links.append(given["href"])
        if tag == "img":
            self.pictures.append(given)
        if tag not in ("meta", "link", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append("closes: " + tag)


def pages(folder):
    return {os.path.basename(path): Page(path) for path in glob.glob(os.path.join(folder, "*.html"))}


def items(folder):
    tree = xml.etree.ElementTree.parse(os.path.join(folder, "gimp-help.xml"))
    return {item.get("id"): item.get("ref") for item in tree.getroot().findall("help-item")}


class Pages(unittest.TestCase):
    def check(self, folder):
        """Of all languages."""
        self.assertEqual(sorted(os.listdir(folder)), sorted(["en", "style.css", *LANGUAGES]))
        places = items(os.path.join(folder, "en"))
        for language in ["en", *LANGUAGES]:
            with self.subTest(language=language):
                self.check_language(os.path.join(folder, language))
                self.assertEqual(items(os.path.join(folder, language)), places)

    def check_language(self, folder):
        found = pages(folder)
        self.assertGreaterEqual(len(found), 5)

        def must_be_there(address):
            file, _, place = address.partition("#")
            self.assertTrue(os.path.isfile(os.path.join(folder, file)), address)
            if place:
                self.assertIn(place, found[file].ids, address)

        for name, page in found.items():
            with self.subTest(name):
                self.assertEqual(page.wrong, [])
                self.assertEqual(page.language, os.path.basename(folder))
                for link in page.links:
                    self.assertEqual(urllib.parse.urlparse(link).scheme, "", "nothing that needs a network")
                    must_be_there(name + link if link.startswith("#") else link)
                for picture in page.pictures:
                    self.assertTrue(picture["alt"])
                    with Image.open(os.path.join(folder, picture["src"])) as file:
                        self.assertEqual((int(picture["width"]), int(picture["height"])), file.size, picture["src"])
        for address in items(folder).values():
            must_be_there(address)

    def test_as_one_user_installs_it(self):
        with tempfile.TemporaryDirectory() as folder:
            install(folder)
            self.check(os.path.join(folder, "plug-ins", "bifocal", "help"))

    def test_as_the_system_installs_it(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", folder], check=True, stdout=subprocess.DEVNULL)
            place = subprocess.run(["pkg-config", "--variable=gimplibdir", "gimp-2.0"], check=True, capture_output=True, text=True)
            self.check(os.path.join(folder + place.stdout.strip(), "plug-ins", "bifocal", "help"))

    def test_every_procedure_and_control_has_its_place(self):
        known = items(os.path.join(BUILT, "en"))
        for procedure in PROCEDURES:
            self.assertIn(procedure, known)
        used = set()
        for path in glob.glob(os.path.join(ROOT, "gimp-plugin", "dialogs", "*.cpp")):
            with open(path) as file:
                used |= set(re.findall(r'"(plug-in-bifocal[a-z-]*/[a-z-]+)"', file.read()))
        self.assertGreater(len(used), 10)
        for place in sorted(used):
            self.assertIn(place, known, "a control's place in the help")


class Opens(DialogCase):
    """With a web browser that only writes down what it is asked to show."""
    LANGUAGE = "en"

    @classmethod
    def start_gimp(cls):
        data = os.path.join(cls.folder, "data")
        os.makedirs(os.path.join(data, "applications"))
        cls.asked = os.path.join(cls.folder, "asked")
        browser = os.path.join(cls.folder, "browser")
        with open(browser, "w") as script:
            script.write(f'#!/bin/sh\necho "$1" >> {cls.asked}\n')
        os.chmod(browser, os.stat(browser).st_mode | stat.S_IXUSR)
        with open(os.path.join(data, "applications", "written-down.desktop"), "w") as file:
            file.write(f"[Desktop Entry]\nType=Application\nName=Written Down\nExec={browser} %u\n"
                       "MimeType=text/html;x-scheme-handler/http;\n")
        with open(os.path.join(data, "applications", "mimeapps.list"), "w") as file:
            file.write("[Default Applications]\ntext/html=written-down.desktop\nx-scheme-handler/http=written-down.desktop\n")
        os.environ["XDG_DATA_HOME"] = data
        cls.addClassCleanup(os.environ.pop, "XDG_DATA_HOME")
        cls.desktop = Desktop()
        cls.addClassCleanup(cls.desktop.close)
        folder = os.path.join(cls.folder, "gimp")
        install(folder)
        with open(os.path.join(folder, "gimprc"), "w") as file:
            file.write("(help-browser web-browser)\n")
        language = {} if cls.LANGUAGE == "en" else locale_of(cls.LANGUAGE, cls.folder)
        return Gimp(display=cls.desktop.display, gimp_dir=folder, environment=language)

    def shown(self):
        """The address that the browser was asked for, once it was."""
        self.desktop.wait(lambda: os.path.exists(self.asked) and os.path.getsize(self.asked), "no page was opened", 30)
        with open(self.asked) as file:
            address = file.read().strip()
        os.remove(self.asked)
        parts = urllib.parse.urlparse(address)
        self.assertIn(parts.scheme, ["file", ""], "GIO hands a file's address over as its path")
        path = urllib.parse.unquote(parts.path)
        self.assertTrue(os.path.isfile(path), address)
        return os.path.relpath(path, self.gimp.dir)

    def key(self, entry):
        """Of a menu's entry."""
        words = catalogue_of(self.LANGUAGE, self.gimp.dir)(entry)
        return words[words.index("_") + 1].lower()

    def test_from_the_menu_and_from_windows(self):
        words = catalogue_of(self.LANGUAGE, self.gimp.dir)
        self.show(sample("astronaut.png", (120, 80)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (24, 16))), "cat.png")
        place = f"plug-ins/bifocal/help/{self.LANGUAGE}/"
        self.open_menu()
        self.desktop.screenshot("menu-bifocal-" + self.LANGUAGE)
        self.desktop.key(self.key("H_elp"))
        self.assertEqual(self.shown(), place + "bifocal-help.html")
        for entry, title, page in (("_Hide a Picture...", "Bifocal", "bifocal.html"),
                                   ("_Many Views...", "Bifocal, Many Views", "bifocal-views.html"),
                                   ("_Reveal...", "Bifocal, Reveal", "bifocal-reveal.html")):
            title = f"^{words(title)}$"
            self.open_dialog(self.key(entry), title)
            self.desktop.key("F1")
            self.assertEqual(self.shown(), place + page)
            self.desktop.key("Escape")
            self.desktop.wait_until_closed(title)

    def test_from_gimps_own_help(self):
        """As F1 on a menu's entry does: GIMP looks the page up in gimp-help.xml."""
        self.gimp.do('(gimp-help "https://bifocal.invalid/help" "plug-in-bifocal-views/preset")')
        self.assertEqual(self.shown(), f"plug-ins/bifocal/help/{self.LANGUAGE}/bifocal-views.html")


class OpensInGerman(Opens):
    LANGUAGE = "de"


class Script(GimpCase):
    @classmethod
    def start_gimp(cls):
        folder = os.path.join(cls.folder, "gimp")
        install(folder)
        with open(os.path.join(folder, "gimprc"), "w") as file:
            file.write('(help-locales "ja:de:en")\n')
        return Gimp(gimp_dir=folder)

    def test_the_address_is_in_the_first_language_there_is_of_those_that_gimp_is_set_to(self):
        address = self.gimp.text("(plug-in-bifocal-help RUN-NONINTERACTIVE)")
        path = urllib.parse.unquote(urllib.parse.urlparse(address).path)
        self.assertTrue(os.path.isfile(path), address)
        self.assertTrue(path.endswith("/help/de/bifocal-help.html"), address)


if __name__ == "__main__":
    unittest.main(verbosity=2)
