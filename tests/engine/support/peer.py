#!/usr/bin/python3
"""The real libraries behind the engine's tests, as a server on standard input and output.

Request:  one line "LIBRARY FILTER CHANNELS HEIGHT WIDTH OUT_HEIGHT OUT_WIDTH\\n", then CHANNELS*HEIGHT*WIDTH bytes
          (interleaved). Answer: OUT_HEIGHT*OUT_WIDTH*CHANNELS bytes, interleaved.
"version LIBRARY" answers one line. "time LIBRARY ..." takes the same as a request and answers a line with the least
seconds of a few runs. "load MODE PATH" answers "HEIGHT WIDTH\n" and the picture's bytes (MODE as Pillow's: L, RGB);
"load MODE PATH WIDTH HEIGHT" resizes it first (Pillow's Lanczos).
"""
import functools
import sys
import time

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


def load(mode, path, *size):
    image = PIL.Image.open(path).convert(mode)
    if size:
        image = image.resize(tuple(map(int, size)), PIL.Image.LANCZOS)
    return b"%d %d\n" % (image.height, image.width) + image.tobytes()


def least_seconds(run):
    times = []
    while sum(times) < 0.3 or len(times) < 3:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    while line := sys.stdin.buffer.readline():
        words = line.decode().split()
        if words[0] == "version":
            sys.stdout.buffer.write((VERSIONS[words[1]] + "\n").encode())
        elif words[0] == "load":
            sys.stdout.buffer.write(load(*words[1:]))
        else:
            timed = words[0] == "time"
            library, name = words[timed : timed + 2]
            words = words[timed:]
            channels, height, width, out_height, out_width = map(int, words[2:])
            data = sys.stdin.buffer.read(channels * height * width)
            pixels = numpy.frombuffer(data, "u1").reshape(height, width, channels)
            run = functools.partial(LIBRARIES[library], name, pixels, out_height, out_width)
            if timed:
                sys.stdout.buffer.write(b"%.9f\n" % least_seconds(run))
            else:
                sys.stdout.buffer.write(numpy.ascontiguousarray(run()).tobytes())
        sys.stdout.buffer.flush()


main()
