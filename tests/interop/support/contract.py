"""What every Python client exchanges with the server.

A client is an object with the coroutines send(data), next() -> str or bytes, close(code, reason), wait_closed() -> code, the
attribute extensions, and, where it can, send_fragments(parts) and ping(payload) -> the pong's payload.
"""

import asyncio
import time

import random as chance

MIB = 1 << 20
random = chance.Random(1)


def text_of(size):
    return "a\u00e4\u20ac\U0001f600\0" * (size // 11 + 1)


async def echoes(client, data):
    await client.send(data)
    back = await client.next()
    assert type(back) is type(data), f"{type(back)} came back for {type(data)}"
    assert back == data, f"other {len(back)} bytes came back for {len(data)}"  # no diff of megabytes


class Contract:
    """`open()` gives a new client; `server` is a Server."""

    compresses = True
    can_fragment = False
    can_ping = False

    def __init__(self, server, open_client):
        self.server = server
        self.open = open_client

    async def run(self):
        """Every exchange; an AssertionError or the client's own exception where one fails."""
        waiting = await self.open()
        since = time.monotonic()
        if self.compresses and self.server.compresses:
            assert "permessage-deflate" in waiting.extensions, waiting.extensions
        else:
            assert not waiting.extensions, waiting.extensions
        await self.length_forms()
        await self.large_messages()
        await self.burst()
        if self.can_fragment:
            await self.fragments()
        if self.can_ping:
            await self.pings()
        await self.closes()
        await self.too_large()
        await asyncio.sleep(max(0, since + 5.5 - time.monotonic()))  # a second between pings, four for the pong
        await echoes(waiting, "still here")
        self.server.terminate()
        code = await waiting.wait_closed()
        assert code == 1001, f"closed with {code} when the server stopped"

    async def length_forms(self):
        client = await self.open()
        for size in (0, 1, 125, 126, 127, 65535, 65536):
            await echoes(client, "x" * size)
            await echoes(client, random.randbytes(size))
        await echoes(client, "k\u00f6ln \u4e1c\u4eac \U0001f600 \ufeff\uffff")
        await self.end(client, 1000, "")

    async def large_messages(self):
        client = await self.open()
        await echoes(client, text_of(MIB))
        await echoes(client, random.randbytes(4 * MIB))
        await echoes(client, b"jackfield " * (4 * MIB // 10))
        await echoes(client, random.randbytes(16 * MIB))
        await self.end(client, 3000, "large")

    async def burst(self):
        client = await self.open()
        messages = [f"text {i} " + "\u20ac" * (i % 50) if i % 3 else b"binary %d" % i for i in range(1000)]

        async def send_all():
            for message in messages:
                await client.send(message)
        sending = asyncio.ensure_future(send_all())
        for message in messages:
            assert await client.next() == message
        await sending
        await self.end(client, 1000, "")

    async def fragments(self):
        client = await self.open()
        await client.send_fragments(["Hel", "", "lo"])
        assert await client.next() == "Hello"
        parts = [random.randbytes(5000) for _ in range(300)]
        await client.send_fragments(parts)
        assert await client.next() == b"".join(parts)
        text = [text_of(20000) + str(i) for i in range(100)]
        await client.send_fragments(text)
        assert await client.next() == "".join(text)
        await self.end(client, 1000, "")

    async def pings(self):
        client = await self.open()
        for payload in (b"ping", b"\xff\x00", random.randbytes(125)):
            assert await client.ping(payload) == payload
        await self.end(client, 1000, "")

    async def closes(self):
        for code, reason in ((1000, ""), (1000, "done"), (3001, "k\u00f6ln \U0001f600"), (4999, "r" * 123)):
            client = await self.open()
            await echoes(client, "before")
            await self.end(client, code, reason)

    async def end(self, client, code, reason):
        await client.close(code, reason)
        told = await client.wait_closed()
        assert told == code, f"closed with {told} and not {code}"

    async def too_large(self):
        client = await self.open()
        sending = asyncio.ensure_future(client.send(random.randbytes(16 * MIB + 1)))
        code = await client.wait_closed()
        assert code == 1009, f"closed with {code} and not 1009"
        await asyncio.gather(sending, return_exceptions=True)  # the connection ended under it
