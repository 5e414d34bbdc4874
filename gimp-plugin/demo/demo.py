#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""demo.py IMAGES OUT [README]: runs the installed plug-in in a real GIMP over sample pictures, and shows what came out.

For every job OUT holds the result as GIMP exported it, its thumbnail as the real Pillow or OpenCV makes it, and a
labelled picture with both beside cover and target; overview.png shows the most telling ones. The figures of "pixel by
pixel" are measured on these files, not taken from the plug-in's report; those of "to the eye" are the report's, from
its eye model.
With README, the text at its top and the pictures there are made anew.
"""
import os
import sys

from gimp_jobs import run_gimp
from jobs import EYE, EYE_JPEG, JOBS, JPEG_QUALITY, LINEAR, NEAREST, SHOWS_THROUGH, have_opencv
from pictures import overview, prepare, row_of
from readme import write_readme


def panels(outcome):
    """Cover, target, result and thumbnail, labelled."""
    job = outcome.job
    sides = [("Cover", "{}x{}".format(*outcome.cover.size), outcome.cover),
             ("Target", "{}x{}".format(*outcome.target.size), outcome.target)]
    if not job.eye:
        return sides + [("Result, full size", words_for_cover(outcome), outcome.result),
                        (f"Scaled by {job.software}", f"{outcome.exact:.2f} % of the pixels exact", outcome.thumbnail)]
    return sides + [("Result, as seen at 100 %", "averaged in linear light, as an eye does", outcome.result),
                    (f"The same file, scaled by {job.software}", "averages the encoded numbers", outcome.thumbnail),
                    ("The same file, scaled by GIMP", "averages linear light", outcome.by_gimp)]


def words_for_cover(outcome):
    untouched = f"{outcome.untouched:.1f} % of the pixels untouched, " if outcome.untouched > 50 else ""
    return f"{untouched}{outcome.psnr:.1f} dB"


def figures(outcome):
    if outcome.job.eye:
        full, small = outcome.seen["ssim"], outcome.small["ssim"]
        return f"likeness at full size {full:.2f}, of the thumbnail {small:.2f} (1 is equal)"
    return f"{outcome.exact:.2f} % of the thumbnail exact, cover {outcome.psnr:.1f} dB"


def write_overview(outcomes, path):
    eye, jpeg, through = outcomes[EYE], outcomes[EYE_JPEG], outcomes[SHOWS_THROUGH]
    blocks = [("What went in", "A cover, and a target for the thumbnail.", panels(eye)[:2])]
    few = "The cover with fine dots; the thumbnail is the target, byte for byte."
    blocks += [(f"Pixel by pixel, for {job.software}", few, panels(outcomes[job])[2:])
               for job in (NEAREST, LINEAR) if job in outcomes]
    blocks.append(("To the eye, for software that averages", "Both look right, with less contrast.", panels(eye)[2:4]))
    saved, small = jpeg.as_jpeg()
    blocks.append(("To the eye, saved as JPEG", f"Made with Survives saving as JPEG, saved at quality {JPEG_QUALITY}.",
                   [("As seen at 100 %", "averaged in linear light", saved),
                    (f"Scaled by {jpeg.job.software}", "averages the encoded numbers", small)]))
    if LINEAR not in outcomes:
        blocks.append(("To the eye, scaled by GIMP", "GIMP averages light, as an eye does, and shows the cover.",
                       panels(eye)[2::2]))
    blocks.append((f"Pixel by pixel, for {through.job.software}",
                   "Exact where pixels are averaged: then it shows through.", panels(through)[2:]))
    overview("Each pair is one image file: at full size, and scaled down", blocks, path)


def main():
    images, out = map(os.path.abspath, sys.argv[1:3])
    readme = sys.argv[3] if len(sys.argv) > 3 else None
    jobs = [job for job in JOBS if have_opencv() or not job.opencv]
    if readme and len(jobs) < len(JOBS):
        sys.exit("The README's figures want OpenCV: install python3-opencv.")
    if len(jobs) < len(JOBS):
        print("OpenCV is not installed (python3-opencv), so the picture for it is left out.")
    os.makedirs(out, exist_ok=True)
    prepare(images, out)

    outcomes = {}
    for job, outcome in run_gimp(jobs, out):
        row_of(panels(outcome)).save(os.path.join(out, job.name + "-side-by-side.png"))
        outcomes[job] = outcome
        print(f"{figures(outcome)}, {outcome.report['seconds']:.1f} s", flush=True)
    path = os.path.join(out, "overview.png")
    write_overview(outcomes, path)
    if readme:
        write_readme(readme, outcomes)

    print(f"""
GIMP has made {len(outcomes)} images with Bifocal; each is one picture at full size and another one when it is scaled down.
Look at {path} first: it shows the most telling ones, and all files are beside it.
To make your own, open two pictures in GIMP, click on the larger one's layer, and choose Filters > Combine > Bifocal > Hide a Picture...""")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("\nStopped; what was finished is kept.")
