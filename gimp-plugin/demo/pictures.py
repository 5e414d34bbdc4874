# SPDX-License-Identifier: LGPL-3.0-or-later
"""The demo's pictures: covers and targets, what an eye sees of a result, labelled sheets. Knows no GIMP."""
import os

import numpy as np
from PIL import Image, ImageDraw, ImageFont

GREY = "#555555"


def prepare(images, out):
    """Covers and targets, as a person would have made them beforehand."""
    def square(name):
        picture = Image.open(os.path.join(images, name)).convert("RGB")
        side = min(picture.size)
        left, top = (picture.width - side) // 2, (picture.height - side) // 2
        return picture.crop((left, top, left + side, top + side))

    astronaut = square("astronaut.png")
    astronaut.save(os.path.join(out, "astronaut-512.png"))
    astronaut.resize((1024, 1024), Image.LANCZOS).save(os.path.join(out, "astronaut-1024.png"))
    square("chelsea.png").resize((128, 128), Image.LANCZOS).save(os.path.join(out, "cat-128.png"))
    Image.open(os.path.join(images, "coffee.png")).convert("RGB").save(os.path.join(out, "coffee-600x400.png"))
    Image.open(os.path.join(images, "rocket.jpg")).convert("RGB").resize((113, 75), Image.LANCZOS).save(
        os.path.join(out, "rocket-113x75.png"))


def as_seen(picture, factor, sigma=1.0):
    """The picture made smaller by a whole factor, as an eye from afar averages it: in linear light, through a Gaussian
    of `sigma` pixels, the engine's eye. A viewer that shrinks the file by its encoded numbers would show the target."""
    encoded = np.asarray(picture, dtype=np.float32) / 255
    light = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    reach = np.arange(-4, 5)
    weights = np.exp(-0.5 * (reach / sigma) ** 2)
    for axis in (0, 1):
        padded = np.pad(light, [(4, 4) if a == axis else (0, 0) for a in range(3)], "edge")
        rows = [np.take(padded, np.arange(k, k + light.shape[axis]), axis) for k in range(9)]
        light = np.tensordot(weights / weights.sum(), rows, 1)
    high, wide = light.shape[0] // factor, light.shape[1] // factor
    light = light[:high * factor, :wide * factor].reshape(high, factor, wide, factor, 3).mean(axis=(1, 3))
    encoded = np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
    return Image.fromarray(np.rint(encoded * 255).astype(np.uint8))


def fitted(picture, height):
    """At most so high: small pictures in whole pixels, large ones as they are seen, by a whole factor."""
    if picture.height > height:
        return as_seen(picture, -(-picture.height // height))
    factor = height // picture.height
    return picture.resize((picture.width * factor, picture.height * factor), Image.NEAREST)


def font(size, bold=False):
    return ImageFont.truetype("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf", size)


def row_of(panels, height=256, gap=16, text=12):
    """panels: (title, line below, picture)."""
    shown = [(title, below, fitted(picture, height)) for title, below, picture in panels]
    head = foot = 2 * text + 4
    row = Image.new("RGB", (gap + sum(p.width + gap for _, _, p in shown), head + height + foot), "white")
    draw = ImageDraw.Draw(row)
    x = gap
    for title, below, picture in shown:
        draw.text((x, text * 2 // 3), title, fill="black", font=font(text))
        row.paste(picture, (x, head + (height - picture.height) // 2))
        draw.text((x, head + height + text * 2 // 3), below, fill=GREY, font=font(text))
        x += picture.width + gap
    return row


def overview(title, blocks, path, columns=3):
    """blocks: (headline, sentence, panels as for row_of)."""
    drawn = []
    for headline, sentence, panels in blocks:
        row = row_of(panels, gap=8)
        block = Image.new("RGB", (row.width, 54 + row.height), "white")
        draw = ImageDraw.Draw(block)
        draw.text((8, 8), headline, fill="black", font=font(17, bold=True))
        draw.text((8, 33), sentence, fill=GREY, font=font(13))
        block.paste(row, (0, 54))
        drawn.append(block)
    wide, high, head = max(b.width for b in drawn), max(b.height for b in drawn) + 8, 60
    sheet = Image.new("RGB", (wide * columns, head + high * -(-len(drawn) // columns)), "white")
    ImageDraw.Draw(sheet).text((8, 16), title, fill="black", font=font(24, bold=True))
    for i, block in enumerate(drawn):
        sheet.paste(block, (i % columns * wide, head + i // columns * high))
    sheet.save(path)
