"""A server nested in the loop of libuv."""

import os
import tempfile
import unittest

from programs import Client, Server, curl

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Nested(unittest.TestCase):
    def test_it_greets_and_sleeps(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "socket")
            with Server("libuv_server", "unix:" + path, listens="unix:" + path) as server:
                arguments = ["--unix-socket", path, "--retry", "20", "--retry-delay", "0", "--retry-all-errors"]
                self.assertEqual(curl(*arguments, "http://a/"), b"Hello, World!")
                with Client(server.address) as client:
                    for _ in range(100):
                        self.assertEqual(client.ask(GET)[2], b"Hello, World!")
                    before = server.processor_ticks()
                    self.assertEqual(curl(*arguments, "--data", "x" * 100_000, "http://a/"), b"Hello, World!")
                    self.assertEqual(client.ask(GET)[2], b"Hello, World!")
                    self.assertLess(server.processor_ticks() - before, 100)


if __name__ == "__main__":
    unittest.main()
