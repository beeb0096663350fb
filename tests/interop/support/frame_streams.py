"""Streams of WebSocket frames made by chance, valid ones and ones with a fault, the same for the same seed."""

import struct
import zlib

CHARACTERS = ["a", "z", " ", "\0", "\x7f", "\xe4", "\u07ff", "\u0800", "\u20ac", "\ud7ff", "\ue000", "\ufeff", "\uffff",
              "\U00010000", "\U0001f600", "\U0010ffff"]
NO_TEXT = [b"\xff", b"\xfe", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xe0\x9f\xbf", b"\xed\xa0\x80", b"\xed\xbf\xbf",
           b"\xf0\x80\x80\x80", b"\xf0\x8f\xbf\xbf", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\x80", b"\xbf", b"\xe2\x82",
           b"\xf0\x9f\x98", b"\xc3", b"\xe2\x28\xa1", b"\xf8\x88\x80\x80\x80"]
LEGAL_CODES = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 3000, 3999, 4000, 4999]
ILLEGAL_CODES = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535]


class StreamMaker:
    """`masked`: as a client sends (fed to a server), else as a server sends.

    `compresses`: most messages are compressed, with the window kept from one to the next when `keeps_window`.
    """

    def __init__(self, random, masked, compresses=False, keeps_window=True):
        self.random = random
        self.masked = masked
        self.compresses = compresses
        self.keeps_window = keeps_window
        self.compressor = None

    def compressed(self, payload):
        """RFC 7692 section 7.2.1."""
        if self.compressor is None or not self.keeps_window:
            self.compressor = zlib.compressobj(self.random.choice([1, 6, 9]), zlib.DEFLATED, -15)
        data = self.compressor.compress(payload) + self.compressor.flush(zlib.Z_SYNC_FLUSH)
        if self.random.random() < 0.02 and data:
            at = self.random.randrange(len(data))
            data = data[:at] + bytes([data[at] ^ 1 << self.random.randrange(8)]) + data[at + 1:]
        return data[:-4]

    def frame(self, first, payload, masked=None, form=None, length=None):
        """`form`: 7, 16 or 64 bits of length; None: the shortest. `length`: what is announced instead of the truth."""
        masked = self.masked if masked is None else masked
        length = len(payload) if length is None else length
        form = form or (7 if length < 126 else 16 if length < 65536 else 64)
        bit = 0x80 if masked else 0
        head = bytes([first])
        if form == 7:
            head += bytes([bit | length])
        elif form == 16:
            head += bytes([bit | 126]) + struct.pack("!H", length)
        else:
            head += bytes([bit | 127]) + struct.pack("!Q", length)
        if not masked:
            return head + payload
        key = self.random.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", self.random.randbytes(4), self.random.randbytes(4)])
        return head + key + bytes(b ^ key[i % 4] for i, b in enumerate(payload))

    def size(self):
        roll = self.random.random()
        if roll < 0.6:
            return self.random.randrange(40)
        if roll < 0.9:
            return self.random.choice([0, 1, 124, 125, 126, 127, 128, 200, 500])
        return self.random.choice([4095, 4096, 65535, 65536]) if roll > 0.995 else self.random.randrange(2000)

    def text(self):
        wanted = self.size()
        text = ""
        while len(text) < wanted:
            text += self.random.choice(CHARACTERS) * self.random.choice([1, 1, 1, 9])
        return text[:wanted].encode()

    def control(self):
        return self.frame(self.random.choice([0x89, 0x8A]), self.random.randbytes(min(self.size(), 125)))

    def message(self):
        """The frames of one message, fragmented as it comes, with control frames between."""
        is_text = self.random.random() < 0.6
        payload = self.text() if is_text else self.random.randbytes(self.size())
        if is_text and self.random.random() < 0.05:
            at = self.random.randrange(len(payload) + 1)
            payload = payload[:at] + self.random.choice(NO_TEXT) + payload[at:]
        is_compressed = self.compresses and self.random.random() < 0.8
        if is_compressed:
            payload = self.compressed(payload)
        cuts = sorted(self.random.randrange(len(payload) + 1) for _ in range(self.random.choice([0, 0, 1, 2, 5])))
        frames = []
        for number, (start, end) in enumerate(zip([0] + cuts, cuts + [len(payload)])):
            # wsproto 1.2 forgets behind a control frame that the message under way is compressed.
            while self.random.random() < 0.2 and not (is_compressed and number):
                frames.append(self.control())
            opcode = 0 if number else (1 if is_text else 2) | (0x40 if is_compressed else 0)
            frames.append(self.frame(opcode | (0x80 if number == len(cuts) else 0), payload[start:end]))
        return frames

    def close(self):
        roll = self.random.random()
        if roll < 0.2:
            return self.frame(0x88, b"")
        codes = LEGAL_CODES if roll < 0.8 else ILLEGAL_CODES + [self.random.randrange(65536)]
        reason = self.text()[:100].decode(errors="ignore").encode()
        if roll > 0.97:
            reason = self.random.choice(NO_TEXT)
        return self.frame(0x88, struct.pack("!H", self.random.choice(codes)) + reason)

    def fault(self):
        """One frame that is wrong in some way, or in its place."""
        payload = self.random.randbytes(self.random.choice([0, 1, 5, 125]))
        kind = self.random.randrange(9)
        if kind == 0:
            # No bytes at all cannot be a compressed message, strictly; the codec takes them for an empty one.
            return self.frame(0x81 | self.random.randrange(1, 8) << 4, payload or b"x")
        if kind == 1:
            return self.frame(0x80 | self.random.choice([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]), payload)
        if kind == 2:
            return self.frame(0x82, payload, masked=not self.masked)
        if kind == 3:
            return self.frame(self.random.choice([0x08, 0x09, 0x0A]), payload)
        if kind == 4:
            return self.frame(self.random.choice([0x88, 0x89, 0x8A]), self.random.randbytes(126))
        if kind == 5:
            return self.frame(self.random.choice([0x00, 0x80]), payload)
        if kind == 6:
            return self.frame(0x82, payload, form=self.random.choice([16, 64]))
        if kind == 7:
            return self.frame(0x82, payload, form=64, length=self.random.choice([1 << 63, (1 << 64) - 1]))
        return self.frame(0x88, b"x")

    def stream(self):
        """(bytes, kind)."""
        kind = self.random.choice(["valid", "valid", "fault", "fault", "flipped", "cut", "shuffled", "noise"])
        frames = []
        for _ in range(self.random.randrange(1, 7)):
            frames += self.message()
        if self.random.random() < 0.5:
            frames.append(self.close())
        if kind == "fault":
            frames.insert(self.random.randrange(len(frames) + 1), self.fault())
        elif kind == "shuffled" and not self.compresses:  # or control frames would come to stand there, too
            self.random.shuffle(frames)
        data = bytearray(b"".join(frames))
        if kind == "flipped":
            for _ in range(self.random.randrange(1, 4)):
                data[self.random.randrange(min(len(data), 200))] ^= 1 << self.random.randrange(8)
        elif kind == "cut":
            del data[self.random.randrange(len(data)):]
        elif kind == "noise":
            data += self.random.randbytes(self.random.randrange(1, 60))
        return bytes(data), kind
