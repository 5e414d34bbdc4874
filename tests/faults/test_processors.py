#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""test_processors.py PROGRAM: the engine's results are the same on other processors (by qemu-user), byte for byte."""
import shutil
import subprocess
import sys
import unittest

#: Processors with AVX2 and FMA, and one without.
FUSED, PLAIN = ["Haswell", "EPYC"], ["Nehalem"]
#: The dual's sweeps use fused multiply-adds where the processor has them, and round differently without (see solve.hpp); it
#: solves these, and repairs them.
DUAL = {"run: pixel by pixel", "run: a selection, alpha, fitted inside", "run: distances", "run: out of reach", "run: brought into reach",
        "run: to the eye", "run: to the eye, a selection", "solve: dual"}
program = sys.argv.pop()


def fingerprints(*command):
    lines = subprocess.run([*command, program], check=True, capture_output=True, text=True).stdout.splitlines()
    return dict(line.split(" ", 1)[::-1] for line in lines)


class Processors(unittest.TestCase):
    def test_same_results(self):
        self.assertTrue(shutil.which("qemu-x86_64"), "this test needs the package qemu-user")
        here = fingerprints()
        self.assertGreater(len(here), 40)
        for processor in FUSED + PLAIN:
            there = fingerprints("qemu-x86_64", "-cpu", processor)
            self.assertEqual(here.keys(), there.keys())
            other = [name for name in here if here[name] != there[name]]
            print(f"{processor}: {len(here) - len(other)} of {len(here)} results are the same")
            with self.subTest(processor):
                self.assertEqual([name for name in other if processor in FUSED or name not in DUAL], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
