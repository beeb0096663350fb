"""A client over python3-websockets, as contract.py wants it."""

import asyncio

import websockets

from support.contract import Contract


class Client:
    def __init__(self, socket):
        self.socket = socket
        self.extensions = [extension.name for extension in socket.extensions]

    async def send(self, data):
        await self.socket.send(data)

    async def send_fragments(self, parts):
        await self.socket.send(parts)

    async def next(self):
        return await self.socket.recv()

    async def ping(self, payload):
        # Its waiter is found by the payload, so that its result is the proof.
        await asyncio.wait_for(await self.socket.ping(payload), 20)
        return payload

    async def close(self, code, reason):
        await self.socket.close(code, reason)

    async def wait_closed(self):
        await self.socket.wait_closed()
        return self.socket.close_code


class Websockets(Contract):
    can_fragment = True
    can_ping = True


def exchange(server, **options):
    """Everything; ends the server. `options` are those of a connection."""
    async def open_client():
        return Client(await websockets.connect(server.url, max_size=1 << 25, ping_interval=None, **options))
    try:
        asyncio.run(Websockets(server, open_client).run())
    finally:
        server.terminate()
        server.wait()
