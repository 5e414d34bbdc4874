#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""demo.py IMAGES OUT: runs the installed plug-in in a real GIMP over sample pictures, and shows what came out.

For every job OUT holds the result as GIMP exported it, its thumbnail as the real Pillow makes it, and a labelled picture
with both beside cover and target. The figures are measured on these files, not taken from the plug-in's report.
"""
import json
import os
import subprocess
import sys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FILTERS = {"nearest": Image.NEAREST, "box": Image.BOX, "bilinear": Image.BILINEAR, "hamming": Image.HAMMING,
           "bicubic": Image.BICUBIC, "lanczos": Image.LANCZOS}


class Job:
    def __init__(self, name, cover, target, filter_name, balance=100, scaler=None, appearance=0):
        self.name, self.cover, self.target, self.filter, self.balance = name, cover, target, filter_name, balance
        self.scaler, self.appearance = scaler or "pillow-" + filter_name, appearance

    def script(self, folder):
        """Script-Fu that opens both pictures, calls the plug-in and exports the new layer."""
        path = {key: quote(os.path.join(folder, file)) for key, file in (
            ("cover", self.cover), ("target", self.target), ("out", self.name + ".png"), ("report", self.name + ".json"),
            ("gimp", self.name + "-thumbnail-gimp.png"))}
        return f"""
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE {path["cover"]} "")))
       (other (car (gimp-file-load RUN-NONINTERACTIVE {path["target"]} "")))
       (answer (plug-in-bifocal RUN-NONINTERACTIVE image (car (gimp-image-get-active-drawable image))
                 (car (gimp-image-get-active-drawable other)) 0 0 {quote(self.scaler)} {self.appearance} {self.balance} ""))
       (port (open-output-file {path["report"]}))
       (result -1))
  (file-png-save RUN-NONINTERACTIVE image (car answer) {path["out"]} "" 0 9 0 0 0 0 0)
  (display (cadr answer) port)
  (close-output-port port)
  (set! result (car (gimp-file-load RUN-NONINTERACTIVE {path["out"]} "")))
  (gimp-context-set-interpolation INTERPOLATION-CUBIC)
  (gimp-image-scale result (car (gimp-image-width other)) (car (gimp-image-height other)))
  (file-png-save RUN-NONINTERACTIVE result (car (gimp-image-get-active-drawable result)) {path["gimp"]} "" 0 9 0 0 0 0 0)
  (gimp-image-delete result)
  (gimp-image-delete image)
  (gimp-image-delete other))"""


def quote(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


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


JOBS = [Job(f"astronaut-512-cat-128-{f}", "astronaut-512.png", "cat-128.png", f) for f in FILTERS] + [
    Job(f"astronaut-1024-cat-128-{f}", "astronaut-1024.png", "cat-128.png", f) for f in FILTERS] + [
    Job("coffee-600x400-rocket-113x75-lanczos", "coffee-600x400.png", "rocket-113x75.png", "lanczos"),
    Job("astronaut-512-cat-128-bicubic-half", "astronaut-512.png", "cat-128.png", "bicubic", balance=50),
]
EYE_JOBS = [
    Job("eye-astronaut-512-cat-128", "astronaut-512.png", "cat-128.png", "bicubic", appearance=1),
    Job("eye-coffee-600x400-rocket-113x75-any", "coffee-600x400.png", "rocket-113x75.png", "bicubic", scaler="any",
        appearance=1),
]


def run_gimp(folder):
    script = "\n".join(job.script(folder) for job in JOBS + EYE_JOBS) + "\n(gimp-quit TRUE)\n"
    path = os.path.join(folder, "demo.scm")
    with open(path, "w") as file:
        file.write(script)
    for job in JOBS + EYE_JOBS:  # nothing of an earlier run may pass for this one's
        for ending in (".png", ".json"):
            if os.path.exists(os.path.join(folder, job.name + ending)):
                os.remove(os.path.join(folder, job.name + ending))
    command = ["gimp-console", "-i", "-d", "-f", "-s", "-b", f"(load {quote(path)})", "-b", "(gimp-quit TRUE)"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    os.remove(path)
    absent = [job.name for job in JOBS + EYE_JOBS if not os.path.exists(os.path.join(folder, job.name + ".json"))]
    if absent:
        sys.exit(f"GIMP did not make {absent[0]}:\n{done.stdout}{done.stderr}")


def as_seen(picture, size):
    """The picture made smaller as an eye from afar averages it: in linear light. A viewer that shrinks the result's file by
    its encoded numbers would show the target instead."""
    encoded = np.asarray(picture, dtype=np.float32) / 255
    light = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    small = [np.asarray(Image.fromarray(light[:, :, c], "F").resize(size, Image.BOX)) for c in range(3)]
    small = np.clip(np.stack(small, axis=2), 0, 1)
    encoded = np.where(small <= 0.0031308, small * 12.92, 1.055 * small ** (1 / 2.4) - 0.055)
    return Image.fromarray(np.rint(encoded * 255).astype(np.uint8))


def side_by_side(panels, path, height=256):
    """panels: (title, line below, picture), drawn at one height; small pictures in whole pixels."""
    font = ImageFont.truetype("DejaVuSans.ttf", 12)
    shown = []
    for title, below, picture in panels:
        if picture.height <= height:
            factor = height // picture.height
            picture = picture.resize((picture.width * factor, picture.height * factor), Image.NEAREST)
        else:
            picture = as_seen(picture, (round(picture.width * height / picture.height), height))
        shown.append((title, below, picture))
    gap, head, foot = 16, 28, 28
    sheet = Image.new("RGB", (gap + sum(p.width + gap for _, _, p in shown), head + height + foot), "white")
    draw = ImageDraw.Draw(sheet)
    x = gap
    for title, below, picture in shown:
        draw.text((x, 8), title, fill="black", font=font)
        sheet.paste(picture, (x, head + (height - picture.height) // 2))
        draw.text((x, head + height + 8), below, fill="#555555", font=font)
        x += picture.width + gap
    sheet.save(path)


def read(folder, name):
    return Image.open(os.path.join(folder, name))


def outcome(job, folder):
    """Cover, target, result, its thumbnail by the real Pillow (which is kept), and the plug-in's report."""
    cover, target, result = read(folder, job.cover), read(folder, job.target), read(folder, job.name + ".png")
    thumbnail = result.resize(target.size, FILTERS[job.filter])
    thumbnail.save(os.path.join(folder, job.name + "-thumbnail.png"))
    with open(os.path.join(folder, job.name + ".json")) as file:
        return cover, target, result, thumbnail, json.load(file)


