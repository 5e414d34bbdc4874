# SPDX-License-Identifier: LGPL-3.0-or-later
"""What reveal_corpus.py makes its pictures of: photographs, drawn text, tables, patterns and dithering."""
import os

import numpy as np
from PIL import Image, ImageDraw, ImageFont

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, "..", "..")
OWN = os.path.join(ROOT, "tests", "images")
SKIMAGE = "/usr/lib/python3/dist-packages/skimage/data"
OPENCV = "/usr/share/doc/opencv-doc/examples/data"
WORDS = ("the small picture keeps what is coarse and loses what is fine so a page of words turns grey when it is made "
         "smaller and no reader can tell which words it had before 0123456789 if for while return").split()
PHOTOS = dict(tune=[f"{OWN}/astronaut.png", f"{OWN}/coffee.png", f"{SKIMAGE}/brick.png", f"{OPENCV}/baboon.jpg",
                    f"{OPENCV}/board.jpg", f"{SKIMAGE}/motorcycle_left.png", f"{OPENCV}/fruits.jpg", f"{SKIMAGE}/grass.png",
                    f"{OPENCV}/graf1.png", f"{SKIMAGE}/moon.png"],
              check=[f"{OWN}/chelsea.png", f"{OWN}/rocket.jpg", f"{OWN}/camera.png", f"{SKIMAGE}/gravel.png",
                     f"{OPENCV}/building.jpg", f"{OPENCV}/aero1.jpg", f"{SKIMAGE}/coins.png", f"{OPENCV}/home.jpg",
                     f"{OPENCV}/messi5.jpg", f"{SKIMAGE}/hubble_deep_field.jpg"])
FONTS = dict(tune=["dejavu/DejaVuSans.ttf", "dejavu/DejaVuSansMono.ttf"],
             check=["dejavu/DejaVuSerif.ttf", "dejavu/DejaVuSansMono-Bold.ttf"])
URW = dict(tune="NimbusRoman-Regular.otf", check="NimbusMonoPS-Regular.otf")


def font(half, mono, size):
    return ImageFont.truetype("/usr/share/fonts/truetype/" + FONTS[half][mono], size)


def urw(half, size):
    return ImageFont.truetype("/usr/share/fonts/opentype/urw-base35/" + URW[half], size)


def photo(path, size=None, longest=None):
    image = Image.open(path).convert("RGB")
    if longest:
        size = tuple(max(1, round(s * longest / max(image.size))) for s in image.size)
    return image.resize(size, Image.LANCZOS) if size else image


def grey(array):
    return Image.fromarray(np.clip(array, 0, 255).astype("uint8")).convert("RGB")


def line_of(k, words):
    return " ".join(WORDS[(k * 5 + i * 3) % len(WORDS)] for i in range(words))


