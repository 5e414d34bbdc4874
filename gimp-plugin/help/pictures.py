#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""pictures.py IMAGES PAGES: makes the help's pictures anew, from the sample pictures through the plug-in that is installed in
GIMP. Each shows files that GIMP has exported, and what the real Pillow makes of them."""
import os
import subprocess
import sys
import tempfile

from PIL import Image

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "demo"))

from gimp_jobs import quote, run_gimp  # noqa: E402
from jobs import EYE, NEAREST  # noqa: E402
from pictures import fitted, prepare  # noqa: E402

HEIGHT, GAP = 208, 12
SHOWN_BY = "pillow-nearest pillow-bicubic opencv-area gimp-cubic"


def side_by_side(pictures, path):
    shown = [fitted(p, HEIGHT) for p in pictures]
    row = Image.new("RGB", (sum(p.width for p in shown) + GAP * (len(shown) - 1), max(p.height for p in shown)), "white")
    x = 0
    for picture in shown:
        row.paste(picture, (x, (row.height - picture.height) // 2))
        x += picture.width + GAP
    # A palette, without dots of its own, keeps the page small.
    row.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


def contact_sheet(of, path):
    script = f"""
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE {quote(of)} "")))
       (sheet (car (plug-in-bifocal-reveal RUN-NONINTERACTIVE image (car (gimp-image-get-active-drawable image))
                1 #(128) {quote(SHOWN_BY)}))))
  (gimp-image-flatten sheet)
  (file-png-save RUN-NONINTERACTIVE sheet (car (gimp-image-get-active-drawable sheet)) {quote(path)} "" 0 9 0 0 0 0 0))"""
    subprocess.run(["gimp-console", "-i", "-d", "-f", "-s", "-b", script, "-b", "(gimp-quit TRUE)"], check=True,
                   stdin=subprocess.DEVNULL)
    with Image.open(path) as sheet:
        small = sheet.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def main():
    images, pages = map(os.path.abspath, sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder:
        prepare(images, folder)
        for job, outcome in run_gimp([EYE, NEAREST], folder):
            print("done")
            side_by_side([outcome.cover, outcome.result, outcome.thumbnail],
                         os.path.join(pages, "eye.png" if job is EYE else "pixels.png"))
        contact_sheet(os.path.join(folder, NEAREST.name + ".png"), os.path.join(pages, "reveal.png"))


if __name__ == "__main__":
    main()
