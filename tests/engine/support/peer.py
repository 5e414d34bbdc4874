#!/usr/bin/python3
"""The real libraries behind the engine's tests, as a server on standard input and output.

Request:  one line "LIBRARY FILTER CHANNELS HEIGHT WIDTH OUT_HEIGHT OUT_WIDTH\\n", then CHANNELS*HEIGHT*WIDTH bytes
          (interleaved). Answer: OUT_HEIGHT*OUT_WIDTH*CHANNELS bytes, interleaved.
"version LIBRARY" answers one line.
"""
import sys

import cv2
import numpy
import PIL.Image

cv2.setNumThreads(1)

FILTERS = dict(nearest=0, lanczos=1, bilinear=2, bicubic=3, box=4, hamming=5)


def pillow(name, pixels, height, width):
    image = PIL.Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    return numpy.asarray(image.resize((width, height), FILTERS[name]))


def opencv(name, pixels, height, width):
    flag = getattr(cv2, "INTER_" + name.upper().replace("-", "_"))
    return cv2.resize(pixels, (width, height), interpolation=flag)


LIBRARIES = dict(pillow=pillow, opencv=opencv)
VERSIONS = dict(pillow=PIL.__version__, opencv=cv2.__version__)


def main():
    while line := sys.stdin.buffer.readline():
        words = line.decode().split()
        if words[0] == "version":
            sys.stdout.buffer.write((VERSIONS[words[1]] + "\n").encode())
        else:
            library, name = words[:2]
            channels, height, width, out_height, out_width = map(int, words[2:])
            data = sys.stdin.buffer.read(channels * height * width)
            pixels = numpy.frombuffer(data, "u1").reshape(height, width, channels)
            out = LIBRARIES[library](name, pixels, out_height, out_width)
            sys.stdout.buffer.write(numpy.ascontiguousarray(out).tobytes())
        sys.stdout.buffer.flush()


main()
