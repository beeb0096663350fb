"""python3-websockets over TLS, with the development authority as the one that it trusts."""

import unittest

from support.websockets_client import exchange
from support.tls_server import TlsServer


class PythonWebsockets(unittest.TestCase):
    def test_every_exchange(self):
        server = TlsServer()
        exchange(server, ssl=server.context())


if __name__ == "__main__":
    unittest.main()
