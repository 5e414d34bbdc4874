"""Programs that are started once for many jobs. Each class: `version`, and `resize_all` from (filter, pixels, height,
width) jobs to arrays; pixels are height x width x channels bytes: grey, grey and alpha, RGB or RGBA."""
import io
import os
import re
import subprocess
import tempfile

import numpy
import PIL.Image

from peer_libraries import PLAIN, as_picture

PIL.Image.MAX_IMAGE_PIXELS = None


def run(command, **settings):
    done = subprocess.run(command, capture_output=True, timeout=600, **settings)
    if done.returncode != 0:
        raise RuntimeError("%s: %s" % (command[0], done.stderr.decode()[-400:]))
    return done.stdout.decode()


def save(pixels, path):
    as_picture(pixels, PIL.Image.fromarray).save(path, compress_level=1)


def load(path, channels):
    """The file's own bytes, whether its kind was kept or widened to colour or alpha."""
    return numpy.asarray(PIL.Image.open(path).convert("RGBA"))[..., PLAIN[channels]]


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
        mode = "GRAY" if channels < 3 else "RGB"
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
            end = "gimp-image-merge-visible-layers canvas CLIP-TO-IMAGE" if channels in (2, 4) else "gimp-image-flatten canvas"
            script.append('(file-png-save RUN-NONINTERACTIVE canvas (car (%s)) "%s" "out" 0 1 0 0 0 0 0)' % (end, target))
            run(["gimp-console-2.10", "-i", "-d", "-f", "-n", "-s", "-b", "-"],
                input=("\n".join(script) + "\n(gimp-quit 0)\n").encode(),
                env=dict(os.environ, GIMP2_DIRECTORY=folder + "/profile", GIMP_TESTING_PLUGINDIRS=self.PLUG_INS))
            canvas = load(target, channels)
        return [canvas[y : y + job[2], x : x + job[3]] for job, (x, y) in zip(jobs, corners)]


class Tool:
    """One input file for each picture, one call for each job. The file is of the picture's kind: grey, colour, with alpha."""

    def resize_all(self, jobs):
        results, written = [], None
        with tempfile.TemporaryDirectory() as folder:
            source, target = folder + "/in.png", folder + "/out.png"
            for name, pixels, height, width in jobs:
                if written is not pixels:
                    save(pixels, source)
                    written = pixels
                run(self.command(name, source, target, pixels.shape[1::-1], width, height))
                results.append(load(target, pixels.shape[2]))
                os.unlink(target)
        return results


class imagemagick:
    """One call for each picture and all that is wanted of it."""

    FILTERS = ("box", "triangle", "catrom", "mitchell")

    def __init__(self):
        self.version = re.search(r"ImageMagick (\S+)", run(["convert", "-version"]))[1]

    def resize_all(self, jobs):
        results, pictures = [None] * len(jobs), {}
        for i, job in enumerate(jobs):
            pictures.setdefault(id(job[1]), []).append(i)
        with tempfile.TemporaryDirectory() as folder:
            for wanted in pictures.values():
                save(jobs[wanted[0]][1], folder + "/in.png")
                command = ["convert", folder + "/in.png", "-depth", "8", "-define", "png:compression-level=1"]
                for i in wanted:
                    name, _, height, width = jobs[i]
                    how = ["-filter", name, "-resize"] if name in self.FILTERS else ["-" + name]
                    command += ["(", "+clone", *how, "%dx%d!" % (width, height), "-write", "png:%s/%d.png" % (folder, i),
                                "+delete", ")"]
                run(command + ["null:"], env=dict(os.environ, MAGICK_THREAD_LIMIT="1"))
                for i in wanted:
                    results[i] = load("%s/%d.png" % (folder, i), jobs[i][1].shape[2])
                    os.unlink("%s/%d.png" % (folder, i))
        return results


class graphicsmagick(Tool):
    def __init__(self):
        self.version = re.search(r"GraphicsMagick (\S+)", run(["gm", "version"]))[1]

    def command(self, name, source, target, size, width, height):
        return ["gm", "convert", source, "-" + name, "%dx%d!" % (width, height), "+profile", "*", target]


