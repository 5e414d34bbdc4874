# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the tests of dialogs have in common: a GIMP with a window, its menus, and windows that are put away."""
import os
import time

from .case import GimpCase
from .desktop import Desktop
from .gimp import Gimp, install
from .pictures import load

SETTINGS, VIEWS, REVEAL, WORK = "^Bifocal$", "^Bifocal, Many Views$", "^Bifocal, Reveal$", "Bifocal at Work$"
REPORT = "^Bifocal: "
MESSAGE = "^(GIMP|Bifocal) Message$"


class DialogCase(GimpCase):
    FILTERS = "r"  # its key in the menu bar, which some languages have elsewhere

    @classmethod
    def start_gimp(cls):
        cls.desktop = Desktop()
        cls.addClassCleanup(cls.desktop.close)
        return Gimp(display=cls.desktop.display)

    def tearDown(self):
        for title in (WORK, SETTINGS, VIEWS, REVEAL, REPORT, MESSAGE):
            while window := self.desktop.find_window(title):  # left by a test that failed
                self.desktop.focus(window)
                self.desktop.key("Escape")
                time.sleep(1)
        # GIMP counts displays from 1 and has no list of them; some were opened by the plug-in.
        for display in range(1, max(self.displays, default=0) + 10):
            if self.gimp.number(f"(gimp-display-is-valid {display})"):
                self.gimp.do(f"(gimp-display-delete {display})")
        super().tearDown()

    def setUp(self):
        self.displays = []

    def show(self, picture, name, scale_to=None):
        image, layer = load(self.gimp, self.folder, picture, name)
        if scale_to:
            self.gimp.do(f"(gimp-image-scale {image} {scale_to} {scale_to})")
            self.gimp.do(f"(gimp-image-clean-all {image})")
        self.displays.append(self.gimp.number(f"(gimp-display-new {image})"))
        self.main = self.desktop.wait_for_window(f"{name.split('.')[0]}.*GIMP")
        time.sleep(1)
        return image, layer

    def open_menu(self):
        """Filters > Combine > Bifocal, with the keys."""
        self.desktop.focus(self.main)
        self.desktop.key("alt+" + self.FILTERS)
        time.sleep(0.5)
        self.desktop.key(*["Up"] * 9, "Right")
        time.sleep(0.5)
        self.desktop.key("b")
        time.sleep(0.5)

    def open_dialog(self, key="h", title=SETTINGS):
        self.open_menu()
        self.desktop.key(key)
        window = self.desktop.wait_for_window(title)
        self.desktop.focus(window)
        time.sleep(0.5)
        return window

    def close_report(self, name):
        """Waits for the report, keeps a picture of it, and closes it."""
        self.desktop.focus(self.desktop.wait_for_window(REPORT))
        time.sleep(0.5)
        self.desktop.screenshot(name)
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(REPORT)

    def click_ok(self, window):
        width, height = self.desktop.size(window)
        self.desktop.click(window, width - 55, height - 28)

    def enter(self, mnemonic, text):
        self.desktop.key(f"alt+{mnemonic}", "ctrl+a")
        self.desktop.type(text)
        self.desktop.key("Tab")

    def scaler(self, words, window):
        """Chooses the first program that all of these words belong to."""
        self.desktop.key("alt+b")
        self.desktop.focus(self.desktop.wait_for_window("^Scaled By$"))
        self.desktop.type(words)
        time.sleep(0.5)
        self.desktop.key("Return")
        self.desktop.wait_until_closed("^Scaled By$")
        self.desktop.focus(window)

    def own_size(self, width, height=None):
        """The last entry of the list of sizes: width and height, which the chain keeps in the cover's shape."""
        self.desktop.key("alt+z", "End", "Tab", "ctrl+a")
        self.desktop.type(str(width))
        self.desktop.key("Tab")
        if height:
            self.desktop.key("ctrl+a")
            self.desktop.type(str(height))
            self.desktop.key("Tab")

    def targets_own_size(self):
        """The entry before it."""
        self.desktop.key("alt+z", "End", "Up")

    def more(self):
        """Opens More, whose widgets have their keys then."""
        self.desktop.key("alt+m")
        time.sleep(1)

    def advanced(self, text):
        """Opens Advanced, which takes the keys then, and types."""
        self.desktop.key("alt+c")
        time.sleep(1)
        self.desktop.key("ctrl+a")
        self.desktop.type(text)

    def dirty(self, image):
        return self.gimp.number(f"(gimp-image-is-dirty {image})")

    def undo(self, image, layers):
        """One press of Ctrl+Z brings back these layers."""
        self.desktop.focus(self.main)
        self.desktop.key("ctrl+z")
        self.desktop.wait(lambda: self.layers(image) == layers, "Edit > Undo did not bring the layers back", 10)


class LooksCase(DialogCase):
    """1024x768 pixels, letters of 16 points, dark unless a class says otherwise: nothing is larger than the screen, and pictures
    are kept."""
    THEME, SIZE, FONT = "Dark", (1024, 768), 16

    @classmethod
    def start_gimp(cls):
        cls.desktop = Desktop(*cls.SIZE)
        cls.addClassCleanup(cls.desktop.close)
        folder = os.path.join(cls.folder, "gimp")
        install(folder)
        with open(os.path.join(folder, "gimprc"), "w") as file:
            file.write(f'(theme "{cls.THEME}")\n')
        with open(os.path.join(folder, "gtkrc"), "w") as file:
            file.write(f'style "large" {{ font_name = "Sans {cls.FONT}" }}\nclass "*" style "large"\n')
        return Gimp(display=cls.desktop.display, gimp_dir=folder, environment=cls.environment())

    @classmethod
    def environment(cls):
        """Of this GIMP."""
        return {}

    def keep(self, name, window):
        time.sleep(0.5)
        self.desktop.screenshot(f"{name}-{self.THEME.lower()}-{self.FONT}")
        width, height = self.desktop.size(window)
        self.assertLessEqual(width, self.SIZE[0])
        self.assertLessEqual(height, self.SIZE[1] - 24, "its title is on the screen, too")
