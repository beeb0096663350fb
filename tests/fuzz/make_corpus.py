#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets to tests/fuzz/corpus, from the streams and requests that the tests are made of.

What fuzzing has found worth keeping stands beside them under its own hash; this script touches only what is called seed-*.
"""

import pathlib
import random
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parent / "interop"))
from support.frame_streams import NO_TEXT, StreamMaker  # noqa: E402

GOOD = """GET /chat HTTP/1.1
Host: localhost:4567
Upgrade: websocket
Connection: Upgrade
Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
Sec-WebSocket-Version: 13
Origin: http://localhost:3000
"""
REQUESTS = {
    "rfc6455": GOOD,
    "subprotocols": GOOD + "Sec-WebSocket-Protocol: chat, echo\nSec-WebSocket-Protocol: reverse\n",
    "deflate": GOOD + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, permessage-deflate; "
                      "server_max_window_bits=10; client_no_context_takeover\n",
    "absolute-form": GOOD.replace("GET /chat", "GET http://localhost:4567/chat"),
    "firefox": GOOD.replace("Connection: Upgrade", "Connection: keep-alive, Upgrade") + "Pragma: no-cache\n",
    "hybi-10": GOOD.replace("Version: 13", "Version: 8").replace("Origin:", "Sec-WebSocket-Origin:"),
    "hybi-07": GOOD.replace("Version: 13", "Version: 7").replace("Origin:", "Sec-WebSocket-Origin:"),
    "hybi-00": """GET /demo HTTP/1.1
Host: example.com
Connection: Upgrade
Sec-WebSocket-Key2: 12998 5 Y3 1  .P00
Sec-WebSocket-Protocol: sample
Upgrade: WebSocket
Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5
Origin: http://example.com
""",
    "hixie-75": """GET /demo HTTP/1.1
