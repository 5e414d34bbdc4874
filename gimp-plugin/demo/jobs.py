# SPDX-License-Identifier: LGPL-3.0-or-later
"""What the demo makes, and how it is measured: with the real libraries, on the files that GIMP exported."""
import functools
import importlib.util
import io
import json
import os

import numpy as np
from PIL import Image

FILTERS = {"nearest": Image.NEAREST, "box": Image.BOX, "bilinear": Image.BILINEAR, "hamming": Image.HAMMING,
           "bicubic": Image.BICUBIC, "lanczos": Image.LANCZOS}
JPEG_QUALITY = 85


@functools.cache
def have_opencv():
    return importlib.util.find_spec("cv2") is not None


class Job:
    def __init__(self, name, cover, target, scaler, eye=False, options="", measured_with=None):
        """measured_with: the scaler that makes the thumbnail, where `scaler` stands for several."""
        self.name, self.cover, self.target, self.scaler = name, cover, target, scaler
        self.eye, self.options = eye, options
        self.library, self.filter = (measured_with or scaler).split("-", 1)
        self.opencv = self.library == "opencv"
        self.software = f"{'OpenCV' if self.opencv else 'Pillow'} ({self.filter})"

    def words(self):
        """For the line that is shown while it is made."""
        cover, target = (name.rsplit(".", 1)[0].rsplit("-", 1) for name in (self.cover, self.target))
        way = "to the eye" if self.eye else "for " + self.software
        if self.scaler == "any":
            way += ", for any software"
        if "jpeg" in self.options:
            way += " and JPEG"
        return f"{cover[0]} ({cover[1]}) and {target[0]} ({target[1]}), {way}"

    def scaled(self, picture, size):
        """By the real library."""
        if not self.opencv:
            return picture.resize(size, FILTERS[self.filter])
        import cv2
        flag = getattr(cv2, "INTER_" + self.filter.upper())
        return Image.fromarray(cv2.resize(np.asarray(picture), size, interpolation=flag))


class Outcome:
    """What became of a job: `result` and its `thumbnail`, with figures."""

    def __init__(self, job, folder):
        def read(name):
            with Image.open(os.path.join(folder, name)) as file:
                return file.convert("RGB")

        self.job = job
        self.cover, self.target, self.result = read(job.cover), read(job.target), read(job.name + ".png")
        self.thumbnail = job.scaled(self.result, self.target.size)
        self.thumbnail.save(os.path.join(folder, job.name + "-thumbnail.png"))
        self.exact = self.compare(self.thumbnail)
        self.untouched = 100 * (np.asarray(self.result) == np.asarray(self.cover)).all(axis=2).mean()
        square_error = (np.asarray(self.result).astype(float) - np.asarray(self.cover)) ** 2
        self.psnr = 10 * np.log10(255 ** 2 / max(square_error.mean(), 1e-9))
        with open(os.path.join(folder, job.name + ".json")) as file:
            self.report = json.load(file)
        if job.eye:
            self.seen, self.small = self.report["appearance"][:2]
            self.by_gimp = read(job.name + "-thumbnail-gimp.png")

    def compare(self, thumbnail):
        """Per cent of the pixels that are the target's in every byte."""
        return 100 * (np.asarray(thumbnail) == np.asarray(self.target)).all(axis=2).mean()

    def as_jpeg(self):
        """The result once it was saved as JPEG, and its thumbnail then."""
        file = io.BytesIO()
        self.result.save(file, "JPEG", quality=JPEG_QUALITY)
        picture = Image.open(file).convert("RGB")
        return picture, self.job.scaled(picture, self.target.size)

    def exact_after_jpeg(self):
        """Per cent of the thumbnail's pixels that are exact then."""
        return self.compare(self.as_jpeg()[1])


def exact_job(side, scaler):
    return Job(f"astronaut-{side}-cat-128-{scaler}", f"astronaut-{side}.png", "cat-128.png", scaler)


def eye_job(ending="", **settings):
    return Job("eye-astronaut-512-cat-128" + ending, "astronaut-512.png", "cat-128.png", "pillow-bicubic", eye=True,
               **settings)


NEAREST, LINEAR = exact_job(1024, "pillow-nearest"), exact_job(1024, "opencv-linear")
SHOWS_THROUGH = exact_job(512, "pillow-bicubic")
EYE, EYE_JPEG = eye_job(), eye_job("-jpeg", options=f"jpeg={JPEG_QUALITY}")
JOBS = [NEAREST, LINEAR, SHOWS_THROUGH] + [
    exact_job(512, "pillow-" + f) for f in FILTERS if f not in ("nearest", "bicubic")] + [
    Job("coffee-600x400-rocket-113x75-pillow-lanczos", "coffee-600x400.png", "rocket-113x75.png", "pillow-lanczos"),
    EYE, EYE_JPEG,
    Job("eye-coffee-600x400-rocket-113x75-any", "coffee-600x400.png", "rocket-113x75.png", "any", eye=True,
        measured_with="pillow-bicubic"),
]
