#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The template has the texts of the source, and every language of LINGUAS has a translation of each, in its form."""
import pathlib
import re
import subprocess
import tempfile
import unittest

PO = pathlib.Path(__file__).resolve().parents[1] / "gimp-plugin" / "po"
UPDATE = "bring it up to date with gimp-plugin/po/update.sh"


def run(*command):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})


def languages():
    return [line for line in (PO / "LINGUAS").read_text().split("\n") if line and not line.startswith("#")]


def messages(po):
    """{(msgid, msgid_plural): [msgstr, ...]}, without the header; all in the form of the file."""
    found = {}
    for block in po.read_text().split("\n\n"):
        fields = {}
        key = None
        for line in block.splitlines():
            if line.startswith("#"):
                continue
            if match := re.match(r'(msg\w+(?:\[\d\])?) "(.*)"$', line):
                key, text = match.groups()
                fields[key] = text
            elif key and (match := re.match(r'"(.*)"$', line)):
                fields[key] += match[1]
        if fields.get("msgid"):
            found[fields["msgid"], fields.get("msgid_plural")] = [v for k, v in fields.items() if k.startswith("msgstr")]
    return found


class Translations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory(prefix="bifocal-po-") as folder:
            template = pathlib.Path(folder) / "bifocal.pot"
            done = run(PO / "update.sh", template)
            assert done.returncode == 0, done.stderr
            cls.complaints = done.stderr
            cls.extracted = template.read_text()
            cls.texts = set(messages(template))

    def test_the_texts_can_be_extracted_without_complaints(self):
        self.assertEqual(self.complaints, "")
        self.assertGreater(len(self.texts), 300)

    def test_a_per_cent_sign_is_no_placeholder(self):
        """xgettext takes that of "100 % zoom" for one unless // xgettext:no-c-format stands right before the text."""
        for block in self.extracted.split("\n\n"):
            if re.search(r"^#,.*[, ]c-format", block, re.M):
                text = re.sub(r'"\n"', "", block[block.index("msgid"):])
                self.assertNotRegex(text.replace("%%", ""), r"% ")

    def test_the_template_is_up_to_date(self):
        self.assertEqual((PO / "bifocal.pot").read_text(), self.extracted, UPDATE)

    def test_every_language_is_complete_and_correct(self):
        for language in languages():
            with self.subTest(language=language):
                po = PO / f"{language}.po"
                checked = run("msgfmt", "--check", "--statistics", "-o", "/dev/null", po)
                self.assertEqual(checked.returncode, 0, checked.stderr)
                self.assertNotRegex(checked.stderr, "fuzzy|untranslated|warning")
                self.assertEqual(set(messages(po)), self.texts, UPDATE)

    def test_what_is_typed_or_seen_as_markup_survives_translation(self):
        """Mnemonics, ends of lines and names of options."""
        for language in languages():
            for (text, _), translations in messages(PO / f"{language}.po").items():
                for translation in translations:
                    with self.subTest(language=language, text=text):
                        self.assertEqual(*(bool(re.search(r"_\w", words)) for words in (translation, text)))
                        for option in re.findall(r"\b[a-z-]+=[a-z0-9]+", text):
                            self.assertIn(option, translation)


if __name__ == "__main__":
    unittest.main(verbosity=2)
