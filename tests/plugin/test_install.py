#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The installs: one user's, which needs no root, and the system's; and the README's example against the latter."""
import os
import re
import subprocess
import tempfile
import unittest

from support.gimp import BUILD, ROOT, install

# Meson points it at the build's own library; here the installed one must be found without help.
os.environ.pop("LD_LIBRARY_PATH", None)


def run(*command, **kwargs):
    return subprocess.run(command, check=True, capture_output=True, text=True, **kwargs).stdout


class Installs(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="bifocal-install-")
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def test_for_one_user_and_away_again(self):
        install(self.folder)
        plugin = os.path.join(self.folder, "plug-ins", "bifocal")
        self.assertEqual(sorted(os.listdir(plugin)), ["bifocal", "libbifocal.so.0"])
        # The library beside the binary is the one that is loaded; GIMP would start an executable library as a plug-in.
        self.assertIn(os.path.join(plugin, "libbifocal.so.0"), run("ldd", os.path.join(plugin, "bifocal")))
        self.assertTrue(os.access(os.path.join(plugin, "bifocal"), os.X_OK))
        self.assertEqual(os.stat(os.path.join(plugin, "libbifocal.so.0")).st_mode & 0o111, 0)
        install(self.folder)  # again, over the first
        run(os.path.join(ROOT, "gimp-plugin", "install-user.sh"), "--uninstall",
            env={**os.environ, "GIMP2_DIRECTORY": self.folder})
        self.assertEqual(os.listdir(os.path.join(self.folder, "plug-ins")), [])

    def test_for_the_system_and_the_example_of_the_readme(self):
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", self.folder)
        gimp = run("pkg-config", "--variable=gimplibdir", "gimp-2.0").strip()
        self.assertTrue(os.path.exists(self.folder + gimp + "/plug-ins/bifocal/bifocal"))
        config = run("find", self.folder, "-name", "bifocal.pc").strip()
        prefix = "--define-variable=prefix=" + self.folder + run("pkg-config", "--variable=prefix", config).strip()
        flags = run("pkg-config", prefix, "--cflags", "--libs", config).split()

        with open(os.path.join(ROOT, "README.md")) as readme:
            example = re.search(r"(    #include <bifocal/request.hpp>\n(?:    .*\n|\n)+)", readme.read()).group(1)
        include, body = example.split("\n", 1)
        source = os.path.join(self.folder, "example.cpp")
        with open(source, "w") as file:
            file.write(f"""{include}
#include <cstdio>
#include <vector>
int main() {{
    const int width = 512, height = 384;
    std::vector<unsigned char> cover(3 * width * height, 90), target(3 * 128 * 128, 160);
    unsigned char *pixels = cover.data(), *small = target.data();
{body}}}
""")
        program = os.path.join(self.folder, "example")
        run("c++", "-std=c++20", source, "-o", program, *flags)
        library = os.path.dirname(run("find", self.folder, "-name", "libbifocal.so.0").strip())
        report = run(program, env={**os.environ, "LD_LIBRARY_PATH": library})
        self.assertIn('"outcome": "solved"', report)
        self.assertIn('"exact_pixels": 1.0', report)


if __name__ == "__main__":
    unittest.main(verbosity=2)
