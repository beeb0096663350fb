"""python3-websockets."""

import asyncio
import unittest

import websockets

from support.contract import Contract
from support.server import Server
from support.tls_server import TlsServer


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


class PythonWebsockets(unittest.TestCase):
    def test_every_exchange(self):
        self.exchange(Server())

    def test_every_exchange_over_tls(self):
        server = TlsServer()
        self.exchange(server, ssl=server.context())

    def exchange(self, server, **options):
        async def open_client():
            return Client(await websockets.connect(server.url, max_size=1 << 25, ping_interval=None, **options))
        try:
            asyncio.run(Websockets(server, open_client).run())
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    unittest.main()
