# SPDX-License-Identifier: LGPL-3.0-or-later
"""What a preview says, by the colour of its sign."""
import numpy as np
from PIL import Image


class Signs:
    """For a DialogCase."""
    SCREEN = "preview"  # the picture that is kept; test files run side by side
    RED, AMBER, GREEN = (199, 31, 36), (217, 140, 0), (33, 140, 51)

    def signs(self):
        """Which signs are on the screen: more pixels of their colour than any picture here has."""
        screen = np.asarray(Image.open(self.desktop.screenshot(self.SCREEN)).convert("RGB")).astype(int)
        return {name for name in ("RED", "AMBER", "GREEN")
                if (abs(screen - getattr(self, name)).max(axis=2) <= 1).sum() > 300}

    def wait_for_sign(self, name):
        self.desktop.wait(lambda: self.signs() == {name}, f"the preview's sign is not {name}", 120)

    def made(self, image, window, layers, name):
        """The note of the result that this window makes, as the last of so many layers."""
        self.click_ok(window)
        self.desktop.wait(lambda: len(self.layers(image)) == layers, f"there are not {layers} layers", 120)
        self.close_report(name)
        return self.note(self.layers(image)[0])

    def wait_for_other_sign(self, name):
        self.desktop.wait(lambda: len(self.signs() - {name}) == 1, f"the preview's sign stays {name}", 120)
