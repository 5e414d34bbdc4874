"""The sizes of the thumbnails that real software makes when it is told to keep an image's shape within a box."""
import os
import subprocess
import tempfile

import PIL.Image


def size_by(library, image, box):
    """(width, height) from (width, height) and (width, height)."""
    picture = PIL.Image.new("L", image)
    if library == "pillow":
        picture.thumbnail(box)
        return picture.size
    commands = dict(imagemagick=["convert", "{in}", "-thumbnail", "{box}", "{out}"],
                    graphicsmagick=["gm", "convert", "{in}", "-thumbnail", "{box}", "{out}"],
                    libvips=["vipsthumbnail", "{in}", "--size", "{box}", "-o", "{out}"])
    with tempfile.TemporaryDirectory() as folder:
        words = {"in": os.path.join(folder, "in.png"), "out": os.path.join(folder, "out.png"), "box": "%dx%d" % box}
        picture.save(words["in"])
        subprocess.run([word.format(**words) for word in commands[library]], check=True, capture_output=True, timeout=600)
        with PIL.Image.open(words["out"]) as small:
            return small.size
