#!/usr/bin/python3
"""The real libraries behind the engine's tests, as a server on standard input and output.

"version LIBRARY\\n" answers one line.
"resize LIBRARY COUNT\\n" is followed by COUNT jobs: a line "FILTER CHANNELS HEIGHT WIDTH OUT_HEIGHT OUT_WIDTH\\n" and
CHANNELS*HEIGHT*WIDTH bytes (interleaved). The answer is, for each job, OUT_HEIGHT*OUT_WIDTH*CHANNELS bytes.
"time LIBRARY COUNT\\n" takes the same and answers a line with the least seconds of a few runs.
"load MODE PATH [WIDTH HEIGHT]\\n" answers "HEIGHT WIDTH\\n" and the picture's bytes (MODE as Pillow's: L, RGB), resized
first if asked for (Pillow's Lanczos).
"jpeg QUALITY SUBSAMPLING CHANNELS HEIGHT WIDTH\\n" and an image's bytes: answers what Pillow's JPEG leaves of them (Pillow's
numbers: 0 is 4:4:4, 1 is 4:2:2, 2 is 4:2:0).
"thumbnail LIBRARY WIDTH HEIGHT BOX_WIDTH BOX_HEIGHT\\n" answers a line with the width and height of the thumbnail that keeps
the image's shape.
"compare METRIC CHANNELS HEIGHT WIDTH\\n" and the bytes of two images: answers a line with scikit-image's figure.
A library that is not there ends the server: the test that asked for it fails.
"""
import importlib
import io
import sys
import time

import numpy
import PIL.Image
import skimage.metrics

import peer_thumbnails

# Which file has the class of that name, with `version` and `resize_all`.
HOMES = dict(pillow="peer_libraries", opencv="peer_libraries", gdkpixbuf="peer_libraries", qt="peer_libraries",
             cairo="peer_libraries", gimp="peer_tools", imagemagick="peer_tools", graphicsmagick="peer_tools",
             libvips="peer_tools", gd="peer_tools", swscale="peer_tools", chromium="peer_browsers", firefox="peer_browsers")
LIBRARIES = {}


def library(name):
    if name not in LIBRARIES:
        LIBRARIES[name] = getattr(importlib.import_module(HOMES[name]), name)()
    return LIBRARIES[name]


def load(mode, path, *size):
    image = PIL.Image.open(path).convert(mode)
    if size:
        image = image.resize(tuple(map(int, size)), PIL.Image.LANCZOS)
    return b"%d %d\n" % (image.height, image.width) + image.tobytes()


def after_jpeg(pixels, quality, subsampling):
    image = PIL.Image.fromarray(pixels[:, :, 0] if pixels.shape[2] == 1 else pixels)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality, subsampling=subsampling)
    return numpy.asarray(PIL.Image.open(file)).tobytes()


def psnr(a, b):
    return skimage.metrics.peak_signal_noise_ratio(a, b, data_range=255)


def ssim(a, b):
    def luma(p):
        return p[..., 0].astype(float) if p.shape[2] == 1 else p.astype(float) @ [0.299, 0.587, 0.114]

    return skimage.metrics.structural_similarity(
        luma(a), luma(b), data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False
    )


METRICS = dict(psnr=psnr, ssim=ssim)


def read_pixels(stream, channels, height, width):
    return numpy.frombuffer(stream.read(channels * height * width), "u1").reshape(height, width, channels)


def least_seconds(run):
    times = []
    while sum(times) < 0.3 or len(times) < 3:
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def read_jobs(stream, count):
    jobs, pictures = [], {}
    for _ in range(count):
        fields = stream.readline().decode().split()
        channels, height, width, out_height, out_width = map(int, fields[1:])
        pixels = read_pixels(stream, channels, height, width)
        # One array for each picture, however often it is sent: some programs can then do all of its jobs at once.
        pixels = pictures.setdefault((pixels.tobytes(), height, width), pixels)
        jobs.append((fields[0], pixels, out_height, out_width))
    return jobs


def main():
    read, write = sys.stdin.buffer, sys.stdout.buffer
    while line := read.readline():
        words = line.decode().split()
        if words[0] == "load":
            write.write(load(*words[1:]))
        elif words[0] == "compare":
            shape = list(map(int, words[2:5]))
            value = METRICS[words[1]](read_pixels(read, *shape), read_pixels(read, *shape))
            write.write(b"%.12g\n" % value)
        elif words[0] == "jpeg":
            write.write(after_jpeg(read_pixels(read, *map(int, words[3:6])), int(words[1]), int(words[2])))
        elif words[0] == "thumbnail":
            sides = list(map(int, words[2:6]))
            write.write(b"%d %d\n" % peer_thumbnails.size_by(words[1], tuple(sides[:2]), tuple(sides[2:])))
        elif words[0] == "version":
            write.write((library(words[1]).version + "\n").encode())
        else:
            jobs = read_jobs(read, int(words[2]))
            resize_all = library(words[1]).resize_all
            if words[0] == "time":
                write.write(b"%.9f\n" % least_seconds(lambda: resize_all(jobs)))
            else:
                for (_, pixels, height, width), out in zip(jobs, resize_all(jobs), strict=True):
                    write.write(numpy.ascontiguousarray(out, "u1").reshape(height, width, pixels.shape[2]).tobytes())
        write.flush()


if __name__ == "__main__":
    main()