class libvips(Tool):
    def __init__(self):
        self.version = re.search(r"vips-(\S+)", run(["vips", "--version"]))[1]

    def command(self, name, source, target, size, width, height):
        if name == "thumbnail":
            return ["vipsthumbnail", source, "--size", "%dx%d!" % (width, height), "-o", target]
        if name == "thumbnail-linear":
            return ["vipsthumbnail", source, "--linear", "--size", "%dx%d!" % (width, height), "-o", target]
        if name == "shrink":
            return ["vips", "shrink", source, target, repr(size[0] / width), repr(size[1] / height)]
        return ["vips", "resize", source, target, repr(width / size[0]), "--vscale", repr(height / size[1]),
                "--kernel", name]


class swscale(Tool):
    def __init__(self):
        self.version = re.search(r"libswscale\s+([\d.]+\. *\d+)", run(["ffmpeg", "-version"]))[1].replace(" ", "")

    def command(self, name, source, target, size, width, height):
        # Without these flags swscale halves the colour planes first.
        flags = name + "+accurate_rnd+full_chroma_int+full_chroma_inp"
        return ["ffmpeg", "-v", "error", "-nostdin", "-y", "-threads", "1", "-i", source, "-vf",
                "scale=%d:%d:flags=%s" % (width, height, flags), "-frames:v", "1", target]


class gd:
    """One PHP process for all jobs: PNG files in, raw RGBA out."""

    SCRIPT = r"""<?php
    $in = fopen('php://stdin', 'rb'); $out = fopen('php://stdout', 'wb');
    while (($line = fgets($in)) !== false) {
      [$name, $bytes, $nw, $nh] = explode(' ', trim($line));
      $data = ''; while (strlen($data) < $bytes) $data .= fread($in, $bytes - strlen($data));
      $a = imagecreatefromstring($data);
      $w = imagesx($a); $h = imagesy($a);
      if ($name == 'copyresampled' || $name == 'copyresized') {
        $b = imagecreatetruecolor($nw, $nh);
        imagealphablending($b, false);
        $f = 'image' . $name; $f($b, $a, 0, 0, 0, 0, $nw, $nh, $w, $h);
      } else $b = imagescale($a, $nw, $nh, constant('IMG_' . strtoupper($name)));
      $row = '';
      for ($y = 0; $y < $nh; $y++) for ($x = 0; $x < $nw; $x++) {
        $c = imagecolorat($b, $x, $y); $t = ($c >> 24) & 127;
        $row .= chr(($c >> 16) & 255) . chr(($c >> 8) & 255) . chr($c & 255) . chr(255 - (($t << 1) | ($t >> 6)));
      }
      fwrite($out, $row); fflush($out);
    }"""

    def __init__(self):
        self.version = run(["php", "-r", "echo gd_info()['GD Version'];"])

    def resize_all(self, jobs):
        with tempfile.TemporaryDirectory() as folder:
            with open(folder + "/scale.php", "w") as script:
                script.write(self.SCRIPT)
            request = b""
            for name, pixels, height, width in jobs:
                file = io.BytesIO()
                as_picture(pixels, PIL.Image.fromarray).save(file, "PNG", compress_level=1)
                request += b"%s %d %d %d\n" % (name.encode(), len(file.getvalue()), width, height) + file.getvalue()
            done = subprocess.run(["php", "-d", "memory_limit=2G", folder + "/scale.php"], input=request,
                                  capture_output=True, timeout=600)
        if done.returncode != 0:
            raise RuntimeError("php: " + done.stderr.decode()[-400:])
        results, at = [], 0
        for _, pixels, height, width in jobs:
            size = 4 * height * width
            out = numpy.frombuffer(done.stdout, "u1", size, at).reshape(height, width, 4)
            results.append(out[..., PLAIN[pixels.shape[2]]])
            at += size
        return results
