"""openssl s_client."""

import os
import subprocess
import tempfile
import threading
import unittest

from support.tls_server import TlsServer

PATIENCE = 60  # which no passing test reaches
MIB = 1 << 20


def get(path, host, more=""):
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n".encode()


class SClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = TlsServer()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()

    def command(self, *options, trusts=True):
        trust = ["-CAfile", self.server.authority] if trusts else ["-no-CAfile", "-no-CApath", "-no-CAstore"]
        names = [] if "-servername" in options else ["-servername", "localhost"]
        return ["openssl", "s_client", "-connect", f"127.0.0.1:{self.server.port}", "-verify_return_error",
                *trust, *names, *options]

    def run_client(self, *options, request=None, trusts=True):
        """(exit status, everything it said)."""
        if request is None:
            request = get("/health", "localhost")
        done = subprocess.run(self.command(*options, "-ign_eof", trusts=trusts), input=request,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=PATIENCE, check=False)
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def refused(self, *options, failure, words, trusts=True):
        """The client fails with these words, and the server tells of that failure."""
        mark = self.server.mark()
        status, output = self.run_client(*options, trusts=trusts)
        self.assertNotEqual(status, 0, output)
        self.assertRegex(output, words)
        # Equal ones within a second are told as one, later; so are those of other tests.
        return self.server.told("refused", lambda what: what["failure"] == failure, mark)

    def test_both_versions_are_served(self):
        for options, version in ((["-tls1_3"], "TLSv1.3"), (["-tls1_2"], "TLSv1.2"), ([], "TLSv1.3"),
                                 (["-no_tls1_3"], "TLSv1.2"), (["-no_tls1", "-no_tls1_1", "-no_tls1_2"], "TLSv1.3")):
            for host in ("localhost", "127.0.0.1"):
                with self.subTest(options=options, host=host):
                    name = ["-verify_ip", host] if host[0].isdigit() else ["-verify_hostname", host]
                    status, output = self.run_client(*options, *name, "-alpn", "http/1.1")
                    self.assertEqual(status, 0, output)
                    self.assertIn(f"New, {version}", output)
                    self.assertIn("Verification: OK", output)
                    self.assertIn("ALPN protocol: http/1.1", output)
                    self.assertIn('"tls":true', output)

    def test_older_versions_are_refused(self):
        for options, highest in ((["-tls1"], "TLS 1.0"), (["-tls1_1"], "TLS 1.1"),
                                 (["-no_tls1_2", "-no_tls1_3"], "TLS 1.1")):
            with self.subTest(options=options):
                mark = self.server.mark()
                status, output = self.run_client(*options, "-cipher", "ALL@SECLEVEL=0")
                self.assertNotEqual(status, 0, output)
                self.assertIn("alert protocol version", output)
                self.server.told("refused", lambda what: what["failure"] == "no_common_version"
                                 and f"offers {highest} at most" in what["why"], mark)

    def test_weak_ciphers_are_refused(self):
        for cipher in ("NULL-SHA256", "AES128-SHA", "ECDHE-ECDSA-AES128-SHA"):
            with self.subTest(cipher=cipher):
                self.refused("-tls1_2", "-cipher", cipher + "@SECLEVEL=0", failure="no_common_cipher",
                             words="alert handshake failure")

    def test_application_protocols(self):
        told = self.refused("-alpn", "h2", failure="no_common_protocol", words="alert no application protocol")
        self.assertIn("h2", told["why"])
        status, output = self.run_client("-alpn", "h2,http/1.1")
        self.assertEqual(status, 0, output)
        self.assertIn("ALPN protocol: http/1.1", output)
        status, output = self.run_client()
        self.assertEqual(status, 0, output)
        self.assertIn("No ALPN negotiated", output)

    def test_an_authority_that_is_not_trusted(self):
        for version in ("-tls1_2", "-tls1_3"):
            with self.subTest(version=version):
                self.refused(version, failure="unknown_authority", words="unable to get|self.signed|verify error",
                             trusts=False)

    def test_a_name_that_the_certificate_has_not(self):
        status, output = self.run_client("-verify_hostname", "other.test")
        self.assertNotEqual(status, 0, output)
        self.assertIn("hostname mismatch", output)

    def test_any_server_name_gets_the_certificate_and_the_host_list_decides(self):
        mark = self.server.mark()
        status, output = self.run_client("-servername", "evil.test", request=get("/health", "evil.test"))
        self.assertEqual(status, 0, output)
        self.assertIn("HTTP/1.1 403", output)
        self.server.told("refused", lambda what: what["reason"] == "host_not_allowed"
                         and what["server_name"] == "evil.test", mark)
        status, output = self.run_client("-servername", "evil.test", request=get("/health", "localhost"))
        self.assertIn("HTTP/1.1 200", output)
        status, output = self.run_client("-servername", "localhost")
        self.assertIn("HTTP/1.1 200", output)

    def test_sessions_are_resumed(self):
        for version, name in (("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")):
            with self.subTest(version=version), tempfile.TemporaryDirectory() as folder:
                ticket = os.path.join(folder, "ticket")
                status, output = self.run_client(version, "-sess_out", ticket)
                self.assertEqual(status, 0, output)
                self.assertIn(f"New, {name}", output)
                for _ in range(2):
                    status, output = self.run_client(version, "-sess_in", ticket)
                    self.assertEqual(status, 0, output)
                    self.assertIn(f"Reused, {name}", output)
                    self.assertIn('"tls":true', output)

    def test_a_client_cannot_renegotiate(self):
        # Without -ign_eof a line of an R asks for it.
        with subprocess.Popen(self.command("-tls1_2"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT) as client:
            output = b""
            while b"Extended master secret" not in output:
                part = os.read(client.stdout.fileno(), 65536)
                self.assertTrue(part, output)
                output += part
            client.stdin.write(b"R\n")
            client.stdin.close()
            output += client.stdout.read()
            self.assertNotEqual(client.wait(PATIENCE), 0)
        self.assertIn(b"no renegotiation", output.lower())

    def test_websocket(self):
        for version, name in (("-tls1_2", "TLS 1.2"), ("-tls1_3", "TLS 1.3")):
            with self.subTest(version=version):
                self.exchange_over_websocket(version, name)

    def exchange_over_websocket(self, version, name):
        mark = self.server.mark()
        with Pipe(self.command(version, "-quiet")) as pipe:
            pipe.send(("GET /page HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                       "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                       "Origin: https://localhost:3000\r\n\r\n").encode())
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += pipe.read(1)
            self.assertTrue(head.startswith(b"HTTP/1.1 101 "), head)
            opened = self.server.told("opened", mark=mark)
            self.assertEqual(opened["tls"]["version"], name)

            payload = os.urandom(16 * MIB)
            length = len(payload).to_bytes(8, "big")
            pipe.send(b"\x82\xff" + length + bytes(4) + payload)
            self.assertEqual(pipe.read(10), b"\x82\x7f" + length)
            self.assertTrue(pipe.read(len(payload)) == payload, "other bytes came back")

            if version == "-tls1_2":  # the client closes
                close = (4002).to_bytes(2, "big") + b"enough"
                pipe.send(b"\x88" + bytes([0x80 | len(close)]) + bytes(4) + close)
                self.assertEqual(pipe.read(4), b"\x88\x02" + close[:2])
                by = "peer"
            else:  # the server closes
                self.server.order("kick", number=opened["number"], code=4001, reason="be gone")
                close = (4001).to_bytes(2, "big") + b"be gone"
                self.assertEqual(pipe.read(2 + len(close)), b"\x88" + bytes([len(close)]) + close)
                pipe.send(b"\x88" + bytes([0x80 | len(close)]) + bytes(4) + close)
                by = "person"
            pipe.expect_end()
        told = self.server.told("closed", lambda what: what["number"] == opened["number"], mark)
        self.assertEqual((told["clean"], told["by"], told["code"]), (True, by, 4002 if by == "peer" else 4001))


class Pipe:
    """s_client as a stream of bytes. Sends on a thread of its own, so that both directions flow at once."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL)
        self.senders = []
        self.guard = threading.Timer(PATIENCE, self.process.kill)
        self.guard.start()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.process.kill()
        self.process.wait()
        self.guard.cancel()
        for sender in self.senders:
            sender.join()
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.stdout.close()

    def send(self, data):
        before = self.senders[-1] if self.senders else None

        def run():
            if before:
                before.join()
            try:
                self.process.stdin.write(data)
                self.process.stdin.flush()
            except BrokenPipeError:
                pass  # told by what does not come back
        self.senders.append(threading.Thread(target=run))
        self.senders[-1].start()

    def read(self, size):
        data = self.process.stdout.read(size)
        assert len(data) == size, f"the stream ended {size - len(data)} bytes too early"
        return data

    def expect_end(self):
        rest = self.process.stdout.read()
        assert rest == b"", f"more came: {rest[:100]}"


if __name__ == "__main__":
    unittest.main()
