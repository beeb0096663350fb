"""GNOME's libsoup 3, through its introspection."""

import asyncio
import threading
import unittest

import gi

gi.require_version("Soup", "3.0")
from gi.repository import GLib, Soup  # noqa: E402  (the version must be named first)

from support.contract import Contract  # noqa: E402
from support.server import Server  # noqa: E402


class Client:
    """libsoup lives in GLib's loop, on a thread of its own; the exchanges in asyncio's."""

    def __init__(self, loop, socket):
        self.loop = loop
        self.socket = socket
        self.extensions = ["permessage-deflate" for extension in socket.get_extensions()
                           if isinstance(extension, Soup.WebsocketExtensionDeflate)]
        self.messages = asyncio.Queue()
        self.ended = loop.create_future()
        socket.set_max_incoming_payload_size(1 << 25)
        socket.connect("message", self._on_message)
        socket.connect("closed", self._on_closed)

    def _on_message(self, _socket, kind, data):
        payload = data.get_data() or b""
        message = payload.decode() if kind == Soup.WebsocketDataType.TEXT else bytes(payload)
        self.loop.call_soon_threadsafe(self.messages.put_nowait, message)

    def _on_closed(self, socket):
        self.loop.call_soon_threadsafe(self.ended.set_result, socket.get_close_code())

    def _in_glib(self, call, *arguments):
        GLib.idle_add(lambda: call(*arguments) and False)

    async def send(self, data):
        kind = Soup.WebsocketDataType.TEXT if isinstance(data, str) else Soup.WebsocketDataType.BINARY
        payload = GLib.Bytes.new(data.encode() if isinstance(data, str) else data)
        self._in_glib(self.socket.send_message, kind, payload)

    async def next(self):
        message = asyncio.ensure_future(self.messages.get())
        await asyncio.wait({message, self.ended}, return_when=asyncio.FIRST_COMPLETED)
        assert message.done(), f"the connection ended with {self.ended.result()}"
        return message.result()

    async def close(self, code, reason):
        self._in_glib(self.socket.close, code, reason)

    async def wait_closed(self):
        return await asyncio.wait_for(asyncio.shield(self.ended), 20)


class Libsoup(unittest.TestCase):
    def test_every_exchange(self):
        server = Server()
        main = GLib.MainLoop()
        thread = threading.Thread(target=main.run)
        thread.start()
        session = Soup.Session()
        session.add_feature_by_type(Soup.WebsocketExtensionManager)

        async def open_client():
            loop = asyncio.get_running_loop()
            opened = loop.create_future()

            def done(_session, result):
                try:
                    client = Client(loop, session.websocket_connect_finish(result))
                    loop.call_soon_threadsafe(opened.set_result, client)
                except GLib.Error as problem:
                    loop.call_soon_threadsafe(opened.set_exception, problem)

            def connect():
                message = Soup.Message.new("GET", server.url)
                session.websocket_connect_async(message, None, None, GLib.PRIORITY_DEFAULT, None, done)
            GLib.idle_add(lambda: connect() and False)
            return await asyncio.wait_for(opened, 20)
        try:
            asyncio.run(Contract(server, open_client).run())
        finally:
            main.quit()
            thread.join()
            server.terminate()
            server.wait()


if __name__ == "__main__":
    unittest.main()
