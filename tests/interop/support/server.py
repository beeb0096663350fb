"""One jackfield-terminal on ports of its own, with a folder of its own."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time


class Server:
    """It pings every second and gives four for the pong. `compresses`: it accepts permessage-deflate."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="jackfield-interop-")
        config = os.path.join(self.folder, "config")
        os.mkdir(config)
        with open(os.path.join(config, "settings.jackfield.json"), "w", encoding="utf-8") as file:
            json.dump({"jackfield": 1, "limits": {"ping_interval_ms": 1000, "pong_timeout_ms": 4000, "drain_timeout_ms": 20000}}, file)
        ready = os.path.join(self.folder, "ready")
        self.log = open(os.path.join(self.folder, "log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [os.environ["JACKFIELD_TERMINAL"], "--port", "0", "--config-dir", config, "--ready-file", ready],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.is_asked_to_stop = False
        self.port = self._read_port(ready)
        self.url = f"ws://127.0.0.1:{self.port}/interop"
        self.compresses = self._probe()

    def _read_port(self, ready):
        for _ in range(1000):
            if os.path.exists(ready):
                with open(ready, encoding="utf-8") as file:
                    return int(re.search(r"ws://127\.0\.0\.1:(\d+)/", file.read()).group(1))
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise RuntimeError("jackfield-terminal was never ready:\n" + self.output())

    def _probe(self):
        """Asked without any client's help."""
        request = "\r\n".join(["GET /probe HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Upgrade: websocket",
                               "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                               "Sec-WebSocket-Version: 13",
                               "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits", "", ""])
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as probe:
            probe.sendall(request.encode())
            head = b""
            while b"\r\n\r\n" not in head:
                part = probe.recv(4096)
                if not part:
                    break
                head += part
        if not head.startswith(b"HTTP/1.1 101 "):
            raise RuntimeError(f"expected 101, got {head}")
        return re.search(rb"^sec-websocket-extensions:\s*permessage-deflate", head, re.I | re.M) is not None

    def output(self):
        self.log.flush()
        with open(self.log.name, encoding="utf-8") as file:
            return file.read()

    def terminate(self):
        """Asks it to stop, once: a second signal would end it at once. `wait` waits for it."""
        if not self.is_asked_to_stop:
            self.is_asked_to_stop = True
            self.process.send_signal(signal.SIGTERM)

    def wait(self):
        try:
            code = self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        output = self.output()
        self.log.close()
        shutil.rmtree(self.folder)
        if code != 0:
            raise RuntimeError(f"jackfield-terminal ended with {code}:\n{output}")
