"""Programs that are started once for many jobs. Each class: `version`, and `resize_all` from (filter, pixels, height,
width) jobs to arrays; pixels are height x width x channels bytes, 1 or 3 channels."""
import os
import re
import subprocess
import tempfile

import numpy
import PIL.Image

PIL.Image.MAX_IMAGE_PIXELS = None


def run(command, **settings):
    done = subprocess.run(command, capture_output=True, timeout=600, **settings)
    if done.returncode != 0:
        raise RuntimeError("%s: %s" % (command[0], done.stderr.decode()[-400:]))
    return done.stdout.decode()


def save(pixels, path):
    PIL.Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels).save(path, compress_level=1)


def load(path, channels):
    return numpy.asarray(PIL.Image.open(path).convert("L" if channels == 1 else "RGB"))


def shelves(sizes, limit=4000):
    """Where rectangles (width, height) go in one picture: their corners, and the picture's size."""
    corners, x, y, high, wide = [], 0, 0, 0, 0
    for width, height in sizes:
        if x and x + width > limit:
            x, y, high = 0, y + high, 0
        corners.append((x, y))
        x, high, wide = x + width, max(high, height), max(wide, x + width)
    return corners, wide, y + high


class gimp:
    """All images of one mode go to GIMP in one picture and come back in one, for loading and saving are slow."""

    # Only what is needed to load and save: GIMP asks every plug-in that it finds what it can do.
    PLUG_INS = "/usr/lib/gimp/2.0/plug-ins/file-png:/usr/lib/gimp/2.0/plug-ins/script-fu"

    def __init__(self):
        text = run(["gimp-console-2.10", "--version"])
        self.version = re.search(r"version (\S+)", text)[1]

    def resize_all(self, jobs):
        results = [None] * len(jobs)
        for channels in {job[1].shape[2] for job in jobs}:
            chosen = [i for i, job in enumerate(jobs) if job[1].shape[2] == channels]
            for i, out in zip(chosen, self.one_mode([jobs[i] for i in chosen], channels)):
                results[i] = out
        return results

    def one_mode(self, jobs, channels):
        mode = "GRAY" if channels == 1 else "RGB"
        sources = {id(job[1]): job[1] for job in jobs}
        places, wide, high = shelves([p.shape[1::-1] for p in sources.values()])
        place = dict(zip(sources, places))
        atlas = numpy.zeros((high, wide, channels), "u1")
        for key, pixels in sources.items():
            x, y = place[key]
            atlas[y : y + pixels.shape[0], x : x + pixels.shape[1]] = pixels
        corners, out_wide, out_high = shelves([(job[3], job[2]) for job in jobs])
        with tempfile.TemporaryDirectory() as folder:
            source, target = folder + "/in.png", folder + "/out.png"
            save(atlas, source)
            script = ['(define a (car (gimp-file-load RUN-NONINTERACTIVE "%s" "in")))' % source,
                      "(gimp-image-undo-disable a)",
                      "(define canvas (car (gimp-image-new %d %d %s)))" % (out_wide, out_high, mode),
                      "(gimp-image-undo-disable canvas)"]
            for (name, pixels, height, width), (x, y) in zip(jobs, corners):
                script.append(
                    "(let* ((i (car (gimp-image-duplicate a))) (l 0)) (gimp-image-undo-disable i) (gimp-image-crop i %d %d %d %d)"
                    " (gimp-context-set-interpolation INTERPOLATION-%s) (gimp-image-scale i %d %d)"
                    " (set! l (car (gimp-layer-new-from-drawable (car (gimp-image-get-active-drawable i)) canvas)))"
                    " (gimp-image-insert-layer canvas l 0 -1) (gimp-layer-set-offsets l %d %d) (gimp-image-delete i))"
                    % (pixels.shape[1], pixels.shape[0], *place[id(pixels)], name.upper(), width, height, x, y))
            script.append("(file-png-save RUN-NONINTERACTIVE canvas (car (gimp-image-flatten canvas))"
                          ' "%s" "out" 0 1 0 0 0 0 0)' % target)
            run(["gimp-console-2.10", "-i", "-d", "-f", "-n", "-s", "-b", "-"],
                input=("\n".join(script) + "\n(gimp-quit 0)\n").encode(),
                env=dict(os.environ, GIMP2_DIRECTORY=folder + "/profile", GIMP_TESTING_PLUGINDIRS=self.PLUG_INS))
            canvas = load(target, channels)
        return [canvas[y : y + job[2], x : x + job[3]] for job, (x, y) in zip(jobs, corners)]
