#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""On which pictures Reveal's thresholds were set, and how often it is right on them and on others.

reveal_corpus.py FOLDER [PATH-OF-reveal-files [HALF[,HALF] [SCALER...]]]
    default: build/tests/bench/reveal-files tune,check, and a few scalers of each kind; "all" is the whole catalogue; JOBS processes at a time
Builds, in FOLDER, pictures that hide nothing (innocent) and images that the library makes to become another one (made), from
the repository's own samples, from those of python3-skimage and opencv-doc, and from drawn text and shapes (fonts-dejavu,
fonts-urw-base35); each in two halves: `tune`, on which thresholds may be set, and `check`, for one look at the end.
Then has Reveal look at all of them, and prints how many of each kind were called what.
"""
import collections
import concurrent.futures
import os
import subprocess
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from reveal_drawings import (OPENCV, PHOTOS, ROOT, SKIMAGE, WORDS, barcode, big, chart, editor, font, grey,
                             grey_or_colour, halftone, ordered, page, photo, qr, sprites, stripes, table, urw, window)


def innocents(half):
    """(kind, picture), the second half with other sizes, fonts, photographs and factors."""
    first = half == "tune"
    rng = np.random.default_rng(1 if first else 2)
    pick = lambda a, b: a if first else b
    shots = PHOTOS[half]
    for path in shots:
        yield "photograph", photo(path)
    for k, path in enumerate(shots):
        for q in pick((50, 85), (35, 75)):
            yield f"jpeg {q}", ("jpeg", photo(path, longest=pick(480, 400)), q)
    for path in shots[:5]:
        yield "photograph shrunk", photo(path, longest=pick(300, 256))
    for size, pitch in pick(((9, 12), (12, 16), (14, 20)), ((10, 13), (11, 16), (16, 24))):
        for mono in (0, 1):
            yield "text page", page(font(half, mono, size), pitch)
            yield "text page", page(font(half, mono, size), pitch, bilevel=True, indent=8)
        yield "text page", page(urw(half, size), pitch, pick((512, 700), (600, 450)))
        yield "text light on dark", page(font(half, 0, size), pitch, ink=pick("white", (0, 255, 120)), paper=pick("black", (20, 24, 40)))
        yield "text grey", page(font(half, 0, size), pitch, ink=(120, 120, 120), paper=(225, 225, 215))
        yield "code editor", editor(font(half, 1, size), pitch)
    for degrees in pick((0.7, ), (-1.3, )):
        scan = page(urw(half, 26), 34, (800, 1000)).rotate(degrees, Image.BICUBIC, fillcolor="white")
        x = np.asarray(scan.filter(ImageFilter.GaussianBlur(0.7))).astype(float) * 0.9 + rng.normal(8, 5, (1000, 800, 1))
        yield "scan", grey(x)
        yield "scan", grey(x).resize((400, 500), Image.BICUBIC)
        yield "scan", grey(np.where(np.asarray(scan.convert("L")) > 140, 255, 0))
    for name in pick(("page.png", ), ("text.png", )):
        yield "scan", photo(f"{SKIMAGE}/{name}")
    yield "scan", photo(pick(f"{OPENCV}/imageTextN.png", f"{OPENCV}/imageTextR.png"))
    for cell in pick(((64, 16), (50, 20)), ((80, 16), (60, 18), (48, 24))):
        yield "table", table(font(half, 0, 10), cell)
        yield "table", table(font(half, 0, 9), cell, lines="black", header=False)
    yield "table", grey(np.where((np.mgrid[:300, :400] % pick(16, 20) == 0).any(0), 0, 255))
    yield "table", grey(np.where((np.mgrid[:400, :400] % pick(5, 4) == 0).any(0), 120, 255))
    for k, (w, f) in enumerate(pick(((96, 4), (128, 3), (64, 8), (160, 2)), ((80, 5), (112, 4), (60, 6), (150, 3), (200, 2)))):
        art = photo(shots[k % 5], longest=w).quantize(pick(12, 16)).convert("RGB")
        yield "pixel art", big(art, f, Image.NEAREST)
        yield "sprites", sprites(rng, (w, w), 16 if k % 2 else 12, f)
    yield "sprites", sprites(rng, (320, 240), 16, 1)
    for k, block in enumerate(pick((8, 4, 12), (6, 10, 16, 3))):
        image = photo(shots[k + 1], (48 * block, 32 * block))
        yield "mosaic", big(image.resize((48, 32), Image.BOX), block, Image.NEAREST)
    for cell in pick((1, 2, 8, 16), (1, 3, 5, 25)):
        for low, high in ((0, 255), (102, 153)):
            y, x = np.mgrid[:256, :pick(256, 300)] // cell
            yield "chessboard", grey(np.where((x + y) % 2, high, low))
    yield "chessboard", photo(pick(f"{OPENCV}/chessboard.png", f"{SKIMAGE}/chessboard_GRAY.png"))
    for k, f in enumerate(pick((1.5, 2, 3, 4), (1.25, 1.75, 2.5, 3.5, 5))):
        for how in (Image.NEAREST, Image.BILINEAR, Image.BICUBIC, Image.LANCZOS, Image.HAMMING, Image.BOX):
            yield "enlarged", big(photo(shots[(k + how) % len(shots)], longest=round(420 / f)), f, how)
    for k in range(4):
        image = photo(shots[k], longest=pick(400, 360))
        yield "dithered", image.convert("1").convert("RGB")
        yield "dithered", image.quantize(pick(16, 8)).convert("RGB")
        yield "dithered", image.convert("P", palette=Image.ADAPTIVE, colors=pick(8, 6)).convert("RGB")
        yield "dithered", image.convert("P", dither=Image.FLOYDSTEINBERG, palette=Image.WEB).convert("RGB")
        yield "ordered dither", ordered(image, pick(4, 8), k % 2)
        yield "ordered dither", ordered(image, pick(2, 4), k % 2)
        yield "halftone", halftone(image, pick(4, 5) + k, pick(45, 30))
        yield "halftone", halftone(image, pick(6, 4) + k, pick(0, 15))
        noisy = np.asarray(image).astype(float) + rng.normal(0, pick(20, 30), np.asarray(image).shape)
        yield "noisy", grey(noisy)
        salt = np.asarray(image).copy()
        salt[rng.random(salt.shape[:2]) < 0.03] = 255
        yield "noisy", Image.fromarray(salt)
        lines = np.asarray(image).copy()
        lines[::pick(2, 3)] //= 2
        yield "scan lines", Image.fromarray(lines)
    for n, px in pick(((29, 4), (41, 8)), ((33, 5), (25, 10), (57, 3))):
        yield "QR code", qr(rng, n, px)
    for module in pick((1, 2), (2, 3)):
        yield "barcode", barcode(rng, (400, 200), module)
    for _ in range(3):
        yield "map", chart(rng, pick((512, 400), (640, 480)), half)
    yield "screenshot", window(half, pick((640, 480), (800, 600)))
    yield "screenshot", window(half, pick((800, 600), (640, 400))).resize(pick((400, 300), (480, 300)), Image.BICUBIC)
    for period in pick((2, 3, 8.5), (2, 4, 5.3)):
        for angle in pick((0, 30), (90, 45)):
            yield "stripes", stripes((320, 256), period, angle, period > 4)
    v, u = np.mgrid[:320, :320] - pick(160, 100)
    yield "stripes", grey(127.5 + 127 * np.cos((u * u + v * v) * pick(0.008, 0.005)))
    yield "plain", grey(np.full((200, 300), pick(128, 60)))
    yield "plain", grey(np.tile(np.arange(256), (200, 1)))
    yield "signs", photo(pick(f"{OPENCV}/digits.png", f"{OPENCV}/notes.png"))
    yield "signs", photo(pick(f"{OPENCV}/cards.png", f"{OPENCV}/ellipses.jpg"), longest=640)


def hidden_text(half):
    """Text that only a scaler which picks every r-th pixel sees."""
    rng = np.random.default_rng(3 if half == "tune" else 4)
    count = 0
    for path in PHOTOS[half][:5]:
        for r in (2, 3, 4, 5, 8):
            for level in (60, 90, -70, 120):
                count += 1
                if (count + r) % 3:
                    continue
                small = (128, 96) if r < 8 else (64, 48)
                cover = np.asarray(photo(path, (small[0] * r, small[1] * r))).astype(int)
                mask = Image.new("L", small, 0)
                draw = ImageDraw.Draw(mask)
                for i in range(1 + count % 4):
                    draw.text((int(rng.integers(2, 30)), int(rng.integers(2, small[1] - 14))), " ".join(rng.choice(WORDS, 2)),
                              fill=255, font=font(half, count % 2, int(rng.integers(9, 14))))
                m = np.asarray(mask) > 96
                x = cover.copy()
                at = slice(r // 2, None, r)
                x[at, at][m] = np.clip(x[at, at][m] + level, 0, 255)
                yield f"text {abs(level)} levels, nearest", grey_or_colour(x)


SCALERS = ["pillow-bicubic", "pillow-nearest", "opencv-linear", "opencv-area", "opencv-lanczos4", "opencv-nearest", "gimp-cubic",
           "libvips-thumbnail"]
FAMILIES = {
    "pixels, nearest": ("pixels", ["pillow-nearest", "opencv-nearest", "gimp-none", "imagemagick-sample", "qt-fast"]),
    "pixels, opencv-linear": ("pixels", ["opencv-linear"]),
    "pixels, opencv-cubic": ("pixels", ["opencv-cubic"]),
    "pixels, opencv-lanczos4": ("pixels", ["opencv-lanczos4"]),
    "pixels, antialiasing": ("pixels", ["pillow-bicubic", "pillow-box", "pillow-lanczos", "opencv-area", "imagemagick-resize",
                                        "libvips-lanczos2", "pillow-bilinear", "gdkpixbuf-bilinear", "swscale-bicubic"]),
    "to the eye": ("eye", ["any", "pillow-bicubic", "pillow-lanczos", "opencv-area", "chromium-img", "libvips-thumbnail"]),
    "enlarged, pixels": ("pixels", ["pillow-bicubic", "opencv-nearest", "pillow-nearest"]),
    "enlarged, to the eye": ("eye", ["pillow-bicubic", "pillow-bilinear"]),
}
RATIOS = (2, 2.5, 3, 4, 4.5, 5.333, 6, 8)


def ppm(image, path):
    image.convert("RGB").save(path, "PPM")


def build_made(folder, tool):
    jobs = []
    for half, side in (("tune", 400), ("check", 384)):
        shots = PHOTOS[half]
        for family, (how, scalers) in FAMILIES.items():
            large = family.startswith("enlarged")
            for k, ratio in enumerate((1 / 1.5, 1 / 2, 1 / 1.25) if large else RATIOS):
                for again in range(2 if len(scalers) > 1 else 1):
                    scaler = scalers[(k + again * 2 + (half == "check")) % len(scalers)]
                    stem = f"{folder}/made/{half}/{len(jobs):03}"
                    cover, target = shots[(k + again) % len(shots)], shots[(k + again * 3 + 4) % len(shots)]
                    if "cubic" in family or "lanczos4" in family:
                        ratio = max(ratio, 4)
                    side_small = round(side / ratio)
                    ppm(photo(cover, (side, side * 3 // 4)), stem + "-cover.ppm")
                    ppm(photo(target, (side_small, round(side * 3 / 4 / ratio))), stem + "-target.ppm")
                    jobs.append((f"{stem}-cover.ppm {stem}-target.ppm {stem}.ppm {scaler} {how}", half, family, stem + ".ppm"))
    todo = [j[0] for j in jobs if not os.path.exists(j[3])]
    if todo:
        subprocess.run([tool, "make"], input="\n".join(todo) + "\n", text=True, check=True)
    entries = [(half, family, path) for _, half, family, path in jobs]
    for half, family, path in list(entries):
        if family in ("to the eye", "pixels, antialiasing") and hash_of(path) % 3 == 0:
            jpeg = path.replace(".ppm", "-jpeg.jpg")
            Image.open(path).save(jpeg, quality=90, subsampling=0)
            ppm(Image.open(jpeg), path.replace(".ppm", "-jpeg.ppm"))
            entries.append((half, family + ", JPEG 90", path.replace(".ppm", "-jpeg.ppm")))
    return entries


def hash_of(path):
    return int(os.path.basename(path)[:3])


def build(folder, tool):
    entries = []
    for half in ("tune", "check"):
        for kind in ("innocent", "made"):
            os.makedirs(f"{folder}/{kind}/{half}", exist_ok=True)
        for k, (kind, image) in enumerate(innocents(half)):
            path = f"{folder}/innocent/{half}/{k:03}-{kind.replace(' ', '-')}.ppm"
            if not os.path.exists(path):
                if isinstance(image, tuple):
                    image[1].save(path + ".jpg", quality=image[2])
                    image = Image.open(path + ".jpg")
                ppm(image, path)
            entries.append((half, "innocent: " + kind.split(" ")[0] if kind.startswith("jpeg") else "innocent: " + kind, path))
        for k, (kind, image) in enumerate(hidden_text(half)):
            path = f"{folder}/made/{half}/text-{k:03}.ppm"
            ppm(image, path)
            entries.append((half, "made: " + kind, path))
    return entries + [(half, "made: " + family, path) for half, family, path in build_made(folder, tool)]


def main():
    folder = sys.argv[1]
    tool = sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, "build", "tests", "bench", "reveal-files")
    halves = sys.argv[3].split(",") if len(sys.argv) > 3 else ["tune", "check"]
    entries = [e for e in build(folder, tool) if e[0] in halves]
    scalers = sys.argv[4:] or SCALERS
    scalers = [] if scalers == ["all"] else scalers
    print(f"{len(entries)} pictures", file=sys.stderr)
    def look(part):
        return subprocess.run([tool, "look", *scalers], input="".join(e[2] + "\n" for e in entries[part::jobs]), text=True,
                              check=True, stdout=subprocess.PIPE).stdout.splitlines()
    jobs = int(os.environ.get("JOBS", "1"))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        lines = sum(pool.map(look, range(jobs)), [])
    open(f"{folder}/looked-{os.path.basename(tool)}-{'-'.join(halves)}.tsv", "w").write("\n".join(lines) + "\n")
    said = {line.split("\t")[0]: line.split("\t")[1] for line in lines}
    for half in halves:
        counts = collections.defaultdict(collections.Counter)
        for h, kind, path in entries:
            if h == half:
                counts[kind][said[path]] += 1
        print(f"\n{half:38} {'number':>7} {'hides':>7} {'grid':>7} {'nothing':>8}")
        total = collections.defaultdict(collections.Counter)
        for kind, c in sorted(counts.items()):
            print(f"{kind:38} {sum(c.values()):7} {c['hides']:7} {c['grid']:7} {c['nothing']:8}")
            total[kind.split(":")[0]].update(c)
        for kind, c in total.items():
            print(f"{'all ' + kind:38} {sum(c.values()):7} {c['hides']:7} {c['grid']:7} {c['nothing']:8}")


if __name__ == "__main__":
    main()
