"""A client over python3-aiohttp, as contract.py wants it."""

import asyncio

import aiohttp

from support.contract import Contract


class Client:
    """Reads in a task of its own: aiohttp answers pings only while somebody reads."""

    def __init__(self, socket):
        self.socket = socket
        self.extensions = ["permessage-deflate"] if socket.compress else []
        self.messages = asyncio.Queue()
        self.pongs = asyncio.Queue()
        self.code = None  # of the server's Close
        self.reader = asyncio.ensure_future(self._read())

    async def _read(self):
        while True:
            message = await self.socket.receive()
            if message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                self.messages.put_nowait(message.data)
            elif message.type == aiohttp.WSMsgType.PING:
                await self.socket.pong(message.data)
            elif message.type == aiohttp.WSMsgType.PONG:
                self.pongs.put_nowait(bytes(message.data))
            else:  # the end
                if message.type == aiohttp.WSMsgType.CLOSE:
                    self.code = message.data
                    await self.socket.close()
                return

    async def send(self, data):
        await (self.socket.send_str if isinstance(data, str) else self.socket.send_bytes)(data)

    async def next(self):
        message = asyncio.ensure_future(self.messages.get())
        await asyncio.wait({message, self.reader}, return_when=asyncio.FIRST_COMPLETED)
        assert message.done(), f"the connection ended with {self.socket.close_code}"
        return message.result()

    async def ping(self, payload):
        await self.socket.ping(payload)
        return await asyncio.wait_for(self.pongs.get(), 20)

    async def close(self, code, reason):
        # It waits for the server's Close only where nobody else is reading.
        self.reader.cancel()
        await asyncio.wait({self.reader})
        await self.socket.close(code=code, message=reason.encode())

    async def wait_closed(self):
        await asyncio.wait({self.reader}, timeout=20)
        # aiohttp says 1006 when it cannot answer the Close, since the stream ended right behind it.
        return self.code or self.socket.close_code


class Aiohttp(Contract):
    can_ping = True


def exchange(server, **options):
    """Everything; ends the server. `options` are those of a connection."""
    async def run():
        async with aiohttp.ClientSession() as session:
            async def open_client():
                return Client(await session.ws_connect(server.url, max_msg_size=1 << 25, autoping=False, autoclose=False, compress=15, **options))
            await Aiohttp(server, open_client).run()
    try:
        asyncio.run(run())
    finally:
        server.terminate()
        server.wait()
