#!/usr/bin/python3
"""SciPy's dual annealing on the published test functions, from the same starts as ours.

Arguments: SEEDS MAX_EVALUATIONS TOLERANCE. One line a run: NAME SEED VALUE EVALUATIONS, where EVALUATIONS is the one
that first came within TOLERANCE of the known optimum (MAX_EVALUATIONS + 1 when none did).
"""
import math
import sys

import numpy
from scipy.optimize import dual_annealing

pi = math.pi
FUNCTIONS = {
    # name: dimension, bound(s), optimum, function
    "rastrigin": (5, -5.12, 5.12, 0.0, lambda x: 10 * len(x) + numpy.sum(x * x - 10 * numpy.cos(2 * pi * x))),
    "ackley": (5, -32.768, 32.768, 0.0,
               lambda x: 20 + math.e - 20 * numpy.exp(-0.2 * numpy.sqrt(numpy.mean(x * x)))
               - numpy.exp(numpy.mean(numpy.cos(2 * pi * x)))),
    "griewank": (2, -600, 600, 0.0,
                 lambda x: 1 + numpy.sum(x * x) / 4000
                 - numpy.prod(numpy.cos(x / numpy.sqrt(numpy.arange(1, len(x) + 1))))),
    "rosenbrock": (5, -30, 30, 0.0,
                   lambda x: numpy.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)),
    "schwefel": (5, -500, 500, 0.0,
                 lambda x: 418.9828872724339 * len(x) - numpy.sum(x * numpy.sin(numpy.sqrt(numpy.abs(x))))),
    "styblinski-tang": (5, -5, 5, -39.16616570377142 * 5, lambda x: 0.5 * numpy.sum(x ** 4 - 16 * x ** 2 + 5 * x)),
}


class Found(Exception):
    pass


def run(name, seed, most, tolerance):
    n, low, high, optimum, function = FUNCTIONS[name]
    start = [low + (high - low) * math.fmod(0.37 * (i + 1) + 0.61 * seed, 1.0) for i in range(n)]
    count, best = 0, math.inf

    def counted(x):
        nonlocal count, best
        count += 1
        best = min(best, float(function(x)))
        if best <= optimum + tolerance or count >= most:
            raise Found
        return function(x)

    try:
        dual_annealing(counted, [(low, high)] * n, maxiter=10 ** 6, maxfun=most, seed=seed, x0=numpy.array(start))
    except Found:
        pass
    print(name, seed, repr(best), count if best <= optimum + tolerance else most + 1)


for name in FUNCTIONS:
    for seed in range(1, int(sys.argv[1]) + 1):
        run(name, seed, int(sys.argv[2]), float(sys.argv[3]))