Upgrade: WebSocket
Connection: Upgrade
Host: example.com
Origin: http://example.com
WebSocket-Protocol: sample
""",
    "no-key": GOOD.replace("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n", ""),
    "two-hosts": GOOD + "Host: localhost\n",
    "http-1.0": GOOD.replace("HTTP/1.1", "HTTP/1.0"),
    "ipv6": GOOD.replace("localhost:4567", "[::1]:4567"),
    "plain": "GET / HTTP/1.1\nHost: localhost\n",
    "body": "POST /health HTTP/1.1\nHost: localhost\nContent-Length: 5\n",
    "chunked": "POST / HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n",
}
BODIES = {"hybi-00": b"^n:ds[4U", "body": b"hello", "chunked": b"5\r\nhello\r\n3;x=y\r\nabc\r\n0\r\nT: v\r\n\r\n"}
# Requests that bring messages of SockJS: path, type of the body, body; without a type in chunks, which are the body then.
MESSAGES = {
    "array": ("xhr_send", "text/plain", b'["a","","b\\n\\u0000\\ud83d\\ude00"]'),
    "object": ("xhr_send", "text/plain", b'[{"a":1}]'),
    "deep": ("xhr_send", "text/plain", b"[" * 64),
    "surrogate": ("xhr_send", "text/plain", b'["\\ud800"]'),
    "form": ("jsonp_send?c=%63all", "application/x-www-form-urlencoded", b"d=%5B%22x%22%5D"),
    "chunked": ("xhr_send", None, [b'["\xc3\xa4"', b',"\xe2\x80\xa8', b'"]']),
}
LISTS = ["localhost\n*.localhost\n127.0.0.1\n[::1]:4567\n# comment\n", "https://example.com:8443\n*.example.com\nnull\n*\n",
         "moz-extension://0123\n::1\nexample.com.\nEXAMPLE.com:0\n", "a..b\n.x\n[::1\nlocalhost:98777\n\xff\n"]


def request(name):
    return (REQUESTS[name] + "\n").replace("\n", "\r\n").encode() + BODIES.get(name, b"")


def message_request(path, kind, body):
    """A request of MESSAGES."""
    head = f"POST /echo/000/abc/{path} HTTP/1.1\r\nHost: a\r\n"
    if kind is not None:
        return f"{head}Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in body)
    return f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + chunks + b"0\r\n\r\n"


def seeds():
    """(target, name, bytes)."""
    chance = random.Random(76)
    for name in REQUESTS:
        yield "request", name, request(name)
        yield "handshake", name, request(name)
    for number in range(40):
        data, kind = StreamMaker(chance, masked=True).stream()
        yield "frames", f"{number:02}-{kind}", data[:1500]
    for number, text in enumerate(["", "Hello", "k\u00f6ln \U0001f600", "x" * 300]):
        framed = b"\0" + text.encode() + b"\xff"
        yield "hixie", f"text-{number}", framed * 2
        yield "hixie", f"closed-{number}", framed + b"\xff\0"
        yield "hixie", f"binary-{number}", b"\x80" + bytes([len(text) >> 7 | 0x80, len(text) & 0x7F]) + text.encode() + framed
    for number, bad in enumerate(NO_TEXT):
        yield "hixie", f"no-text-{number:02}", b"\0a" + bad.replace(b"\xff", b"\xfe") + b"\xff"
    for number, text in enumerate(LISTS):
        yield "access", f"list-{number}", text.encode("latin-1") * 2
    for flags in (0, 1, 2, 3, 25):
        for number in range(3):
            maker = StreamMaker(chance, masked=True, compresses=True, keeps_window=not flags & 2)
            yield "deflate", f"stream-{flags}-{number}", bytes([flags]) + maker.stream()[0][:1500]
    for number, offer in enumerate([
            b"permessage-deflate", b"permessage-deflate; client_max_window_bits; server_max_window_bits=9",
            b"permessage-deflate; server_max_window_bits=8, permessage-deflate; server_no_context_takeover",
            b'permessage-deflate; client_max_window_bits="10"; client_no_context_takeover', b"x, permessage-deflate; y=z"]):
        yield "deflate", f"offer-{number}", b"\3" + offer
    for name, parts in MESSAGES.items():
        yield "sockjs", name, message_request(*parts)
    yield from engine_seeds(chance)
    yield from tls_seeds()


def engine_seeds(chance):
    """Programs for engine_fuzz: a byte of set-up, then steps (tests/fuzz/engine_fuzz.cpp)."""
    def frame(client, first, payload, step=5):
        return bytes([client << 5 | step, first, len(payload)]) + payload

    def raw(client, data):
        return b"".join(bytes([client << 5 | 2, len(part)]) + part for part in (data[at:at + 255] for at in range(0, len(data), 255)))
    opened, opened_deflate, poll = b"\x01", b"\x11", b"\x1f"
    talk = frame(0, 0x81, b"Hello") + frame(0, 0x02, b"bin") + frame(0, 0x89, b"p") + frame(0, 0x80, b"ary")
    close = frame(0, 0x88, b"\x03\xe8bye")
    for setup in range(0, 64, 7):
        yield "engine", f"talk-{setup:02}", bytes([setup]) + opened + opened + talk + frame(1, 0x81, b"me too") + close + poll * 4
    for number in range(6):
        data = StreamMaker(chance, masked=True, compresses=True).stream()[0][:1000]
        yield "engine", f"compresses-{number}", bytes([number * 8 | number & 3]) + opened_deflate + opened_deflate + raw(0, data) + poll * 4 + talk
    yield "engine", "vanishes", b"\0" + opened + talk + b"\x08" + poll * 3
    yield "engine", "half-closes", b"\0" + opened + talk + b"\x07" + poll * 3
    yield "engine", "reads-nothing", b"\0" + opened + b"\x09\x01" + b"\x06\x82\xff\x80" + bytes(128) + poll * 3 + b"\x4c" * 6 + b"\x0a" + poll * 3
    yield "engine", "floods-with-pings", b"\0" + opened + b"\x06\x89\xff\x00" * 8 + poll * 8 + b"\x2c" + b"\x06\x89\xff\x00" * 8 + poll
    yield "engine", "too-many-fragments", b"\0" + opened + frame(0, 1, b"") + b"\x06\x00\xff\x01a" + poll * 4
    yield "engine", "too-large", b"\0" + opened + b"".join(b"\x03\xffx" for _ in range(3)) + poll
    yield "engine", "says-nothing", b"\0\x00" + poll + b"\xec" * 3
    yield "engine", "pings-come-due", b"\x10" + opened + b"\xcc" * 3 + poll * 3
    for which in range(8):
        yield "engine", f"command-{which}", b"\x18" + opened + opened + talk + bytes([which << 5 | 15, 50]) + poll * 3 + b"\x4c"
    for error in range(8):
        for kind in (0, 1, 2, 3, 4):
            yield "engine", f"fails-{kind}-{error}", b"\0" + bytes([error << 5 | 14, kind]) + opened + bytes([error << 5 | 14, kind]) + talk + poll
    for name in REQUESTS:
        yield "engine", f"request-{name}", b"\0\x00" + raw(0, request(name)) + poll * 2 + raw(0, b"\0hi\xff") + poll + b"\x07" + poll * 2
    for number in range(10):
        data, kind = StreamMaker(chance, masked=True).stream()
        yield "engine", f"stream-{number}-{kind}", bytes([chance.randrange(64), 1, chance.randrange(8) << 5 | 13]) + raw(0, data[:1000]) + poll * 5


def tls_seeds():
    """Clients' first records for tls_fuzz, behind its four bytes of set-up (tests/fuzz/tls_fuzz.cpp)."""
    def counted(size, data):
        return len(data).to_bytes(size, "big") + data

    def extension(kind, data):
        return kind.to_bytes(2, "big") + counted(2, data)

    def record(kind, data):
        return bytes([kind, 3, 3]) + counted(2, data)

    def hello(extensions, version=0x0303, ciphers="1301 1302 1303 c02b c02f cca9"):
        body = version.to_bytes(2, "big") + bytes(range(32)) + counted(1, bytes(32)) + counted(2, bytes.fromhex(ciphers)) + b"\1\0"
        return b"\1" + counted(3, body + counted(2, extensions))
    name = extension(0, counted(2, b"\0" + counted(2, b"localhost")))
    groups = extension(10, counted(2, bytes.fromhex("001d 0017"))) + extension(11, b"\1\0")
    signatures = extension(13, counted(2, bytes.fromhex("0403 0804 0401")))
    protocols = extension(16, counted(2, counted(1, b"h2") + counted(1, b"http/1.1")))
    newest = extension(43, counted(1, bytes.fromhex("0304 0303"))) + extension(45, b"\1\1")
    share = extension(51, counted(2, bytes.fromhex("001d") + counted(2, bytes(range(1, 33)))))
    tls12 = name + groups + signatures + protocols + extension(23, b"") + extension(35, b"")
    bad_name = extension(0, counted(2, b"\0" + counted(2, b"local\0host")))
    change, alert = record(20, b"\1"), record(21, b"\2\x30")
    for what, data in {
            "tls12": record(22, hello(tls12)), "tls13": record(22, hello(tls12 + newest + share)),
            "tls13-retried": record(22, hello(tls12 + newest + extension(51, counted(2, b"")))),
            "tls10": record(22, hello(tls12, 0x0301)), "weak": record(22, hello(tls12, ciphers="000a 0005 0001")),
            "h2-only": record(22, hello(groups + signatures + extension(16, counted(2, counted(1, b"h2"))))),
            "bad-name": record(22, hello(bad_name + groups + signatures)),
            "alert": record(22, hello(tls12)) + alert, "changes": record(22, hello(tls12 + newest + share)) + change * 40,
            "key-exchange": record(22, hello(tls12)) + record(22, b"\x10" + counted(3, counted(1, bytes(32)))) + change + record(22, bytes(40)),
            "finished": record(22, hello(tls12 + newest + share)) + change + record(23, bytes(53)),
            "fragments": b"".join(record(22, bytes([byte])) for byte in hello(tls12)),
            "ssl2": bytes.fromhex("801c 01 0301 0003 0000 0010 010080") + bytes(16)}.items():
        for number, setup in enumerate(["00000000", "ff05ff13", "40010007"]):
            yield "tls", f"{what}-{number}", bytes.fromhex(setup) + data


def main():
    for old in here.glob("corpus/*/seed-*"):
        old.unlink()
    for target, name, data in seeds():
        folder = here / "corpus" / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"seed-{name}").write_bytes(data)


if __name__ == "__main__":
    main()
