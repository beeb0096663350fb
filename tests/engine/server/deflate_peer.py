"""Exchanges messages with an echoing server through python3-websockets, which has its own permessage-deflate.

Arguments: the server's URI, then one set of extension parameters for each connection, as in
"server_max_window_bits=10 client_no_context_takeover". Prints for each what was agreed on; ends with an error at
the first message that comes back as another one.
"""

import asyncio
import random
import sys

import websockets
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory


def factory(words):
    options = {"server_no_context_takeover": False, "client_no_context_takeover": False,
               "server_max_window_bits": None, "client_max_window_bits": None}
    for word in words.split():
        name, _, value = word.partition("=")
        options[name] = int(value) if value else True
    return ClientPerMessageDeflateFactory(**options)


def messages(chance):
    yield ""
    yield b""
    yield "Hello"
    yield "Hello"
    yield "\u00e4\u20ac\U0001f600" * 3000
    yield bytes(chance.randrange(256) for _ in range(20000))
    yield b"\0" * 1000000
    yield "".join(chance.choice(["jack", "field", " "]) for _ in range(200000))
    for _ in range(60):
        size = chance.choice([10, 1000, 1023, 1024, 5000, 70000])
        text = "".join(chance.choice("abcdefgh") for _ in range(size))
        yield text if chance.random() < 0.5 else text.encode()


async def exchange(uri, words):
    chance = random.Random(words)
    async with websockets.connect(uri, compression=None, extensions=[factory(words)], max_size=None) as socket:
        agreed = socket.response_headers.get("Sec-WebSocket-Extensions", "nothing")
        for message in messages(chance):
            await socket.send(message)
            if chance.random() < 0.2:
                await (await socket.ping())
            assert await socket.recv() == message, "another message came back"
        # In fragments: an iterable is sent as one message of many frames.
        parts = ["part %d " % i * 50 for i in range(20)]
        await socket.send(parts)
        assert await socket.recv() == "".join(parts), "another fragmented message came back"
        # Many at a time.
        batch = ["%d " % i * 600 for i in range(200)]
        for message in batch:
            await socket.send(message)
        for message in batch:
            assert await socket.recv() == message, "the order has changed"
    assert socket.close_code == 1000, socket.close_code
    print(agreed, flush=True)


async def main():
    for words in sys.argv[2:]:
        await asyncio.wait_for(exchange(sys.argv[1], words), 60)

asyncio.run(main())
