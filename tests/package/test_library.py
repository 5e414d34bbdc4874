#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The library as it is installed: its names, its headers, pkg-config, how it is hardened, and the README's example."""
import os
import re
import subprocess
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ["BIFOCAL_BUILD"]
HEADERS = os.path.join(ROOT, "engine", "include", "bifocal")
# Meson points it at the build's own library; here the installed one must be found without help.
os.environ.pop("LD_LIBRARY_PATH", None)


def run(*command, **kwargs):
    done = subprocess.run(command, capture_output=True, text=True, **kwargs)
    if done.returncode:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def rooms():
    return [name for name in os.listdir(os.path.join(ROOT, "engine")) if name != "include"
            and os.path.isdir(os.path.join(ROOT, "engine", name))]


class Library(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        holder = tempfile.TemporaryDirectory(prefix="bifocal-package-")
        cls.addClassCleanup(holder.cleanup)
        cls.folder = holder.name
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", cls.folder)
        cls.files = [os.path.join(folder, name) for folder, _, names in os.walk(cls.folder) for name in names]
        cls.library = next(file for file in cls.files if file.endswith("libbifocal.so.0"))
        config = next(file for file in cls.files if file.endswith("bifocal.pc"))
        prefix = "--define-variable=prefix=" + cls.folder + run("pkg-config", "--variable=prefix", config).strip()
        cls.flags = {what: run("pkg-config", prefix, what, config).split() for what in ("--cflags", "--libs")}
        cls.version = run("pkg-config", "--modversion", config).strip()

    def exported(self):
        """[(kind, name)]: see nm."""
        lines = run("nm", "-DC", "--defined-only", self.library).splitlines()
        return [re.match(r"[0-9a-f]+ (\w) (.*)", line).groups() for line in lines]

    def test_exports_only_names_of_its_public_headers(self):
        inner = re.compile(rf"bifocal::({'|'.join(rooms())})::")
        words = set()
        for name in os.listdir(HEADERS):
            with open(os.path.join(HEADERS, name)) as header:
                words |= set(re.findall(r"\w+", header.read()))
        exported = self.exported()
        self.assertGreater(len(exported), 50)
        for kind, name in exported:
            if name.startswith(("typeinfo ", "vtable for ")):
                self.assertRegex(name, "^(typeinfo|typeinfo name|vtable) for bifocal::Error$")
                continue
            self.assertRegex(name, "^bifocal::")
            self.assertIsNone(inner.match(name), name)
            for word in re.match(r"bifocal::([\w:~]+)", name).group(1).replace("~", "").split("::"):
                if word:
                    self.assertIn(word, words, name)

    def test_installs_headers_library_and_pkg_config_alone(self):
        installed = sorted(os.path.relpath(file, self.folder) for file in self.files)
        mine = [file for file in installed if "/plug-ins/bifocal/" not in file and not file.endswith("/bifocal.mo")]
        self.assertEqual(sorted(os.path.basename(file) for file in mine),
                         sorted([*os.listdir(HEADERS), "bifocal.pc", "libbifocal.so", "libbifocal.so.0",
                                 "libbifocal.so." + self.version]))
        self.assertRegex(run("readelf", "-d", self.library), r"\(SONAME\).*\[libbifocal\.so\.0\]")

    def test_each_header_compiles_alone(self):
        for name in sorted(os.listdir(HEADERS)):
            with self.subTest(header=name):
                run("c++", "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-x", "c++", "-",
                    *self.flags["--cflags"], input=f"#include <bifocal/{name}>\n#include <bifocal/{name}>\n")

    def test_the_example_of_the_readme(self):
        with open(os.path.join(ROOT, "README.md")) as readme:
            text = readme.read()
        example = re.search(r"(    #include <bifocal/request.hpp>\n(?:    .*\n|\n)+)", text).group(1)
        command = re.search(r"`(c\+\+ .*example\.cpp) \$\(pkg-config --cflags --libs bifocal\)`", text).group(1)
        include, body = example.split("\n", 1)
        with open(os.path.join(self.folder, "example.cpp"), "w") as file:
            file.write(f"""{include}
#include <cstdio>
#include <vector>
int main() {{
    const int width = 512, height = 384;
    std::vector<unsigned char> cover(3 * width * height, 90), target(3 * 128 * 128, 160);
    unsigned char *pixels = cover.data(), *small = target.data();
{body}}}
""")
        run(*command.split(), "-o", "example", *self.flags["--cflags"], *self.flags["--libs"], cwd=self.folder)
        report = run(os.path.join(self.folder, "example"),
                     env={**os.environ, "LD_LIBRARY_PATH": os.path.dirname(self.library)})
        self.assertIn('"outcome": "solved"', report)
        self.assertIn('"exact_pixels": 1.0', report)

    def test_a_refusal_is_caught_by_its_type(self):
        with open(os.path.join(self.folder, "refused.cpp"), "w") as file:
            file.write("""#include <bifocal/error.hpp>
#include <bifocal/scaler.hpp>
int main() {
  try {
    bifocal::Scaler::find("no-such-scaler");
  } catch (const bifocal::Error& error) {
    return error.code() == bifocal::ErrorCode::UnknownScaler ? 0 : 1;
  }
  return 2;
}
""")
        run("c++", "-std=c++20", "-fvisibility=hidden", "refused.cpp", "-o", "refused", *self.flags["--cflags"],
            *self.flags["--libs"], cwd=self.folder)
        run(os.path.join(self.folder, "refused"), env={**os.environ, "LD_LIBRARY_PATH": os.path.dirname(self.library)})

    def test_is_hardened(self):
        binaries = [file for file in self.files if file == self.library or file.endswith("plug-ins/bifocal/bifocal")]
        for file in binaries:
            with self.subTest(file=os.path.basename(file)):
                self.assertRegex(run("readelf", "-d", file), r"\bNOW\b")
                self.assertRegex(run("readelf", "-lW", file), "GNU_RELRO")
                self.assertRegex(run("nm", "-D", "--undefined-only", file), "__stack_chk_fail")

    def test_is_compiled_for_any_processor_and_fortified(self):
        with open(os.path.join(BUILD, "build.ninja")) as rules:
            arguments = [line for line in rules if line.startswith(" ARGS = ") and "engine/libbifocal-all.a.p" in line]
        self.assertGreater(len(arguments), 50)
        for line in arguments:
            self.assertNotRegex(line, "-march|-mtune|-mavx")  # but of the loops that are chosen when they run
            self.assertRegex(line, "-D_FORTIFY_SOURCE=[23]")
            self.assertRegex(line, "-fvisibility=hidden")


if __name__ == "__main__":
    unittest.main(verbosity=2)
