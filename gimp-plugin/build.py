#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""build.py SOURCE BUILD: sets up and compiles the plug-in; shows how far it is, and the compiler's complaints."""
import os
import re
import subprocess
import sys


def lines_of(command, log):
    """The command's lines as they come; ends the program with all of them if it fails."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace") as process:
        seen = []
        for line in process.stdout:
            log.write(line)
            seen.append(line)
            yield line
    if process.returncode:
        print()
        sys.exit(f"{''.join(seen[-60:])}The build failed; all of it stands in {log.name}")


def main():
    source, build = sys.argv[1:3]
    os.makedirs(build, exist_ok=True)
    live = sys.stdout.isatty()
    with open(os.path.join(build, "build.log"), "w") as log:
        if not os.path.exists(os.path.join(build, "build.ninja")):
            for _ in lines_of(["meson", "setup", build, source, "-Dtests=false"], log):
                pass
        tenth = 0
        for line in lines_of(["ninja", "-C", build, "gimp-plugin/bifocal", "bifocal-gmo", "bifocal-help"], log):
            if step := re.match(r"\[(\d+)/(\d+)\]", line):
                done, all_steps = int(step[1]), int(step[2])
                if live:
                    print(f"\r  {done} of {all_steps} steps", end="", flush=True)
                elif done * 10 // all_steps > tenth:
                    tenth = done * 10 // all_steps
                    print(f"  {done} of {all_steps} steps", flush=True)
            elif re.search(r"\b(warning|error):", line):
                print(("\n" if live else "") + line, end="", flush=True)
        if live:
            print()


if __name__ == "__main__":
    main()
