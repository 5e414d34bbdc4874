#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Many views at full size, through the plug-in in a real GIMP without a window, with the real scalers at the other end.

many_views.py [FOLDER [NAME...]]

For every experiment: what each view's own software makes of the exported file, against its target (root mean square
difference in levels), beside what the untouched cover shows, the least that the view could have alone, and the least that
all views have together (from the certified continuous solution; the duality gap says how far that can be off). The
pictures go to FOLDER. BIFOCAL_BUILD names the build folder, default: build.
"""
import json
import os
import sys
import tempfile
import time

import cv2
import numpy as np
from PIL import Image, ImageDraw

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "plugin"))
from support.gimp import Gimp, quote, unquote  # noqa: E402
from support.pictures import exported, load, opaque, sample  # noqa: E402

EVERYWHERE = ["pillow-box", "pillow-bilinear", "pillow-bicubic", "pillow-lanczos", "opencv-area", "opencv-nearest", "opencv-linear"]
CAT, COFFEE, ASTRONAUT = "chelsea.png", "coffee.png", "astronaut.png"

# name: cover, its side, views (target, side, scaler), appearance
EXPERIMENTS = {
    "everywhere": (ASTRONAUT, 1024, [(CAT, 128, s) for s in EVERYWHERE], 0),
    "two-sizes": (ASTRONAUT, 1024, [(CAT, 128, "pillow-bicubic"), (COFFEE, 64, "pillow-bicubic")], 0),
    "enlarged": (COFFEE, 200, [(CAT, 300, "pillow-nearest")], 0),
    "three-way": (ASTRONAUT, 256, [(CAT, 64, "pillow-bicubic"), (COFFEE, 384, "pillow-nearest")], 0),
    "everywhere-eye": (ASTRONAUT, 1024, [(CAT, 128, s) for s in EVERYWHERE], 1),
    "enlarged-eye": (ASTRONAUT, 512, [(CAT, 1024, "pillow-bicubic")], 1),
    "three-way-eye": (ASTRONAUT, 512, [(CAT, 128, "pillow-bicubic"), (COFFEE, 768, "pillow-nearest")], 1),
}


def scaled(picture, scaler, side):
    library, name = scaler.split("-", 1)
    if library == "pillow":
        return np.asarray(picture.resize((side, side), getattr(Image, name.upper())), float)
    return cv2.resize(np.asarray(picture), (side, side), interpolation=getattr(cv2, "INTER_" + name.upper())).astype(float)


def light(picture):
    v = np.asarray(picture, float) / 255
    return np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)


def seen(picture, sigma=1.0):
    """By an eye: a Gaussian in linear light, as levels."""
    blurred = cv2.GaussianBlur(light(picture), (0, 0), sigma)
    return 255 * np.where(blurred <= 0.0031308, 12.92 * blurred, 1.055 * np.maximum(blurred, 1e-9) ** (1 / 2.4) - 0.055)


def rms(a, b):
    return float(np.sqrt(np.mean((np.asarray(a, float) - np.asarray(b, float)) ** 2)))


def likeness(a, b):
    """Correlation of the luma; 1: the same but for contrast."""
    weights = np.array([0.299, 0.587, 0.114])
    x, y = (np.asarray(v, float) @ weights for v in (a, b))
    return float(np.corrcoef(x.ravel(), y.ravel())[0, 1])


def vector(values):
    return f"{len(values)} #({' '.join(map(str, values))})"


def tile(pictures, path, side=512):
    """Pictures side by side with their names."""
    sheet = Image.new("RGB", (len(pictures) * (side + 8), side + 24), "white")
    for n, (name, picture) in enumerate(pictures):
        mode = Image.NEAREST if 4 * picture.width <= side else Image.LANCZOS
        # Not scaled down, which would show something else: the middle of what is larger.
        half = (picture.width - side) // 2
        piece = picture.resize((side, side), mode) if half < 0 else picture.crop((half, half, half + side, half + side))
        sheet.paste(piece, (n * (side + 8) + 4, 20))
        ImageDraw.Draw(sheet).text((n * (side + 8) + 4, 4), name, fill="black")
    sheet.save(path)


def certified(report):
    return f"gap {report['gap']:.1e}" if report.get("lower_bound") is not None else "no certificate"


def as_picture(values):
    return Image.fromarray(np.clip(np.rint(values), 0, 255).astype(np.uint8))


def run(gimp, folder, name):
    cover_name, side, views, appearance = EXPERIMENTS[name]
    cover_picture = sample(cover_name, (side, side))
    image, cover = load(gimp, folder, cover_picture, "cover.png")
    layers, pictures = {}, {}
    for target, size, _ in views:
        if (target, size) not in layers:
            pictures[target, size] = sample(target, (size, size))
            _, layers[target, size] = load(gimp, folder, pictures[target, size], f"{target.split('.')[0]}-{size}.png")
    targets = [layers[t, s] for t, s, _ in views]
    sizes = [s for _, s, _ in views]
    scalers = [s for _, _, s in views]
    start = time.monotonic()
    answer = gimp.do(
        f"(plug-in-bifocal-views RUN-NONINTERACTIVE {image} {cover} {vector(targets)} {vector(sizes)} {vector(sizes)} "
        f"{len(scalers)} '({' '.join(map(quote, scalers))}) {vector([1] * len(views))} {appearance} 100 "
        f"{quote('trade-off=yes' if appearance == 0 else '')})", timeout=1800)
    seconds = time.monotonic() - start
    layer, text = answer[1:-1].split(" ", 1)
    report = json.loads(unquote(text))
    result = opaque(exported(gimp, folder, image, int(layer))).convert("RGB")
    result.save(os.path.join(folder, name + ".png"))
    begin = time.monotonic()
    cover_picture.resize((side // 2, side // 2), Image.BICUBIC)
    resize = time.monotonic() - begin
    print(f"\n{name}: {cover_name} {side}x{side}, {report['algorithm']}, {report['outcome']}, {certified(report)}, {report['sweeps']} "
          f"sweeps; solve and repair {report['seconds'] / resize:.0f} Pillow resizes of the cover, all with the trade-off {seconds / resize:.0f}")
    shown = [("cover", cover_picture), ("at its own size, as an eye sees it", as_picture(seen(result)))]
    trade_off = report.get("trade_off")
    for k, (target, size, scaler) in enumerate(views):
        wanted = pictures[target, size]
        after, before = scaled(result, scaler, size), scaled(cover_picture, scaler, size)
        line = f"  {target.split('.')[0]:9} {size:4} {scaler:16} untouched {rms(before, wanted):6.2f}"
        if appearance == 0:
            right = np.mean(np.all(after == np.asarray(wanted), axis=2))
            best = trade_off["views"][k]
            line += (f"  reached {rms(after, wanted):7.3f}  exact {100 * right:8.4f} %  best together {best['together']:7.3f}"
                     f"  best alone {best['alone']:7.3f}")
        else:
            look = seen(after) if size > side else after
            line += f"  likeness: target {likeness(look, wanted):.3f}, cover {likeness(look, cover_picture.resize((size, size), Image.LANCZOS)):.3f}"
        print(line)
        if not any(n.startswith(f"{scaler} {size}") for n, _ in shown):
            shown.append((f"{scaler} {size}", as_picture(seen(after) if size > side else after)))
    eye = as_picture(seen(result))
    print(f"  the eye at 100 %: likeness to the cover {likeness(eye, cover_picture):.3f}; the file is {rms(result, cover_picture):.2f} levels off")
    if appearance:
        for size in {s for _, s, _ in views if s < side}:
            linear = 255 * cv2.resize(light(result), (size, size), interpolation=cv2.INTER_AREA) ** (1 / 2.2)
            print(f"  an average of light at {size}: likeness to the cover "
                  f"{likeness(linear, cover_picture.resize((size, size), Image.LANCZOS)):.3f}")
    tile(shown, os.path.join(folder, name + "-views.png"))
    sys.stdout.flush()
    for open_image in gimp.ids("(gimp-image-list)"):
        gimp.do(f"(gimp-image-delete {open_image})")


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="bifocal-views-")
    os.makedirs(folder, exist_ok=True)
    names = sys.argv[2:] or list(EXPERIMENTS)
    if unknown := set(names) - set(EXPERIMENTS):
        raise SystemExit(f"there is no experiment {', '.join(unknown)}; known are {', '.join(EXPERIMENTS)}")
    gimp = Gimp()
    try:
        for name in names:
            run(gimp, folder, name)
    finally:
        gimp.close()
    print("\npictures:", folder)


if __name__ == "__main__":
    main()
