"""The servers that tests/bench/compare measures: how each is started, and what it is."""

import ctypes
import json
import os
import selectors
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).resolve().parent.parent / "peers"


@dataclass(frozen=True)
class Server:
    name: str
    title: str
    package: str = ""  # of Debian, whose version the page shows
    note: str = ""

    def command(self, build):
        if self.name == "ws":
            return ["node", str(PEERS / "ws" / "server.mjs")]
        return [str(build / "bin" / "peers" / f"{self.name}_server")]

    def version(self):
        if self.package:
            return _output("dpkg-query", "-W", "-f=${Version}", self.package)
        if self.name == "ws":
            modules = PEERS / "ws" / "node_modules"
            version = json.loads((modules / "ws" / "package.json").read_text())["version"]
            native = json.loads((modules / "bufferutil" / "package.json").read_text())["version"]
            return f"{version} with bufferutil {native}, Node {_output('node', '--version')}"
        commit = _output("git", "-C", str(PEERS), "rev-parse", "--short", "HEAD")
        return commit + (", changed" if _output("git", "-C", str(PEERS), "status", "--porcelain", "--untracked-files=no") else "")


SERVERS = (
    Server("floor", "floor"),
    Server("jackfield", "Jackfield"),
    Server("libwebsockets", "libwebsockets", "libwebsockets-dev", "its libuv loop, UTF-8 checks on"),
    Server("beast", "Boost.Beast", "libboost-dev", "one io_context without locks, executors without type erasure, unfragmented messages"),
    Server("websocketpp", "websocketpp", "libwebsocketpp-dev", "Boost.Asio, no locks, logs or random numbers; messages are sent as they came"),
    Server("qt", "QtWebSockets", "qt6-websockets-dev", "Qt's own event loop in place of GLib's; no permessage-deflate"),
    Server("ws", "npm ws", "", "with its recommended native module"),
)


def _output(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "?"


class Placement:
    """One core for the server, one for the load, both before all other work where that is permitted."""

    def __init__(self, realtime):
        cores = sorted(os.sched_getaffinity(0))
        self.server_core, self.load_core = cores[0], cores[-1]
        self.is_realtime = realtime
        if realtime:
            try:
                os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(7))  # so that it can end what runs away
            except PermissionError:
                self.is_realtime = False

    def child(self, core):
        libc = ctypes.CDLL(None)

        def prepare():
            libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
            os.sched_setaffinity(0, {core})
            if self.is_realtime:
                os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(6))
        return prepare

    def __str__(self):
        return (f"server on core {self.server_core}, load on core {self.load_core}"
                + (", both with SCHED_RR priority 6" if self.is_realtime else ""))


class Running:
    """A server while it runs: `with Running(...) as server: server.url, server.pid`."""

    def __init__(self, server, build, options, tls, placement):
        command = server.command(build) + list(options)
        if tls:
            command += ["--tls", *map(str, tls)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                         preexec_fn=placement.child(placement.server_core))
        self.pid = self._process.pid
        port = self._port()
        if port is None:
            self._process.kill()
            raise RuntimeError("did not start: " + self._process.communicate()[1].decode(errors="replace").strip())
        self.url = f"{'wss' if tls else 'ws'}://127.0.0.1:{port}/"

    def _port(self, patience=10.0):
        text, end = b"", time.monotonic() + patience
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in text:
                if not selector.select(max(0.0, end - time.monotonic())):
                    return None
                part = os.read(self._process.stdout.fileno(), 4096)
                if not part:
                    return None
                text += part
        return int(text.split()[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()
