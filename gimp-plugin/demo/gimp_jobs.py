# SPDX-License-Identifier: LGPL-3.0-or-later
"""Runs the demo's jobs in one real GIMP without a window, and says what it is doing."""
import os
import subprocess
import sys
import tempfile
import time

from jobs import Outcome


def quote(text):
    """A Script-Fu string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def script(job, folder):
    """Script-Fu that opens both pictures, calls the plug-in and exports the new layer. An empty file is written last:
    once it is there, all of the job's files are."""
    path = {key: quote(os.path.join(folder, file)) for key, file in (
        ("cover", job.cover), ("target", job.target), ("out", job.name + ".png"), ("report", job.name + ".json"),
        ("done", job.name + ".done"), ("gimp", job.name + "-thumbnail-gimp.png"))}
    by_gimp = f"""
  (let ((result (car (gimp-file-load RUN-NONINTERACTIVE {path["out"]} ""))))
    (gimp-context-set-interpolation INTERPOLATION-CUBIC)
    (gimp-image-scale result (car (gimp-image-width other)) (car (gimp-image-height other)))
    (file-png-save RUN-NONINTERACTIVE result (car (gimp-image-get-active-drawable result)) {path["gimp"]} ""
      0 6 0 0 0 0 0)
    (gimp-image-delete result))"""
    return f"""
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE {path["cover"]} "")))
       (other (car (gimp-file-load RUN-NONINTERACTIVE {path["target"]} "")))
       (answer (plug-in-bifocal RUN-NONINTERACTIVE image (car (gimp-image-get-active-drawable image))
                 (car (gimp-image-get-active-drawable other)) 0 0
                 {quote(job.scaler)} {int(job.eye)} 100 {quote(job.options)})))
  (file-png-save RUN-NONINTERACTIVE image (car answer) {path["out"]} "" 0 6 0 0 0 0 0)
  {by_gimp if job.eye else ""}
  (gimp-image-delete image)
  (gimp-image-delete other)
  (let ((port (open-output-file {path["report"]})))
    (display (cadr answer) port)
    (close-output-port port))
  (close-output-port (open-output-file {path["done"]})))
"""


def wait_for(path, process, log):
    """Until the file is there, or GIMP has ended without it."""
    while not os.path.exists(path):
        if process.poll() is not None and not os.path.exists(path):
            log.seek(0)
            print()
            sys.exit(f"GIMP did not make {os.path.basename(path).rsplit('.', 1)[0]}:\n{log.read()}")
        time.sleep(0.05)
    os.remove(path)


def run_gimp(jobs, folder):
    """Yields each job with its outcome as soon as GIMP has made it; before, one line that says which it is."""
    started = os.path.join(folder, "gimp.started")
    left = [started] + [os.path.join(folder, job.name + end) for job in jobs for end in (".png", ".json", ".done")]
    for path in filter(os.path.exists, left):  # nothing of an earlier run may pass for this one's
        os.remove(path)
    with tempfile.TemporaryDirectory() as own, tempfile.TemporaryFile("w+", errors="replace") as log:
        path = os.path.join(own, "demo.scm")
        with open(path, "w") as file:
            file.write(f"(close-output-port (open-output-file {quote(started)}))\n")
            file.write("".join(script(job, folder) for job in jobs) + "(gimp-quit TRUE)\n")
        print("Starting GIMP, without a window (the first start takes longest) ... ", end="", flush=True)
        command = ["gimp-console", "-i", "-d", "-f", "-s", "-b", f"(load {quote(path)})", "-b", "(gimp-quit TRUE)"]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_for(started, process, log)
            print("it runs.")
            for number, job in enumerate(jobs, 1):
                print(f"Picture {number} of {len(jobs)}: {job.words()} ... ", end="", flush=True)
                wait_for(os.path.join(folder, job.name + ".done"), process, log)
                yield job, Outcome(job, folder)
            process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
