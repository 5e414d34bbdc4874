# SPDX-License-Identifier: LGPL-3.0-or-later
"""Test pictures from the samples, and the way in and out of GIMP."""
import os

import numpy as np
from PIL import Image

from .gimp import IMAGES, quote

PRECISIONS = {
    "u8-linear": 100, "u8-gamma": 150, "u16-linear": 200, "u16-gamma": 250, "u32-linear": 300, "u32-gamma": 350,
    "half-linear": 500, "half-gamma": 550, "float-linear": 600, "float-gamma": 650,
    "double-linear": 700, "double-gamma": 750,
}


def sample(name, size, mode="RGB"):
    """A sample picture at (width, height); "RGBA" and "LA" get a slanted alpha with holes."""
    picture = Image.open(os.path.join(IMAGES, name)).convert(mode.rstrip("A"))
    picture = picture.resize(size, Image.LANCZOS)
    if mode.endswith("A"):
        y, x = np.mgrid[:size[1], :size[0]]
        alpha = np.clip((x * 3 + y * 5) % 300, 0, 255).astype(np.uint8)
        picture.putalpha(Image.fromarray(alpha))
    return picture


def gentle(picture, low=40, high=215):
    """The picture in a range of levels that every thumbnail can reach."""
    a = np.asarray(picture, dtype=float)
    return Image.fromarray(np.rint(low + a * (high - low) / 255).astype(np.uint8))


def load(gimp, folder, picture, name):
    """Opens a picture in GIMP; returns the image and its layer."""
    path = os.path.join(folder, name)
    picture.save(path)
    image = gimp.number(f'(gimp-file-load RUN-NONINTERACTIVE {quote(path)} "")')
    gimp.do(f"(gimp-image-clean-all {image})")
    return image, gimp.number(f"(gimp-image-get-active-drawable {image})")


def save(gimp, folder, image, layer, precision=None):
    """Exports one layer as PNG, as GIMP does by itself, or first brought to `precision`. Returns the file's picture."""
    path = os.path.join(folder, "export.png")
    position = gimp.number(f"(gimp-image-get-item-position {image} {layer})")
    copy = gimp.number(f"(gimp-image-duplicate {image})")
    if precision and precision != gimp.number(f"(gimp-image-get-precision {copy})"):
        gimp.do(f"(gimp-image-convert-precision {copy} {precision})")
    drawable = gimp.ids(f"(gimp-image-get-layers {copy})")[position]
    gimp.do(f'(file-png-save RUN-NONINTERACTIVE {copy} {drawable} {quote(path)} "" 0 6 0 0 0 0 1)')
    gimp.do(f"(gimp-image-delete {copy})")
    with Image.open(path) as file:
        file.load()
        return file


def exported(gimp, folder, image, layer):
    """The 8-bit file that a person exports: 8-bit images as they are, others with 8 bits per channel, sRGB."""
    precision = gimp.number(f"(gimp-image-get-precision {image})")
    return save(gimp, folder, image, layer, precision if precision < 200 else 150)


def opaque(picture):
    """The colours alone."""
    return picture.convert(picture.mode.rstrip("A")) if picture.mode in ("RGBA", "LA") else picture


def planes(picture):
    """Height x width x channels, whatever the mode."""
    a = np.asarray(picture).astype(int)
    return a[:, :, None] if a.ndim == 2 else a
