#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""pick.py FUZZER FOLDER... TO: of all inputs in the folders the dozen that together do most in the code, as TO/01 and so on.
Made by hand are those whose names do not begin with a digit; they stay."""
import glob
import os
import re
import subprocess
import sys
import tempfile

MOST = 14


def behaviour(fuzzer, folders):
    """{file: what it does in the code, as the features that libFuzzer's merge notes}."""
    with tempfile.TemporaryDirectory() as folder:
        control, none = os.path.join(folder, "control"), os.path.join(folder, "none")
        os.mkdir(none)
        subprocess.run([fuzzer, "-set_cover_merge=1", f"-merge_control_file={control}", none, *folders],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False, env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"})
        with open(control) as file:
            lines = file.read().splitlines()
    count = int(lines[0])
    done = {}
    for line in lines[2 + count:]:
        if note := re.match(r"FT (\d+) ?(.*)", line):
            done[lines[2 + int(note.group(1))]] = set(map(int, note.group(2).split()))
    return done


def main():
    fuzzer, *folders, to = sys.argv[1:]
    os.makedirs(to, exist_ok=True)
    done = behaviour(fuzzer, [*folders, to])
    known = set()
    for name, at in done.items():
        if os.path.samefile(os.path.dirname(name), to) and not os.path.basename(name)[0].isdigit():
            known |= at
    picked = []
    while len(picked) < MOST and done:
        best = max(done, key=lambda name: (len(done[name] - known), -os.path.getsize(name)))
        if not done[best] - known:
            break
        known |= done.pop(best)
        with open(best, "rb") as file:
            picked.append(file.read())
    for old in glob.glob(os.path.join(to, "[0-9]*")):
        os.remove(old)
    for number, content in enumerate(picked, 1):
        with open(os.path.join(to, f"{number:02}"), "wb") as file:
            file.write(content)
    print(f"{os.path.basename(fuzzer)}: {len(picked)} inputs do {len(known)} of {len(known.union(*done.values()))} things")


if __name__ == "__main__":
    main()
