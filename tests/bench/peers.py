#!/usr/bin/python3
"""Other ways to such an image, on the same pictures as ours, in one run.

Started by bench_peers.cpp, which hands over grey pictures.

Line protocol on standard input: "SIDE SMALL SECONDS\\n", then the cover's and the target's bytes (grey). Prints one line a
peer: NAME SECONDS EXACT_SHARE WORST_ERROR OBJECTIVE, with the objective ||x - cover|| + ||resize(x) - target||.

annealing  SciPy's dual_annealing on that objective (the 2020 note's script), stopped after SECONDS.
columns    Quiring et al., "Adversarial Preprocessing" (USENIX Security 2020), section 4: the scaling as two matrices,
           first every column, then every row as a quadratic program that changes least while the scaled line stays within
           eps = 1 of the wanted one, all levels in 0..255. Written from the paper, solved with CVXOPT.
"""
import sys
import time

import cvxopt
import numpy
import PIL.Image
import scipy.optimize

cvxopt.solvers.options["show_progress"] = False
EPSILON = 1.0


def resize(image, small):
    whole = numpy.clip(numpy.rint(image), 0, 255).astype("u1")
    return numpy.asarray(PIL.Image.fromarray(whole).resize((small, small), PIL.Image.BICUBIC)).astype(float)


def objective(image, cover, target):
    return numpy.linalg.norm(image - cover) + numpy.linalg.norm(resize(image, target.shape[0]) - target)


def say(name, seconds, image, cover, target):
    error = numpy.abs(resize(image, target.shape[0]) - target)
    print(name, f"{seconds:.6f}", f"{(error == 0).mean():.6f}", f"{error.max():.0f}", f"{objective(image, cover, target):.1f}", flush=True)


def annealing(cover, target, seconds):
    start = time.perf_counter()
    best = [numpy.inf, cover]

    def value(x):
        image = x.reshape(cover.shape)
        v = objective(image, cover, target)
        if v < best[0]:
            best[:] = [v, image.copy()]
        if time.perf_counter() - start > seconds:
            raise TimeoutError
        return v

    try:
        scipy.optimize.dual_annealing(value, [(0, 255)] * cover.size, seed=1, no_local_search=True)
    except TimeoutError:
        pass
    return best[1]


def scaling_matrix(side, small):
    """Pillow's bicubic as a matrix (small x side), from its answers to single bright columns."""
    unit = numpy.zeros((1, side), "f4")
    columns = []
    for i in range(side):
        unit[:] = 0
        unit[0, i] = 1
        columns.append(numpy.asarray(PIL.Image.fromarray(unit, "F").resize((small, 1), PIL.Image.BICUBIC))[0])
    return numpy.array(columns, float).T


def least_change(line, matrix, wanted):
    n = line.size
    scaled = matrix @ line
    one = numpy.eye(n)
    g = numpy.vstack([matrix, -matrix, one, -one])
    h = numpy.concatenate([wanted + EPSILON - scaled, scaled - wanted + EPSILON, 255 - line, line])
    answer = cvxopt.solvers.qp(cvxopt.matrix(one), cvxopt.matrix(numpy.zeros(n)), cvxopt.matrix(g), cvxopt.matrix(h))
    return line + numpy.array(answer["x"]).ravel()


def columns(cover, target):
    matrix = scaling_matrix(cover.shape[0], target.shape[0])
    narrow = cover @ matrix.T
    narrow = numpy.stack([least_change(narrow[:, k], matrix, target[:, k]) for k in range(target.shape[1])], 1)
    return numpy.stack([least_change(cover[y], matrix, narrow[y]) for y in range(cover.shape[0])])


def main():
    side, small, seconds = sys.stdin.buffer.readline().split()
    side, small = int(side), int(small)
    read = lambda n: numpy.frombuffer(sys.stdin.buffer.read(n * n), "u1").reshape(n, n).astype(float)
    cover, target = read(side), read(small)
    say("untouched", 0, cover, cover, target)
    for name, run in (("annealing", lambda: annealing(cover, target, float(seconds))), ("columns", lambda: columns(cover, target))):
        start = time.perf_counter()
        image = run()
        say(name, time.perf_counter() - start, image, cover, target)


main()
