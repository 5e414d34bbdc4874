#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""Finds texts that would escape translation: string literals of the engine and the plug-in that read as words for a person and
stand in none of _(), N_() and plural(). Prints them and fails."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
#: Two words, a word with a capital or a mnemonic and no other sign of a name, or a sentence's end.
WORDS = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z']{2,}|^_?[A-Z]_?[a-z]+_?[a-z]+[.:…]*$|[a-z]\.$")
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
TOKENS = re.compile(r'//[^\n]*|/\*.*?\*/|(?<!\w)\'(?:[^\'\\]|\\.)+\'|"(?:[^"\\\n]|\\.)*"|[()]|\w+|[^\s]', re.S)
MARKS = {"_", "N_", "plural"}

#: Functions whose arguments no person reads, or that GIMP shows in English to those who write scripts.
NOT_READ = {
    "text": "documentation of arguments in GIMP's procedure browser, for scripts",
    "static_assert": "for who compiles",
    "extern": "the language of a declaration",
    "asm": "assembler",
}
#: Literals that look like words and are none, or that must be the same in every language. FILE, a pattern of the literal, why.
ALLOWED = [
    *((f"engine/scaling/{name}.cpp", r".*", "names of programs, of their functions and of filters, as their users write them")
      for name in ("chromium", "families", "gimp", "opencv", "picking", "pillow")),
    ("engine/scaling/", r"Bifocal|Custom: |as (the examples|learnt)|float, one rounding", "names, as of a program"),
    ("engine/scaling/custom.cpp", r"[a-z]+(, [a-z]+)+", "what is typed"),
    ("engine/include/bifocal/learn.hpp", r"Learnt", "a name, as of a program"),
    ("engine/request/thumbnail_size.cpp", r"Pillow|OpenCV", "names of libraries"),
    ("engine/request/presets.cpp", r"thumbnail, works-everywhere, .*", "what is typed"),
    ("engine/view/view.cpp", r"full size", "a view's name, which is in the JSON"),
    ("engine/report/appearance.cpp", r"eye, sigma | pixels|, after JPEG ", "a row's name, which is in the JSON"),
    ("engine/request/trade_off.cpp", r"root mean square difference in levels", "a unit, which is in the JSON"),
        *((f"gimp-plugin/{name}_procedure.cpp", r"(Changes|Makes|Opens) .*", "a procedure's help, which GIMP shows as it is")
      for name in ("bifocal", "help", "reveal", "views")),
    ("gimp-plugin/settings.hpp", r", fit, result", "what is typed"),
    ("gimp-plugin/contact_sheet.cpp", r"Sans Bold 11", "a font"),
    ("gimp-plugin/dialogs/trade_off_plot.cpp", r"<span foreground=.*", "markup"),
    ("gimp-plugin/procedures.cpp", r"The Bifocal authors.*|_Bifocal", "names"),
    ("gimp-plugin/", r"Bifocal", "the name of the plug-in"),
]


def escaping(source):
    """(line, literal) of what is not marked."""
    calls, last, found = [], "", []
    run = None  # a literal in several pieces
    for match in TOKENS.finditer(source):
        token = match[0]
        if token.startswith(("//", "/*")):
            continue
        if token.startswith('"'):
            piece = token[1:-1]
            run = (run[0], run[1] + piece) if run else (source.count("\n", 0, match.start()) + 1, piece)
            continue
        if run:
            if not any(call in MARKS or call in NOT_READ for call in calls) and WORDS.search(run[1]):
                found.append(run)
            run = None
        if token == "(":
            calls.append(last)
        elif token == ")" and calls:
            calls.pop()
        last = token
    return found


def main():
    wrong = 0
    used = set()
    for path in sorted([*ROOT.glob("engine/**/*.[ch]pp"), *ROOT.glob("gimp-plugin/**/*.[ch]pp")]):
        name = str(path.relative_to(ROOT))
        source = re.sub(r"^\s*#.*$", "", path.read_text(), flags=re.M)
        
        for line, literal in escaping(source):
            rule = next((i for i, (place, pattern, _) in enumerate(ALLOWED)
                         if name.startswith(place) and re.fullmatch(pattern, literal)), None)
            if rule is None:
                print(f"{name}:{line}: {literal}")
                wrong += 1
            else:
                used.add(rule)
    for i, (place, pattern, _) in enumerate(ALLOWED):
        if i not in used:
            print(f"nothing needs what is allowed for {place}: {pattern}")
            wrong += 1
    print("all texts are marked" if not wrong else f"{wrong} wrong")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
