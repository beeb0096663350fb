"""One tls_server (tls_server.cpp) in a folder of its own."""

import json
import os
import shutil
import ssl
import subprocess
import tempfile
import threading
import time


class TlsServer:
    """`port`, `authority` (a file of PEM), `url`. What it says is kept; `told` waits for it."""

    patience = 60  # which no passing test reaches
    compresses = True

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="jackfield-tls-")
        self.process = subprocess.Popen([os.environ["JACKFIELD_TLS_SERVER"], self.folder],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.said = []
        self.has_ended = False
        self.changed = threading.Condition()
        self.reader = threading.Thread(target=self._read)
        self.reader.start()
        self.orders = 0
        try:
            ready = self.told("ready")
        except BaseException:
            self.terminate()
            self.wait()
            raise
        self.port = ready["port"]
        self.authority = ready["authority"]
        self.url = f"wss://localhost:{self.port}/interop"

    def context(self):
        """Trusts the authority and nobody else."""
        return ssl.create_default_context(cafile=self.authority)

    def _read(self):
        for line in self.process.stdout:
            with self.changed:
                self.said.append(json.loads(line))
                self.changed.notify_all()
        with self.changed:
            self.has_ended = True
            self.changed.notify_all()

    def mark(self):
        """How many things it has said: for `told` to look behind them."""
        with self.changed:
            return len(self.said)

    def told(self, say, wanted=lambda what: True, mark=0):
        """The first thing of that kind behind `mark` that is as wanted, said by now or still to come."""
        end = time.monotonic() + self.patience
        with self.changed:
            while True:
                for what in self.said[mark:]:
                    if what["say"] == say and wanted(what):
                        return what
                if self.has_ended or not self.changed.wait(end - time.monotonic()):
                    raise AssertionError(f"it never said {say}, but {self.said[mark:]}")

    def order(self, what, **more):
        self.orders += 1
        number = self.orders
        self.process.stdin.write(json.dumps({"id": number, "do": what, **more}) + "\n")
        self.process.stdin.flush()
        answer = self.told("done", lambda each: each["id"] == number)
        assert "error" not in answer, answer
        return answer.get("value")

    def terminate(self):
        """Asks it to stop; `wait` waits for it."""
        if not self.process.stdin.closed:
            self.process.stdin.close()

    def wait(self):
        try:
            code = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self.reader.join()
        self.process.stdout.close()
        shutil.rmtree(self.folder)
        assert code == 0, f"tls_server ended with {code}"
