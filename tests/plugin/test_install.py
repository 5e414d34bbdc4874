#!/usr/bin/python3
# SPDX-License-Identifier: LGPL-3.0-or-later
"""The installs: one user's, which needs no root, and the system's."""
import os
import re
import shutil
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
        self.assertEqual(sorted(os.listdir(plugin)), ["bifocal", "help", "libbifocal.so.0", "locale"])
        # The library beside the binary is the one that is loaded; GIMP would start an executable library as a plug-in.
        self.assertIn(os.path.join(plugin, "libbifocal.so.0"), run("ldd", os.path.join(plugin, "bifocal")))
        self.assertTrue(os.access(os.path.join(plugin, "bifocal"), os.X_OK))
        self.assertEqual(os.stat(os.path.join(plugin, "libbifocal.so.0")).st_mode & 0o111, 0)
        install(self.folder)  # again, over the first
        run(os.path.join(ROOT, "gimp-plugin", "install-user.sh"), "--uninstall",
            env={**os.environ, "GIMP2_DIRECTORY": self.folder})
        self.assertEqual(os.listdir(os.path.join(self.folder, "plug-ins")), [])

    def built_by_another(self):
        """A copy of the scripts and of the build, which whoever `as_guest` runs as may read but not write."""
        os.chmod(self.folder, 0o755)
        root = os.path.join(self.folder, "theirs")
        shutil.copytree(os.path.join(ROOT, "gimp-plugin"), os.path.join(root, "gimp-plugin"))
        shutil.copytree(BUILD, os.path.join(root, "build"), symlinks=True,
                        ignore=shutil.ignore_patterns("*.p", "artefacts", "tests"))
        run("chmod", "-R", "a+rX,a-w", root)
        self.addCleanup(run, "chmod", "-R", "u+rwX", root)
        return root

    def as_guest(self, *command):
        """Runs it as somebody else, which root can; anybody else runs it as himself, on files that he may not write."""
        home = os.path.join(self.folder, "guest")
        os.makedirs(home, exist_ok=True)
        other = []
        if os.getuid() == 0:
            shutil.chown(home, "nobody", "nogroup")
            other = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        env = {k: v for k, v in os.environ.items() if not k.startswith(("GIMP2_", "XDG_"))}
        return subprocess.run([*other, *command], capture_output=True, text=True, env={**env, "HOME": home}, cwd="/")

    def test_from_a_build_that_one_may_only_read(self):
        root = self.built_by_another()
        done = self.as_guest(os.path.join(root, "gimp-plugin", "install-user.sh"))
        plugin = os.path.join(self.folder, "guest", ".config", "GIMP", "2.10", "plug-ins", "bifocal")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, f"Installed in {plugin}\n", ""))
        self.assertEqual(sorted(os.listdir(plugin)), ["bifocal", "help", "libbifocal.so.0", "locale"])
        loaded = self.as_guest("ldd", os.path.join(plugin, "bifocal")).stdout
        self.assertIn(os.path.join(plugin, "libbifocal.so.0"), loaded)
        self.assertTrue(os.access(os.path.join(plugin, "bifocal"), os.X_OK))

    def test_a_build_that_one_may_not_read_is_named_in_a_sentence(self):
        root = self.built_by_another()
        build = os.path.join(root, "build")
        os.chmod(build, 0o700 if os.getuid() == 0 else 0)
        done = self.as_guest(os.path.join(root, "gimp-plugin", "install-user.sh"))
        self.assertEqual(done.returncode, 1)
        sentence = rf"^\w+ may not read {build}; its owner can allow it with: chmod -R a\+rX {build}\n$"
        self.assertRegex(done.stderr, sentence)

    def test_the_binary_looks_for_its_library_in_no_relative_folder(self):
        dynamic = run("readelf", "-d", os.path.join(BUILD, "gimp-plugin", "bifocal"))
        paths = re.search(r"(?:RUNPATH|RPATH).*\[(.*)\]", dynamic)
        for path in paths.group(1).split(":"):
            self.assertRegex(path, r"^(/|\$ORIGIN)")

    def test_for_the_system(self):
        run("meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", self.folder)
        gimp = run("pkg-config", "--variable=gimplibdir", "gimp-2.0").strip()
        self.assertTrue(os.path.exists(self.folder + gimp + "/plug-ins/bifocal/bifocal"))


class Builds(unittest.TestCase):
    """What command one shows of the build: on a project of one file, which has the plug-in's place."""

    def build(self, body):
        with tempfile.TemporaryDirectory(prefix="bifocal-build-") as folder:
            os.mkdir(os.path.join(folder, "gimp-plugin"))
            project = "project('p', 'cpp', default_options: ['warning_level=2'])\nsubdir('gimp-plugin')\n"
            for name, text in (("meson.build", project),
                               ("meson_options.txt", "option('tests', type: 'boolean', value: true)\n"),
                               ("gimp-plugin/meson.build", "p = executable('bifocal', 'main.cpp')\n"
                                "alias_target('bifocal-gmo', p)\nalias_target('bifocal-help', p)\n"),
                               ("gimp-plugin/main.cpp", f"int main() {{ {body} }}\n")):
                with open(os.path.join(folder, name), "w") as file:
                    file.write(text)
            script = os.path.join(ROOT, "gimp-plugin", "build.py")
            return subprocess.run(["/usr/bin/python3", script, folder, os.path.join(folder, "out", "build")],
                                  env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True)

    def test_the_steps_and_nothing_else_are_shown(self):
        done = self.build("return 0;")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(done.stdout, "  1 of 2 steps\n  2 of 2 steps\n")

    def test_a_warning_is_shown_and_an_error_ends_it(self):
        self.assertIn("main.cpp:1:18: warning: unused variable 'i'", self.build("int i;").stdout)
        done = self.build("nonsense")
        self.assertEqual(done.returncode, 1)
        self.assertIn("error:", done.stdout)
        self.assertIn("build.log", done.stderr)


if __name__ == "__main__":
    unittest.main(verbosity=2)
