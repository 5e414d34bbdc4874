#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""pages.py SOURCE PAGES [DEPFILE]: makes the folder PAGES as it is installed, from the folder SOURCE that has a folder for each
language: puts each page into the frame that all have, copies the pictures, and writes gimp-help.xml, from which GIMP goes to a
procedure's page and a control's heading. DEPFILE: what was read, for ninja.

A page's own part begins with <h1>. A page of English gives the procedure of its name its help, and each heading with an id
the control of this name. A translation's first line notes of which English text it is one: see `stamp`."""
import hashlib
import html
import html.parser
import os
import pathlib
import shutil
import sys
from xml.sax.saxutils import quoteattr

#: In the order of the links at the top.
PAGES = ["bifocal-help", "bifocal", "bifocal-views", "bifocal-reveal", "questions"]
LICENCE = "<!-- SPDX-License-Identifier: LGPL-3.0-or-later -->"
FRAME = """<!DOCTYPE html>
{licence}
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<link rel="stylesheet" href="../style.css">
</head>
<body>
<nav>{links}</nav>
{text}{foot}</body>
</html>
"""


class Headings(html.parser.HTMLParser):
    """{id: words} of a page; that of <h1>, which has none, is ""."""

    def __init__(self, text):
        super().__init__()
        self.words, self.place = {}, None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        place = dict(attrs).get("id", "" if tag == "h1" else None)
        if tag in ("h1", "h2", "h3") and place is not None:
            self.place = place
            self.words[place] = ""

    def handle_endtag(self, tag):
        if tag in ("h1", "h2", "h3"):
            self.place = None

    def handle_data(self, data):
        if self.place is not None:
            self.words[self.place] += data


def stamp(english):
    """The first line of a translation of this page, a path."""
    return f"<!-- of English {hashlib.sha256(english.read_bytes()).hexdigest()[:12]} -->"


def help_items(page, headings):
    """A page's lines of gimp-help.xml."""
    procedure, file = "plug-in-" + page, page + ".html"
    yield f'  <help-item id="{procedure}" ref="{file}" title={quoteattr(headings[""])}/>\n'
    for place, words in headings.items():
        if place:
            yield (f'  <help-item id="{procedure}/{place}" ref="{file}#{place}" title={quoteattr(words)}'
                   f' parent="{procedure}"/>\n')


def make_language(source, target):
    """Both the language's folders."""
    target.mkdir()
    texts = {page: (source / (page + ".html")).read_text(encoding="utf-8") for page in PAGES}
    texts = {page: text[text.index("<h1"):] for page, text in texts.items()}
    headings = {page: Headings(text).words for page, text in texts.items()}
    links = "\n".join(f'<a href="{page}.html">{html.escape(words[""])}</a>' for page, words in headings.items())
    foot = source / "foot.html"
    foot = foot.read_text(encoding="utf-8") if foot.exists() else ""
    for page, text in texts.items():
        framed = FRAME.format(licence=LICENCE, language=source.name, title=html.escape(headings[page][""]), links=links,
                              text=text, foot=foot)
        (target / (page + ".html")).write_text(framed, encoding="utf-8")
    items = "".join(line for page in PAGES if page != "questions" for line in help_items(page, headings[page]))
    (target / "gimp-help.xml").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{LICENCE}\n<gimp-help>\n{items}</gimp-help>\n', encoding="utf-8")
    for picture in source.glob("*.png"):
        shutil.copyfile(picture, target / picture.name)


def languages(source):
    return sorted(path.parent for path in source.glob("*/bifocal-help.html"))


def main():
    source, target = map(pathlib.Path, sys.argv[1:3])
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    shutil.copyfile(source / "style.css", target / "style.css")
    for language in languages(source):
        make_language(language, target / language.name)
    if len(sys.argv) > 3:
        read = [source, *(path for path in source.rglob("*") if "__pycache__" not in path.parts)]
        names = " ".join(str(path).replace(" ", "\\ ") for path in read)
        pathlib.Path(sys.argv[3]).write_text(f"{os.path.relpath(target)}: {names}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
