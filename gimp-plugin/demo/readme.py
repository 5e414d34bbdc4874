# SPDX-License-Identifier: LGPL-3.0-or-later
"""The README's opening: two pictures and a table, with the figures of this run between the README's marks."""
import os

from jobs import EYE, EYE_JPEG, JPEG_QUALITY, LINEAR, NEAREST, SHOWS_THROUGH
from pictures import row_of

BEGIN, END = "<!-- demo: begin -->\n", "<!-- demo: end -->\n"
PICTURES = "gimp-plugin/demo"  # beside the README
EXACT_PICTURE, EYE_PICTURE = "astronaut-cat-exact.png", "astronaut-cat-eye.png"


def pictures(outcomes):
    """File name -> picture."""
    eye = outcomes[EYE]
    exact = []
    for outcome in (outcomes[NEAREST], outcomes[LINEAR]):
        exact += [("One file, full size" if not exact else "Another file, full size",
                   f"{outcome.untouched:.1f} % of the pixels untouched", outcome.result),
                  (f"The same file, scaled by {outcome.job.software}", f"{outcome.exact:.0f} % of the pixels exact",
                   outcome.thumbnail)]
    return {
        EXACT_PICTURE: row_of(exact),
        EYE_PICTURE: row_of([
            ("Cover", "{}x{}".format(*eye.cover.size), eye.cover),
            ("One file, as seen at 100 %", "averaged in linear light, as an eye does", eye.result),
            ("The same file, scaled by Pillow (bicubic)", "averages the encoded numbers", eye.thumbnail),
            ("The same file, scaled by GIMP", "averages linear light", eye.by_gimp)])}


def share(percent):
    """100 only where every pixel is."""
    return "every pixel is exact" if percent == 100 else f"{percent:.2f} % of the pixels are exact"


def dots(outcome):
    return f"the cover with fine dots: {outcome.untouched:.1f} % of the pixels untouched ({outcome.psnr:.1f} dB)"


def lost(outcome):
    return f"PNG; as JPEG ({JPEG_QUALITY}) {outcome.exact_after_jpeg():.1f} % stay exact"


def table(outcomes):
    nearest, linear, through = outcomes[NEAREST], outcomes[LINEAR], outcomes[SHOWS_THROUGH]
    eye, after = outcomes[EYE], [s for s in outcomes[EYE_JPEG].report["appearance"] if "JPEG" in s["name"]]
    ratio = nearest.cover.width // nearest.target.width
    seen = next(s["ssim"] for s in after if s["shows"] == "cover")
    small = next(s["ssim"] for s in after if s["shows"] == "target")
    rows = [
        ("Pixel by pixel",
         f"a program that takes the *nearest* pixel, at a ratio of {ratio}: Pillow here, and each program its own",
         dots(nearest), f"the target: {share(nearest.exact)}", lost(nearest)),
        ("Pixel by pixel", f"OpenCV (*linear*), at a ratio of {ratio}: what `cv2.resize` does unless told otherwise",
         dots(linear), f"the target: {share(linear.exact)}", lost(linear)),
        ("Pixel by pixel", "one program that averages: Pillow (*bicubic*) here",
         f"the target shows through ({through.psnr:.1f} dB)", f"the target: {share(through.exact)}", lost(through)),
        ("To the eye", "all software that averages encoded numbers: browsers, file managers, Pillow, ImageMagick, ...",
         f"the cover, paler (likeness {eye.seen['ssim']:.2f})",
         f"the target, paler (likeness {eye.small['ssim']:.2f}), not exact",
         f"PNG; for JPEG ({JPEG_QUALITY}) with *Survives saving as JPEG* (likeness {seen:.2f} and {small:.2f})"),
    ]
    head = ("way", "for images that are scaled by", "at full size", "as thumbnail", "file")
    lines = [head, ("---",) * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def opening(outcomes):
    """The README's text between the marks."""
    nearest, linear, eye = outcomes[NEAREST], outcomes[LINEAR], outcomes[EYE]
    return f"""
![One file at full size and as Pillow scales it down; another one at full size and as OpenCV does]({PICTURES}/{EXACT_PICTURE})

At full size the first file is the cover, {nearest.untouched:.1f} % of its pixels untouched. Scaled down by Pillow (*nearest*) it is the
target: {share(nearest.exact)}, byte for byte. The second file does the same for OpenCV (*linear*), with {linear.untouched:.1f} %
untouched.

![A cover; one file as it is seen at full size, as Pillow scales it down, and as GIMP does]({PICTURES}/{EYE_PICTURE})

This one is made *to the eye*, for the software that averages, as most does: both pictures look right, with less contrast.

{table(outcomes)}
Made through GIMP and measured by `gimp-plugin/demo/demo.py`; covers of {"{}x{}".format(*nearest.cover.size)} (*nearest*, *linear*) and
{"{}x{}".format(*eye.cover.size)} pixels, a thumbnail of {"{}x{}".format(*eye.target.size)}. dB is the PSNR to the cover; likeness is the SSIM to what is wanted, in the
report's model of an eye, 1 is equal.

"""


def write_readme(path, outcomes):
    """Puts the text between the marks, and the pictures into their folder beside the README."""
    folder = os.path.join(os.path.dirname(os.path.abspath(path)), PICTURES)
    os.makedirs(folder, exist_ok=True)
    for name, picture in pictures(outcomes).items():
        picture.save(os.path.join(folder, name), optimize=True)
    with open(path) as file:
        text = file.read()
    before, rest = text.split(BEGIN, 1)
    _, after = rest.split(END, 1)
    with open(path, "w") as file:
        file.write(before + BEGIN + opening(outcomes) + END + after)
