"""A program of ours that serves, from wherever it stands, and a real client (python3-websockets) that talks to it."""

import asyncio
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

import websockets

PATIENCE = 120  # seconds, which no passing test reaches


def whoever():
    """Whom the certificate is from is not asked here."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


class Served:
    """`command` with a port, a folder for settings and a home of its own. `ends_politely` ends it."""

    def __init__(self, command, *arguments, environment=None, inside=""):
        """`inside`: where the program's root is, for one that runs in a root of its own."""
        self.folder = tempfile.mkdtemp(prefix="jackfield-package-", dir=inside + "/tmp" if inside else None)
        seen = self.folder.removeprefix(inside)
        runtime = os.path.join(self.folder, "run")
        os.mkdir(runtime, 0o700)
        self.log = open(os.path.join(self.folder, "log"), "w+", encoding="utf-8")
        ready = os.path.join(self.folder, "ready")
        self.process = subprocess.Popen(
            [*command, "--port", "0", "--config-dir", seen + "/config", "--ready-file", seen + "/ready", *arguments],
            env={"PATH": os.environ["PATH"], "HOME": seen, "XDG_RUNTIME_DIR": seen + "/run", **(environment or {})},
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log, cwd="/")
        self.port = self._read_port(ready)

    def _read_port(self, ready):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            if os.path.exists(ready):
                with open(ready, encoding="utf-8") as file:
                    return int(re.search(r"ws://127\.0\.0\.1:(\d+)/", file.read()).group(1))
            time.sleep(0.02)
        self.process.kill()
        self.process.wait()
        raise RuntimeError("it was never ready:\n" + self.output())

    def output(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8") as file:
            return file.read()

    def talk(self, over_tls=False):
        """Text, binary and fragments come back as they were sent. Raises where they do not."""
        asyncio.run(asyncio.wait_for(self._talk(over_tls), PATIENCE))

    def _wait_for_tls(self):
        """A certificate that has yet to be made may be served some time after the addresses were told."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as plain:
                    with whoever().wrap_socket(plain, server_hostname="localhost"):
                        return
            except OSError:  # ssl.SSLError is one
                time.sleep(0.05)
        raise RuntimeError("it never served TLS:\n" + self.output())

    async def _talk(self, over_tls):
        options = {}
        if over_tls:
            self._wait_for_tls()
            options["ssl"] = whoever()
        url = f"{'wss' if over_tls else 'ws'}://localhost:{self.port}/package"
        async with websockets.connect(url, open_timeout=None, ping_interval=None, close_timeout=PATIENCE, **options) as client:
            for sent, expected in (("Grüße", "Grüße"), ("x" * 70_000, "x" * 70_000), (b"\x00\xff", b"\x00\xff"),
                                   (["a", "b", "c"], "abc")):
                await client.send(sent)
                got = await client.recv()
                if got != expected:
                    raise RuntimeError(f"{expected!r} came back as {got!r}")

    def ends_politely(self):
        """Its exit status after SIGTERM; what it wrote stays in `written`."""
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(PATIENCE)
        finally:
            self.close()
        return status

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if not self.log.closed:
            self.written = self.output()
            self.log.close()
            shutil.rmtree(self.folder)
