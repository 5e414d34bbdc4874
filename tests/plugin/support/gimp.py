# SPDX-License-Identifier: LGPL-3.0-or-later
"""A real GIMP with the plug-in under test, in a folder of its own, driven through its Script-Fu server."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
BUILD = os.environ.get("BIFOCAL_BUILD", os.path.join(ROOT, "build"))
IMAGES = os.path.join(ROOT, "tests", "images")


class GimpError(Exception):
    """What GIMP answered instead of a value."""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def install(gimp_dir):
    """The user's install, into a GIMP folder that is not the user's."""
    subprocess.run(
        [os.path.join(ROOT, "gimp-plugin", "install-user.sh"), BUILD],
        env={**os.environ, "GIMP2_DIRECTORY": gimp_dir},
        check=True, stdout=subprocess.DEVNULL)


class Gimp:
    def __init__(self, display=None, gimp_dir=None, files=(), environment=None):
        """display: an X display for the windowed GIMP; None runs gimp-console without one. files: that GIMP opens itself."""
        program = "gimp" if display else "gimp-console"
        if not shutil.which(program):
            raise RuntimeError(f"{program} is not installed; this test needs the real GIMP")
        self.own_dir = gimp_dir is None
        self.dir = gimp_dir or tempfile.mkdtemp(prefix="bifocal-gimp-")
        if not os.path.exists(os.path.join(self.dir, "plug-ins", "bifocal")):
            install(self.dir)
        env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
        env.update(GIMP2_DIRECTORY=self.dir, LC_ALL="C.UTF-8")
        env.update(environment or {})
        if display:
            env["DISPLAY"] = display
        self.port = free_port()
        self.log = open(os.path.join(self.dir, "gimp.log"), "wb")
        server = f'(plug-in-script-fu-server RUN-NONINTERACTIVE "127.0.0.1" {self.port} "")'
        command = [program, "-s", "-f"] + ([] if display else ["-i", "-d"]) + ["-b", server, *files]
        self.process = subprocess.Popen(command, env=env, stdout=self.log, stderr=subprocess.STDOUT,
                                        start_new_session=True)
        self.socket = self._connect()

    def _connect(self):
        end = time.monotonic() + 120
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            try:
                return socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                time.sleep(0.1)
        self.log.flush()
        raise RuntimeError("GIMP did not start:\n" + self.output())

    def output(self):
        with open(self.log.name, errors="replace") as f:
            return f.read()

    def send(self, script):
        data = script.encode()
        self.socket.sendall(b"G" + len(data).to_bytes(2, "big") + data)

    def receive(self, timeout=300):
        """The script's value, as Scheme writes it. GimpError with GIMP's message when it failed."""
        self.socket.settimeout(timeout)
        head = self._read(4)
        text = self._read(int.from_bytes(head[2:], "big")).decode(errors="replace")
        if head[1]:
            raise GimpError(text)
        return text

    def _read(self, count):
        data = b""
        while len(data) < count:
            # GIMP sends an answer in pieces, each held back until the last one is acknowledged: by default 40 ms later.
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            part = self.socket.recv(count - len(data))
            if not part:
                raise RuntimeError("GIMP went away:\n" + self.output())
            data += part
        return data

    def do(self, script, timeout=300):
        """Runs Script-Fu; for its effect."""
        self.send(script)
        return self.receive(timeout)

    def get(self, expression):
        """A Script-Fu expression's value as text."""
        return self.do(expression)

    def number(self, expression):
        """The first value of a procedure that returns a number or an id."""
        return int(float(self.get(f"(car {expression})")))

    def ids(self, expression):
        """A procedure's (count #(ids))."""
        text = self.get(f"(cadr {expression})")
        return [int(word) for word in text.strip("#()").split()]

    def text(self, expression):
        """The first value of a procedure that returns a string."""
        return unquote(self.get(f"(car {expression})"))

    def close(self):
        """Ends this GIMP, and only this one."""
        self.socket.close()
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        self.log.close()
        if self.own_dir:
            shutil.rmtree(self.dir, ignore_errors=True)


def quote(text):
    """A Script-Fu string."""
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquote(written):
    """The text of a string as Scheme writes it, which for its escapes is as JSON does."""
    return json.loads(written, strict=False)
