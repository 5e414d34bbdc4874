#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The windows by the keyboard alone: where the keys begin, where Tab leads, what Enter and Escape do, and who has the keys once a
window is gone. GTK itself tells which widget that is."""
import os
import time
import unittest

from support import widgets
from support.desktop import Desktop
from support.dialog_case import REPORT, REVEAL, SETTINGS, VIEWS, WORK, DialogCase
from support.gimp import Gimp
from support.pictures import gentle, load, sample


class Keyboard(DialogCase):
    @classmethod
    def start_gimp(cls):
        cls.desktop = Desktop()
        cls.addClassCleanup(cls.desktop.close)
        cls.answers = os.path.join(cls.folder, "widgets")
        return Gimp(display=cls.desktop.display, environment=widgets.environment(cls.answers))

    def setUp(self):
        super().setUp()
        for name in ("bifocal-settings", "bifocal-views", "bifocal-presets", "bifocal-reports"):
            if os.path.exists(os.path.join(self.gimp.dir, name)):
                os.remove(os.path.join(self.gimp.dir, name))
        self.image, self.cover = self.show(sample("astronaut.png", (96, 96)), "cover.png")
        load(self.gimp, self.folder, gentle(sample("chelsea.png", (24, 24))), "cat.png")

    def ask(self, window):
        return widgets.ask(self.desktop, window, self.answers)

    def focused(self, window):
        """The widget that has the keys; None: another window has them."""
        return next((w for w in self.ask(window).all() if w.focus), None)

    def wait_for_focus(self, window, words, seconds=10):
        """Until the keys are where these words are."""
        def there():
            widget = self.focused(window)
            return widget is not None and words in self.words_of(widget)
        end = time.monotonic() + seconds
        while not there():
            self.assertLess(time.monotonic(), end, f"the keys are at {self.focused(window)} and not at '{words}'")
            time.sleep(0.1)

    @staticmethod
    def words_of(widget):
        """Its name, or what a label beside it says."""
        return " ".join([widget.get("name") or "", *(w.text for w in widget.all() if w.get("text"))])

    def field(self, window, words):
        """Gives a widget the keys, by Tab: no letter leads to all of them."""
        for _ in range(80):
            widget = self.focused(window)
            if widget is not None and words in self.words_of(widget):
                return widget
            self.desktop.key("Tab")
        self.fail(f"Tab leads to no '{words}'")

    def back_in_gimp(self):
        self.desktop.wait(lambda: self.desktop.xdotool("getactivewindow") == self.main, "GIMP's window has not got the keys", 20)

    def enter_confirms(self, window, title):
        """Enter is OK; and Adjust..., where there is one, leads back."""
        self.desktop.key("Return")
        page = self.desktop.wait_for_window(REPORT, 120)
        self.assertEqual(page, window)
        self.desktop.focus(page)
        self.desktop.key("alt+a")
        self.desktop.wait_for_window(title)
        self.desktop.focus(window)

    # Where Tab leads.

    def check_tab_order(self, window, least):
        """Tab reaches everything once, `least` widgets or more, and never goes up and left."""
        order = []
        for _ in range(120):
            widget = self.focused(window)
            self.assertIsNotNone(widget, f"Tab left the window after {order[-1:]}")
            if widget.id in order:
                break
            order.append(widget.id)
            self.desktop.key("Tab")
        asked = {w.id: w for w in self.ask(window).all()}
        start = order.index(widget.id)
        cycle = [asked[i] for i in order[start:]]
        # From the topmost one on.
        first = min(range(len(cycle)), key=lambda i: (cycle[i].spot[1], cycle[i].spot[0]))
        cycle = cycle[first:] + cycle[:first]
        wrong = []
        for a, b in zip(cycle, cycle[1:]):
            below = b.spot[1] >= a.spot[1] + a.at[3] - 6
            right = b.spot[0] >= a.spot[0] + a.at[2] - 6
            if not below and not right:
                wrong.append(f"from {self.words_of(a)} {a.spot} up or left to {self.words_of(b)} {b.spot}")
        self.assertEqual(wrong, [])
        reached = {w.id for w in cycle}
        group = {w.id for w in asked.values() if w.type == "GtkRadioButton"}  # the arrow keys go on from one
        missed = [self.words_of(w) for w in asked.values()
                  if w.focusable and w.sensitive and w.id not in reached and w.id not in group and
                  w.type not in widgets.NO_CONTROLS and not w.parent.type.startswith("GtkComboBox") and
                  not any(i.id in reached for i in w.all())]
        self.assertEqual(missed, [], "Tab does not reach these")
        self.assertGreaterEqual(len(cycle), least)

    def test_tab_goes_as_one_reads(self):
        for key, title, least in (("h", SETTINGS, 20), ("m", VIEWS, 20), ("r", REVEAL, 6)):
            with self.subTest(title):
                window = self.open_dialog(key, title)
                self.check_tab_order(window, least)
                self.desktop.key("Escape")
                self.desktop.wait_until_closed(title)
                self.back_in_gimp()

    # Hide a Picture.

    def test_keys_in_hide_a_picture(self):
        window = self.open_dialog()
        self.wait_for_focus(window, "OK")
        for keys in (["alt+l"], ["alt+z", "End", "Tab"]):  # the balance; the width, once the size is one's own
            self.desktop.key(*keys)
            self.assertEqual(self.focused(window).type, "GtkSpinButton")
            self.enter_confirms(window, SETTINGS)
            self.wait_for_focus(window, "OK")
        self.advanced("seed=3")
        self.enter_confirms(window, SETTINGS)
        self.assertEqual(self.note(self.layers(self.image)[0])["settings"]["options"], "seed=3")
        self.desktop.key("Escape")  # from the settings, once there is a result
        self.desktop.wait_until_closed(SETTINGS)
        self.assertEqual(len(self.layers(self.image)), 2)
        self.back_in_gimp()

    def test_escape_cancels_work_and_then_the_window(self):
        window = self.open_dialog()
        self.advanced("algorithm=annealing")  # minutes, if it is let
        self.desktop.key("Return")
        self.desktop.wait_for_window(WORK)
        self.wait_for_focus(window, "Cancel")
        self.desktop.key("Escape")
        self.desktop.wait_for_window(SETTINGS)
        self.wait_for_focus(window, "OK")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)
        self.assertEqual(self.layers(self.image), [self.cover])
        self.back_in_gimp()

    def sub_window(self, window, opener, title, close="Escape"):
        """What opens a window has the keys again when that is closed."""
        self.field(window, opener)
        self.desktop.key("space")
        inner = self.desktop.wait_for_window(title)
        self.desktop.focus(inner)
        self.assertIsNotNone(self.focused(inner), f"nothing has the keys in {title}")
        self.desktop.key(close)
        self.desktop.wait_until_closed(title)
        self.desktop.wait(lambda: self.desktop.xdotool("getactivewindow") == window, "the form has not got the keys back", 20)
        self.wait_for_focus(window, opener)

    def test_the_keys_return_from_windows_of_the_form(self):
        window = self.open_dialog()
        self.sub_window(window, "Save as a preset", "^Save a Preset$")
        self.sub_window(window, "Scaled by", "^Scaled By$")
        self.sub_window(window, "Open File", "^Open a Picture$")
        # A name, Enter: it is saved, and the form is there again.
        self.desktop.key("ctrl+s")
        self.desktop.focus(self.desktop.wait_for_window("^Save a Preset$"))
        self.desktop.type("mine")
        self.desktop.key("Return")
        self.desktop.wait_until_closed("^Save a Preset$")
        self.desktop.wait(lambda: self.desktop.xdotool("getactivewindow") == window, "the form has not got the keys back", 20)
        self.assertIsNotNone(self.focused(window))
        # Pick...: Escape closes the list only; what is picked is to be typed on.
        self.advanced("")
        self.desktop.key("Down")
        time.sleep(0.5)
        self.desktop.key("Escape")
        time.sleep(0.5)
        self.assertEqual(self.desktop.find_window(SETTINGS), window)
        self.wait_for_focus(window, "Further options")
        self.desktop.key("Down")
        time.sleep(0.5)
        self.desktop.key("Return")
        self.wait_for_focus(window, "Further options")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)
        self.back_in_gimp()

    def test_who_types_quickly_gets_into_the_field_that_has_just_come(self):
        window = self.open_dialog()
        for _ in range(8):
            self.desktop.xdotool("key", "--delay", "1", "alt+z", "Home", "alt+z", "End", "Tab")
            self.wait_for_focus(window, "Width")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)

    # Many Views and Reveal.

    def test_keys_in_many_views(self):
        window = self.open_dialog("m", VIEWS)
        self.wait_for_focus(window, "OK")
        self.field(window, "Weight")
        self.enter_confirms(window, VIEWS)
        self.desktop.key("alt+b")
        self.enter_confirms(window, VIEWS)
        self.sub_window(window, "Scaled by", "^Scaled By$")
        self.sub_window(window, "Add a File", "^Open a Picture$")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(VIEWS)
        self.assertEqual(len(self.layers(self.image)), 2)
        self.back_in_gimp()

    def test_keys_in_reveal(self):
        window = self.open_dialog("r", REVEAL)
        self.assertEqual(self.focused(window).type, "GtkEntry", "the sizes")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(REVEAL)
        self.back_in_gimp()
        window = self.open_dialog("r", REVEAL)
        self.desktop.key("ctrl+a")
        self.desktop.type("24")
        self.desktop.key("Return")
        self.desktop.focus(self.desktop.wait_for_window(REPORT, 120))
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(REPORT)

    # What the verdict is of.

    def test_a_verdict_is_of_the_settings_or_looks_unsettled(self):
        window = self.open_dialog()
        self.more()
        for on in (True, False, True):
            self.desktop.key("alt+j")
            wanted = "Save it as PNG, or as JPEG of quality 85 or better." if on else "Save it as PNG; JPEG destroys it."
            end = time.monotonic() + 60
            while True:
                asked = list(self.ask(window).all())
                is_on = any(w.get("on") and w.get("name", "").startswith("Survives") or
                            w.get("on") and any("Survives" in i.get("text", "") for i in w.all()) for w in asked)
                said = next((w for w in asked if "Save it as PNG" in w.get("text", "")), None)
                if is_on == on and said and said.sensitive:
                    self.assertIn(wanted, said.text)
                    break
                self.assertLess(time.monotonic(), end, "the verdict does not settle")
        self.desktop.key("Escape")
        self.desktop.wait_until_closed(SETTINGS)


if __name__ == "__main__":
    unittest.main(verbosity=2)
