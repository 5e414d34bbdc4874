#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Every window and page in every language, on 1024x768 pixels with letters of 16 points: nothing is cut off or scrolls sideways,
each control has a key that is its own and a name for screen readers. Pictures of all are kept."""
import os
import time
import unittest

from support import widgets
from support.dialog_case import SETTINGS, LooksCase
from support.gimp import GimpError
from support.locales import LANGUAGES, catalogue_of, locale_of
from support.pictures import gentle, load, sample


class Windows:
    """Of one language."""
    LANGUAGE = "en"

    @classmethod
    def environment(cls):
        cls.answers = os.path.join(cls.folder, "widgets")
        own = widgets.environment(cls.answers)
        return own if cls.LANGUAGE == "en" else {**own, **locale_of(cls.LANGUAGE, cls.folder)}

    def setUp(self):
        super().setUp()
        self.wrong = []
        self.words = catalogue_of(self.LANGUAGE, self.gimp.dir)
        self.image, self.cover = self.show(sample("astronaut.png", (512, 512)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (64, 64))), "cat.png")

    def open(self, procedure, arguments, title):
        """Its window, as from the menu."""
        self.gimp.send(f"({procedure} RUN-INTERACTIVE {self.image} {self.cover} {arguments})")
        self.window = self.desktop.wait_for_window(title)
        self.desktop.focus(self.window)
        return self.window

    def tearDown(self):
        """Puts the window away, and takes its procedure's answer."""
        while self.desktop.xdotool("search", "--onlyvisible", "--name", "Bifocal", check=False):
            self.desktop.xdotool("windowactivate", self.window, check=False)
            self.desktop.key("Escape")
            time.sleep(0.5)
        try:
            self.gimp.receive(60)
        except GimpError:  # a person cancelled
            pass
        super().tearDown()
        if self.wrong:
            self.fail("\n" + "\n".join(self.wrong))

    def ask(self, window):
        asked = widgets.ask(self.desktop, window, self.answers)
        asked.any_length = {self.words("Cover"), self.words("Target")}
        return asked

    def press(self, window, text):
        """The key of what is called so in English."""
        text = self.words(text)
        plain = text.replace("_", "")
        label = next(w for w in self.ask(window).all() if w.get("mnemonic") and w.get("text", "").split("\n")[0] == plain)
        self.desktop.key("alt+" + label.mnemonic)
        time.sleep(0.3)

    def look(self, name, window, without_keys=(), heading=""):
        """Keeps a picture, and tells what is wrong. `heading`: of the list of views, where
        Tab goes on."""
        try:
            self.keep(f"{self.LANGUAGE}-{name}", window)
        except AssertionError as larger:
            self.wrong.append(f"{name}: {larger}")
        asked = self.ask(window)
        lines = widgets.lines_of(asked, heading) if heading else ()
        wrong = widgets.cut_off(asked)
        wrong += [f"{key} leads to {places}" for key, places in widgets.conflicts(asked).items()]
        wrong += [f"no key: {w}" for w in widgets.without_key(asked, {self.words(n) for n in (*self.USUAL, *without_keys)}, lines)]
        wrong += [f"no name for screen readers: {w}" for w in widgets.unnamed(asked)]
        self.wrong += [f"{name}: {line}" for line in wrong]
        return asked

    #: Enter, Escape, F1.
    USUAL = ("OK", "Cancel", "Help")
    #: These have keys that are no letters, Ctrl+S, F2, Ctrl+D and the arrow key down, or come next to what has one, by Tab.
    OTHERS = ("Save as a preset", "Rename the preset", "Remove the preset", "Pick an option", "Width", "Height",
              "Keep the cover's shape", "Quality of JPEG", "Contrast:", "Seen from:", "The image at full size")

    def test_hide(self):
        window = self.open("plug-in-bifocal", '-1 0 0 "" 0 0 ""', SETTINGS)
        self.press(window, "_Reset")
        time.sleep(2)  # the preview
        self.look("form", window, self.OTHERS)
        self.press(window, "Si_ze:")
        self.desktop.key("End")
        self.press(window, "_More")
        self.look("form-eye", window, self.OTHERS)
        self.press(window, "_More")
        self.press(window, "Pi_xel by pixel")
        time.sleep(2)
        self.press(window, "_More")
        self.press(window, "Advan_ced")
        self.look("form-pixels", window, self.OTHERS)
        self.desktop.key("ctrl+a")
        self.desktop.type("colour=blue")
        time.sleep(0.5)
        self.look("form-refused", window, self.OTHERS)
        self.desktop.key("ctrl+a", "BackSpace")
        self.press(window, "Advan_ced")
        self.press(window, "_More")
        self.press(window, "To the e_ye")
        self.press(window, "Advan_ced")
        self.desktop.type("algorithm=annealing")  # minutes, if it is let
        self.desktop.key("Return")
        self.desktop.wait_for_window(self.words("%s, %s: Bifocal at Work").split("%s")[-1] + "$")
        time.sleep(1)
        self.look("work", window)
        self.press(window, "_Stop and Keep")
        self.desktop.wait_for_window("^" + self.words("Bifocal: %s").replace("%s", ""))
        time.sleep(0.5)
        self.look("result", window, self.OTHERS)
        self.press(window, "_Figures and notes")
        self.look("result-figures", window, self.OTHERS)
        self.press(window, "_Figures and notes")

    def test_reveal(self):
        window = self.open("plug-in-bifocal-reveal", '1 #(64) "pillow-bicubic pillow-nearest"', f"^{self.words('Bifocal, Reveal')}$")
        time.sleep(0.5)
        self.look("reveal", window, ["Programs that scale"])
        self.desktop.key("Return")
        self.desktop.wait_for_window("^" + self.words("Bifocal: %s").replace("%s", ""))
        time.sleep(0.5)
        self.look("revealed", window)

    def test_many_views(self):
        window = self.open("plug-in-bifocal-views", '0 #() 0 #() 0 #() 0 (list) 0 #() 0 0 ""', f"^{self.words('Bifocal, Many Views')}$")
        time.sleep(1)
        self.look("views", window, self.OTHERS, heading=self.words("Weight"))


for language in ["en", *LANGUAGES]:
    globals()[language] = type(f"Windows_{language}", (Windows, LooksCase), {"LANGUAGE": language})


if __name__ == "__main__":
    unittest.main(verbosity=2)
