#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""summary.py LOG...: counts the single tests in these logs of Meson; the last line is "N passed, M failed"."""
import json
import os
import re
import sys


def count(entry):
    """(passed, failed) of one Meson test, from what Catch2 or unittest printed, else the test as one."""
    text = entry.get("stdout", "") + entry.get("stderr", "")
    good = entry["result"] in ("OK", "EXPECTEDFAIL")
    passed = failed = 0
    if all_passed := re.search(r"All tests passed \(.* in (\d+) test cases?\)", text):
        passed = int(all_passed.group(1))
    elif cases := re.search(r"test cases: *(\d+) \|(?: *(\d+) passed \|)? *(\d+) failed", text):
        passed, failed = int(cases.group(2) or 0), int(cases.group(3))
    elif ran := re.search(r"Ran (\d+) tests? in", text):
        failed = sum(map(int, re.findall(r"(?:failures|errors|skipped)=(\d+)", text)))
        passed = int(ran.group(1)) - failed
    elif good:
        passed = 1
    # A crash or a timeout leaves no summary of its own, but is a failure.
    return passed, failed if good else max(failed, 1)


def main():
    passed = failed = 0
    notes = []  # rows of the scaler table against versions that they don't name: printed, not counted
    for name in sys.argv[1:]:
        build = os.path.basename(os.path.dirname(os.path.dirname(os.path.abspath(name))))
        with open(name) as log:
            for line in log:
                entry = json.loads(line)
                p, f = count(entry)
                print(f"{build}: {entry['name']}: {p} passed, {f} failed ({entry['result']})")
                passed, failed = passed + p, failed + f
                notes += re.findall(r"^Another version: .*", entry.get("stdout", ""), re.MULTILINE)
    print(*notes, sep="\n", end="\n" if notes else "")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


if __name__ == "__main__":
    main()
