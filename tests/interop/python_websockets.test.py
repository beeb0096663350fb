"""python3-websockets."""

import unittest

from support.websockets_client import exchange
from support.server import Server


class PythonWebsockets(unittest.TestCase):
    def test_every_exchange(self):
        exchange(Server())


if __name__ == "__main__":
    unittest.main()