def page(face, pitch, size=(512, 512), ink="black", paper="white", bilevel=False, indent=0):
    image = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(image)
    if bilevel:
        draw.fontmode = "1"
    for k in range((size[1] - 16) // pitch):
        draw.text((12 + indent * (k * 7 % 5), 8 + pitch * k), line_of(k, 4 + k * 3 % 8), fill=ink, font=face)
    return image


def editor(face, pitch, size=(560, 420)):
    image = Image.new("RGB", size, (30, 30, 38))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 40, size[1]), fill=(45, 45, 55))
    draw.rectangle((0, size[1] - 18, size[0], size[1]), fill=(0, 122, 204))
    inks = [(220, 220, 220), (86, 156, 214), (206, 145, 120), (106, 153, 85), (197, 134, 192)]
    for k in range((size[1] - 24) // pitch):
        draw.text((8, 4 + k * pitch), str(k + 1), fill=(130, 130, 130), font=face)
        x = 52 + 16 * (k * 3 % 4)
        for i in range(2 + k * 5 % 6):
            word = WORDS[(k * 7 + i) % len(WORDS)] + " ();:."[i % 6]
            draw.text((x, 4 + k * pitch), word, fill=inks[(k + i) % 5], font=face)
            x += int(draw.textlength(word + " ", font=face))
    return image


def table(face, cell, size=(512, 384), lines=(200, 200, 200), header=True):
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for j, y in enumerate(range(0, size[1], cell[1])):
        if header and j == 0:
            draw.rectangle((0, 0, size[0], cell[1]), fill=(60, 90, 150))
        elif j % 2 == 0:
            draw.rectangle((0, y, size[0], y + cell[1]), fill=(236, 240, 248))
        draw.line((0, y, size[0], y), fill=lines)
        for x in range(0, size[0], cell[0]):
            draw.line((x, 0, x, size[1]), fill=lines)
            draw.text((x + 4, y + 2), str((x * 7919 + y * 104729) % 9973), fill="white" if j == 0 else "black", font=face)
    return image


def bayer(n):
    m = np.zeros((1, 1))
    while len(m) < n:
        m = np.block([[4 * m, 4 * m + 2], [4 * m + 3, 4 * m + 1]])
    return (m + 0.5) / n / n * 255


def ordered(image, n, colour):
    x = np.asarray(image if colour else image.convert("L")).astype(float)
    t = np.tile(bayer(n), (x.shape[0] // n + 1, x.shape[1] // n + 1))[:x.shape[0], :x.shape[1]]
    return grey(np.where(x > (t[..., None] if colour else t), 255, 0))


def halftone(image, pitch, angle):
    x = np.asarray(image.convert("L")).astype(float)
    v, u = np.mgrid[:x.shape[0], :x.shape[1]].astype(float)
    a = np.deg2rad(angle)
    p, q = (u * np.cos(a) + v * np.sin(a)) / pitch, (v * np.cos(a) - u * np.sin(a)) / pitch
    screen = 127.5 + 63.75 * (np.cos(2 * np.pi * p) + np.cos(2 * np.pi * q))
    return grey(np.where(x > screen, 255, 0))


def big(image, factor, how):
    return image.resize(tuple(round(s * factor) for s in image.size), how)


def sprites(rng, size, tile, factor):
    sheet = np.full((size[1], size[0], 3), 90, "uint8")
    for y in range(0, size[1] - tile + 1, tile):
        for x in range(0, size[0] - tile + 1, tile):
            half = rng.integers(0, 4, (tile - 2, tile // 2))
            shape = np.concatenate([half, half[:, ::-1]], 1)
            inks = np.vstack([[90, 90, 90], rng.integers(0, 255, (3, 3))])
            sheet[y + 1:y + tile - 1, x:x + shape.shape[1]] = inks[shape]
    return big(Image.fromarray(sheet), factor, Image.NEAREST)


def qr(rng, modules, pixels, border=4):
    m = rng.integers(0, 2, (modules, modules)) * 255
    for y, x in ((0, 0), (0, modules - 7), (modules - 7, 0)):
        m[y:y + 7, x:x + 7] = 0
        m[y + 1:y + 6, x + 1:x + 6] = 255
        m[y + 2:y + 5, x + 2:x + 5] = 0
    m = np.pad(m, border, constant_values=255)
    return grey(np.kron(m, np.ones((pixels, pixels))))


def barcode(rng, size, module):
    widths = rng.integers(1, 5, size[0]) * module
    row, ink = [], 0
    for w in widths:
        row += [ink] * w
        ink = 255 - ink
    image = np.full((size[1], size[0]), 255)
    image[30:-50, 30:-30] = np.array(row[:size[0] - 60])
    return grey(image)


def chart(rng, size, half):
    """A map or plan: filled regions, hatching, thin roads and labels."""
    image = Image.new("RGB", size, (242, 239, 233))
    draw = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = rng.integers(0, size[0]), rng.integers(0, size[1])
        points = [(x + rng.integers(-90, 90), y + rng.integers(-90, 90)) for _ in range(6)]
        draw.polygon([tuple(map(int, p)) for p in points], fill=tuple(int(v) for v in rng.integers(170, 240, 3)))
    step = int(rng.integers(3, 7))
    for d in range(0, 160, step):
        draw.line((40 + d, 40, 40, 40 + d), fill=(120, 150, 120))
    for _ in range(40):
        p = rng.integers(0, max(size), 4)
        draw.line(tuple(map(int, p)), fill=(255, 255, 255) if rng.random() < .5 else (160, 120, 90), width=int(rng.integers(1, 4)))
    for k in range(40):
        draw.text((int(rng.integers(0, size[0] - 60)), int(rng.integers(0, size[1] - 12))), WORDS[k % len(WORDS)],
                  fill=(60, 60, 60), font=font(half, 0, int(rng.integers(8, 14))))
    return image


def window(half, size=(640, 480)):
    """A screenshot: a title, a list, icons, a document."""
    image = Image.new("RGB", size, (212, 208, 200))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, size[0], 24), fill=(10, 36, 106))
    draw.text((8, 5), "Untitled - Editor", fill="white", font=font(half, 0, 12))
    draw.rectangle((0, 50, 150, size[1]), fill="white")
    for k in range(24):
        draw.rectangle((6, 56 + 17 * k, 18, 68 + 17 * k), fill=[(240, 200, 80), (90, 150, 220), (120, 190, 120)][k % 3])
        draw.text((24, 55 + 17 * k), WORDS[k] + ".txt", fill="black", font=font(half, 0, 11))
    image.paste(page(font(half, 0, 11), 14, (size[0] - 170, size[1] - 60)), (160, 52))
    return image


def stripes(size, period, angle, soft):
    v, u = np.mgrid[:size[1], :size[0]]
    a = np.deg2rad(angle)
    wave = np.cos(2 * np.pi * (u * np.cos(a) + v * np.sin(a)) / period)
    return grey(127.5 + 100 * (wave if soft else np.sign(wave + 1e-9)))


def grey_or_colour(x):
    return Image.fromarray(np.clip(x, 0, 255).astype("uint8"))
