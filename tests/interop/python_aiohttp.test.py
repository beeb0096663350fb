"""python3-aiohttp."""

import unittest

from support.aiohttp_client import exchange
from support.server import Server


class PythonAiohttp(unittest.TestCase):
    def test_every_exchange(self):
        exchange(Server())


if __name__ == "__main__":
    unittest.main()
