"""Random streams of frames through the codec and through wsproto, an implementation that shares nothing with it.

Both must say the same: every message, ping and pong in order, and how it ends. Where they may differ, in full:

* 1014 (bad gateway) may be sent since it stands in IANA's registry; wsproto takes it for reserved.
* A length beyond the limit for a message is refused at the header (1009); wsproto has no limit and waits.
* A compressed message that ends in the middle of a block is broken (1007); wsproto takes what there is of it.
* A final block (BFINAL) ends a part of a message, RFC 7692 section 7.2.3.4; wsproto takes nothing more from then on.
* A frame out of sequence is that (1002) before anything of it is inflated; wsproto inflates it first and may find a fault there.
* A fault is told at the byte that makes it certain. wsproto waits for the whole header, for a byte of payload, or, in a
  control frame, for all of it: where the stream ends before that, it says nothing.

What the codec writes is read by wsproto in the opposite role and must be what was read before.
"""

import json
import os
import random
import struct
import subprocess
import sys
import unittest

from wsproto.connection import Connection, ConnectionType
from wsproto.events import BytesMessage, CloseConnection, Ping, Pong, TextMessage
from wsproto.extensions import PerMessageDeflate

from support.frame_streams import StreamMaker

STREAMS = int(os.environ.get("JACKFIELD_DIFFERENTIAL_STREAMS", "4000"))
LONGEST_WAIT = 14 + 125  # bytes after which wsproto has seen what it waits for
CLIENT, DEFLATE, NO_TAKEOVER = 1, 2, 4  # what a role is made of


class FinalBlock(Exception):
    pass


class Deflate(PerMessageDeflate):
    def frame_inbound_payload_data(self, proto, data):
        result = super().frame_inbound_payload_data(proto, data)
        if self._decompressor is not None and self._decompressor.eof:
            raise FinalBlock
        return result


def said_by_wsproto(data, role, pieces):
    """What wsproto says of the stream; its own failures as ["violation", code], where it gives up as ["final block"]."""
    said = []
    try:
        listen_to_wsproto(data, role, pieces, said)
    except FinalBlock:
        said.append(["final block"])
    return said


def listen_to_wsproto(data, role, pieces, said):
    extensions = []
    if role & DEFLATE:
        extensions.append(Deflate())
        takeover = "; client_no_context_takeover; server_no_context_takeover" if role & NO_TAKEOVER else ""
        extensions[0].finalize("permessage-deflate" + takeover)
    connection = Connection(ConnectionType.CLIENT if role & CLIENT else ConnectionType.SERVER, extensions)
    parts = []
    for piece in pieces(data):
        connection.receive_data(piece)
        for event in connection.events():
            if isinstance(event, (TextMessage, BytesMessage)):
                is_text = isinstance(event, TextMessage)
                parts.append(event.data.encode() if is_text else bytes(event.data))
                if event.message_finished:
                    said.append(["text" if is_text else "binary", b"".join(parts).hex()])
                    parts = []
            elif isinstance(event, Ping):
                said.append(["ping", bytes(event.payload).hex()])
            elif isinstance(event, Pong):
                said.append(["pong", bytes(event.payload).hex()])
            elif isinstance(event, CloseConnection):
                # A Close that came leaves it waiting for ours; its own failure leaves its state as it was.
                if connection.state.name == "REMOTE_CLOSING":
                    said.append(["close", int(event.code), (event.reason or "").encode().hex()])
                else:
                    said.append(["violation", int(event.code)])
                return


def whole(data):
    return [data]


def in_pieces_of(size):
    return lambda data: [data[at:at + size] for at in range(0, len(data), size)]


def listed_difference(ours, theirs, at, length, is_compressed):
    """The name of the listed place where the two may differ, or None."""
    if theirs[-1:] == [["final block"]] and theirs[:-1] == ours[:len(theirs) - 1]:
        return "final block"
    if not ours or ours[:-1] != theirs[:len(ours) - 1]:
        return None
    last, rest = ours[-1], theirs[len(ours) - 1:]
    if last[0] == "close" and last[1] == 1014 and rest == [["violation", 1002]]:
        return "1014"
    if last == ["violation", 1009]:
        return "limit"
    if last == ["violation", 1007] and is_compressed and (not rest or rest[0][0] in ("text", "binary")):
        return "cut block"
    if last == ["violation", 1002] and is_compressed and rest == [["violation", 1007]]:
        return "sequence"
    if last[0] == "violation" and not rest and length - at < LONGEST_WAIT:
        return "earlier"
    return None


class Differential(unittest.TestCase):
    def run_codec(self, streams):
        """Each of `streams` is (bytes, role, piece, fragments)."""
        sent = b"".join(struct.pack("<IBII", len(data), role, piece, fragments) + data for data, role, piece, fragments in streams)
        done = subprocess.run([os.environ["JACKFIELD_CODEC_TRANSCRIPT"]], input=sent, stdout=subprocess.PIPE, check=True, timeout=100)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(lines), len(streams))
        return lines

    def test_both_say_the_same_of_every_stream(self):
        chance = random.Random(6455)
        streams, kinds = [], []
        for number in range(STREAMS):
            role = number % 2 | chance.choice([0, DEFLATE, DEFLATE | NO_TAKEOVER])
            maker = StreamMaker(chance, masked=not role & CLIENT, compresses=bool(role & DEFLATE), keeps_window=not role & NO_TAKEOVER)
            data, kind = maker.stream()
            streams.append((data, role, chance.choice([1, 2, 3, 7, 64, 1 << 30]), chance.choice([1, 1, 2, 3, 8])))
            kinds.append(kind)
        seen = {}
        for (data, role, piece, fragments), kind, line in zip(streams, kinds, self.run_codec(streams)):
            ours = line["said"]
            pieces = whole if len(data) > 3000 or chance.random() < 0.7 else in_pieces_of(chance.choice([1, 5]))
            theirs = said_by_wsproto(data, role, pieces)
            if ours != theirs:
                difference = listed_difference(ours, theirs, line["at"], len(data), bool(role & DEFLATE))
                self.assertIsNotNone(difference, f"{kind}, role {role}, pieces of {piece}: {data.hex()}\nours:   {ours}\ntheirs: {theirs}")
                seen[difference] = seen.get(difference, 0) + 1
            seen[kind] = seen.get(kind, 0) + 1
            for what in ours:
                name = " ".join(map(str, what[:2])) if what[0] == "violation" else what[0]
                seen[name] = seen.get(name, 0) + 1
            # The codec's own frames, in the other role.
            expected = [["pong", what[1]] if what[0] == "ping" else what for what in ours if what[0] not in ("pong", "violation")]
            again = said_by_wsproto(bytes.fromhex(line["echo"]), role ^ CLIENT, whole)
            if ["close", 1014] == (expected[-1][:2] if expected else None):
                expected[-1] = ["violation", 1002]
            self.assertEqual(again, expected)
        print(seen, file=sys.stderr)
        for needed in ("violation 1002", "violation 1007", "close", "text", "binary", "ping", "pong"):
            self.assertGreater(seen.get(needed, 0), STREAMS // 200, f"the streams hold too few of {needed}")
        # What may differ is rare, or the comparison would be about nothing.
        self.assertLess(sum(seen.get(name, 0) for name in ("1014", "limit", "earlier", "cut block", "final block", "sequence")), STREAMS // 5)


if __name__ == "__main__":
    unittest.main()
