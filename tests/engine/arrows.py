#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""arrows.py [ENGINE]: which room of the engine includes which other one. Data flows one way through the house (HACKING.md), and an
include that is not on this list fails. So does a name in HACKING.md's table of features that is no file or folder of the source."""
import pathlib
import re
import sys

#: Rooms that all may enter, and that enter none but each other.
GROUND = {"error", "hot", "image", "progress", "words"}
#: What each room may include besides the ground.
ARROWS = {
    "error": {"words"},  # its messages
    "words": {"error"},
    "hot": set(),
    "image": {"error", "hot", "progress", "words"},
    "progress": set(),
    "matrix": set(),
    "light": {"matrix"},  # the eye's blur is a banded matrix like any other
    "scaling": {"light", "matrix"},
    "view": {"light", "matrix"},
    "tone": {"light", "matrix"},
    "bytes": {"scaling"},
    "report": {"light", "matrix"},
    "solver": {"bytes", "light", "matrix", "report", "scaling", "tone", "view"},  # light: its pictures are what an eye sees
    "request": {"light", "matrix", "report", "scaling", "solver", "tone"},
    "reveal": {"light", "matrix", "scaling", "solver"},
}


def wrong_arrows(engine):
    wrong, seen = [], set()
    for path in sorted(engine.rglob("*.[ch]pp")):
        room = path.relative_to(engine).parts[0]
        for line, text in enumerate(path.read_text().splitlines(), 1):
            included = re.match(r'#include "(\w+)/', text)
            if room == "include":
                if re.match(r'#include ("|<(?!bifocal/)\w+/)', text):
                    wrong.append(f"{path}:{line}: a public header includes what is not installed: {text}")
            elif included and included[1] != room:
                seen.add((room, included[1]))
                allowed = ARROWS.get(room, set()) | (set() if room in GROUND else GROUND)
                if included[1] not in allowed:
                    wrong.append(f"{path}:{line}: an arrow from {room} to {included[1]}, which is not on the list")
    unused = {(a, b) for a, all_b in ARROWS.items() for b in all_b} - seen
    wrong += [f"the list allows an arrow from {a} to {b} that nothing needs" for a, b in sorted(unused)]
    return wrong


def missing_names(root):
    table = (root / "HACKING.md").read_text().split("## Where the README's features stand")[1]
    paths = ["/" + str(path.relative_to(root)) for top in ("engine", "gimp-plugin", "tests") for path in (root / top).rglob("*")]
    missing = []
    for name in re.findall(r"`([\w/*.-]+(?:\.cpp|\.hpp|\.py|\.sh|/))`", table):
        pattern = "/" + re.escape(name.rstrip("/")).replace(r"\*", "[^/]*") + "$"
        if not any(re.search(pattern, path) for path in paths):
            missing.append(f"HACKING.md: there is no {name}")
    return missing


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "engine"
    wrong = wrong_arrows(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else default)
    wrong += missing_names(default.parent)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print("all arrows are on the list" if not wrong else f"{len(wrong)} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