def show(job, folder):
    """Scales the exported file with the real Pillow; one line of figures."""
    cover, target, result, thumbnail, report = outcome(job, folder)
    error = np.abs(np.asarray(thumbnail).astype(int) - np.asarray(target).astype(int))
    right = 100 * (error.max(axis=2) == 0).mean()
    square_error = (np.asarray(result).astype(float) - np.asarray(cover)) ** 2
    psnr = 10 * np.log10(255 ** 2 / max(square_error.mean(), 1e-9))
    size = "{}x{}".format(*target.size)
    side_by_side([("Cover", "{}x{}".format(*cover.size), cover), ("Target", size, target),
                  ("Result, full size", f"PSNR to the cover {psnr:.1f} dB", result),
                  (f"Result, scaled by Pillow ({job.filter})", f"{size}, {right:.2f} % of the pixels right", thumbnail)],
                 os.path.join(folder, job.name + "-side-by-side.png"))
    print(f"{job.name:40} {right:9.4f} % {error.max():6d} {psnr:8.2f} dB {report['gap']:9.1e} {report['seconds']:7.2f} s"
          f"   {report['outcome']}")


def show_eye(job, folder):
    """To the eye: the same file scaled by the real Pillow and by the real GIMP; figures from the report's eye model."""
    cover, target, result, thumbnail, report = outcome(job, folder)
    seen, small = report["appearance"][0], report["appearance"][1]
    side_by_side([("Cover", "{}x{}".format(*cover.size), cover), ("Target", "{}x{}".format(*target.size), target),
                  ("Result, as seen at 100 %", "averaged in linear light, as an eye does", result),
                  (f"The same file, scaled by Pillow ({job.filter})", "averages the encoded numbers", thumbnail),
                  ("The same file, scaled by GIMP", "averages linear light", read(folder, job.name + "-thumbnail-gimp.png"))],
                 os.path.join(folder, job.name + "-side-by-side.png"))
    print(f"{job.name:40} {seen['ssim']:9.3f} {seen['leak']:9.3f} {small['ssim']:9.3f} {small['leak']:9.3f} "
          f"{report['seconds']:7.2f} s   {report['outcome']}")


def main():
    images, out = map(os.path.abspath, sys.argv[1:3])
    os.makedirs(out, exist_ok=True)
    prepare(images, out)
    run_gimp(out)
    print(f"\n{'through GIMP, scaled by the real Pillow':40} {'exact':>11} {'worst':>6} {'cover':>11} {'gap':>9} {'solve':>9}")
    for job in JOBS:
        show(job, out)
    print(f"\n{'to the eye; SSIM and leak of the other':40} {'cover':>9} {'leak':>9} {'thumbnail':>9} {'leak':>9} {'solve':>9}")
    for job in EYE_JOBS:
        show_eye(job, out)
    print(f"\nThe pictures are in {out}")


if __name__ == "__main__":
    main()
