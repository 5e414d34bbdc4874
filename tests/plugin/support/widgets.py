# SPDX-License-Identifier: LGPL-3.0-or-later
"""What GTK itself says of a window's widgets: see widgets.cpp."""
import json
import os
import signal
import time

from .gimp import BUILD

MODULE = os.path.join(BUILD, "tests", "plugin", "widgets.so")


def environment(folder):
    """For a GIMP whose windows are to be asked; their answers come into this folder."""
    os.makedirs(folder, exist_ok=True)
    return {"GTK_MODULES": "gail:" + MODULE, "BIFOCAL_WIDGETS": folder}


class Widget:
    """Members as in widgets.cpp."""

    def __init__(self, told, parent=None):
        self.__dict__.update(told)
        self.parent = parent
        self.inside = [Widget(child, self) for child in told["inside"]]

    def get(self, member, otherwise=None):
        return self.__dict__.get(member, otherwise)

    def all(self):
        """Itself and all that is inside and can be seen."""
        yield self
        for child in self.inside:
            if child.shown:
                yield from child.all()

    def above(self):
        widget = self.parent
        while widget:
            yield widget
            widget = widget.parent

    def __repr__(self):
        words = self.get("text") or self.get("name") or self.get("title") or next(
            (w.text for w in self.all() if w.get("text")), "")
        return f"{self.type} '{words}'"


def ask(desktop, window, folder):
    """The window as a Widget; other windows of its process are not told of."""
    process = int(desktop.xdotool("getwindowpid", window))
    path = os.path.join(folder, f"{process}.json")
    if os.path.exists(path):
        os.remove(path)
    os.kill(process, signal.SIGUSR1)
    end = time.monotonic() + 30
    while not os.path.exists(path):
        if time.monotonic() > end:
            raise AssertionError("the window does not answer")
        time.sleep(0.02)
    with open(path) as file:
        windows = [Widget(told) for told in json.load(file)]
    return next(w for w in windows if w.window == int(window))


def lines_of(window, heading):
    """Ids of what is in the list that has this heading above a column: its lines have many controls."""
    return {inner.id for w in window.all() if w.type == "GtkScrolledWindow" and any(h.get("text") == heading for h in w.all())
            for inner in w.all()}


def cut_off(window):
    """What of it cannot be read or reached without scrolling sideways."""
    wrong = []
    for widget in window.all():
        if widget.get("cut"):
            wrong.append(f"cut off: {widget}")
        if widget.get("ellipsized") and not any(w.get("tip") for w in [widget, *widget.above()]):
            wrong.append(f"shortened, and nothing tells the rest: {widget}")
        if widget.get("hidden_sideways", 0) > 0 and not any("TreeView" in w.type for w in widget.all()):
            wrong.append(f"scrolls sideways by {widget.hidden_sideways:.0f} px: {widget}")
        if "entries" in widget.__dict__ and widget.room > 0:
            # Pictures have names of any length, which their lists shorten in the middle.
            if widget.get("name") in window.any_length:
                continue
            wrong += [f"a list of {widget.room} px cuts '{e['text']}' of {e['width']}" for e in widget.entries
                      if e["width"] + 4 > widget.room]  # its edges
        if widget.parent and widget.type not in ("GtkLabel", "GtkCellView", "GtkViewport", "GtkTreeView"):
            short = [side for side in (0, 1) if widget.at[2 + side] < widget.wants[side]]
            if short and widget.at[2] > 1:
                wrong.append(f"{widget} has {widget.at[2:]} px and wants {widget.wants}")
    return wrong


def conflicts(window):
    """Keys that lead to more than one place."""
    keys = {}
    for widget in window.all():
        if widget.get("mnemonic"):
            keys.setdefault(widget.mnemonic, {}).setdefault(widget.leads_to, widget)
    return {key: list(places.values()) for key, places in keys.items() if len(places) > 1}


#: They take the keys, but have nothing to do with them.
NO_CONTROLS = ("GtkScrolledWindow", "GtkViewport")


def without_key(window, others=(), but=()):
    """Controls that no mnemonic leads to, but those that are called as one of `others`, and these ids."""
    led_to, values = set(), set()
    widgets = list(window.all())
    for widget in widgets:
        if widget.get("mnemonic"):
            led_to.add(widget.leads_to)
    reached = [w for w in widgets if w.id in led_to or any(a.id in led_to for a in w.above())]
    values = {w.value_of for w in reached if "value_of" in w.__dict__}
    return [w for w in widgets
            if w.focusable and w.type not in NO_CONTROLS and not w.default and w.id not in but and w.parent.type != "GtkComboBox" and w.parent.type != "GtkComboBoxText"
            and w not in reached and w.get("value_of") not in values and w.get("name") not in others
            and not any(i in reached for i in w.all())]


def unnamed(window):
    """What takes the keys, or is a picture, and has no words for a screen reader."""
    wrong = []
    for widget in window.all():
        if not (widget.focusable or widget.type == "GtkDrawingArea") or widget.type in NO_CONTROLS:
            continue
        if widget.parent.type.startswith("GtkComboBox"):  # its button and its words
            continue
        inner = [w.text for w in widget.all() if w.type in ("GtkLabel", "GtkAccelLabel") and w.get("text")]
        if not (widget.get("name") or widget.get("labelled") or inner):
            wrong.append(widget)
    return wrong
