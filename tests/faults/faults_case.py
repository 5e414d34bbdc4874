# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the tests of faults have in common: the calls of all three procedures, and the state that a fault must not change."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "plugin"))

from support.case import GimpCase  # noqa: E402
from support.gimp import quote  # noqa: E402

#: How many samples of each kind of fault; 0 is the long form.
SAMPLES = int(os.environ.get("BIFOCAL_FAULTS", "6"))
LONG = SAMPLES == 0


def vector(values):
    return f"{len(values)} #({' '.join(map(str, values))})"


def bifocal_call(image, cover, target, width=0, height=0, scaler=quote("pillow-bicubic"), appearance=0, balance=100,
                 options='""', mode="RUN-NONINTERACTIVE"):
    return f"(plug-in-bifocal {mode} {image} {cover} {target} {width} {height} {scaler} {appearance} {balance} {options})"


def views_call(image, cover, targets, widths=None, heights=None, scalers=None, weights=None, appearance=0, balance=100,
               options='""', mode="RUN-NONINTERACTIVE"):
    """Lists may be text already: a count and an array."""
    n = len(targets) if isinstance(targets, list) else 1

    def written(values, default):
        values = [default] * n if values is None else values
        return vector(values) if isinstance(values, list) else values

    scalers = [quote("pillow-bicubic")] * n if scalers is None else scalers
    if isinstance(scalers, list):
        scalers = f"{len(scalers)} '({' '.join(scalers)})"
    return (f"(plug-in-bifocal-views {mode} {image} {cover} {written(targets, -1)} {written(widths, 0)} "
            f"{written(heights, 0)} {scalers} {written(weights, 1)} {appearance} {balance} {options})")


def reveal_call(image, drawable, sizes="1 #(24)", scalers='"pillow-bicubic opencv-linear"', mode="RUN-NONINTERACTIVE"):
    return f"(plug-in-bifocal-reveal {mode} {image} {drawable} {sizes} {scalers})"


class FaultsCase(GimpCase):
    def state(self, gimp=None):
        """All that a person would miss: images, layers with their names, selections, what is unsaved."""
        gimp = gimp or self.gimp
        return [(image, [(layer, gimp.text(f"(gimp-item-get-name {layer})"), gimp.number(f"(gimp-item-get-visible {layer})"))
                         for layer in gimp.ids(f"(gimp-image-get-layers {image})")],
                 gimp.number(f"(gimp-image-is-dirty {image})"), gimp.get(f"(gimp-selection-bounds {image})"))
                for image in gimp.ids("(gimp-image-list)")]
