"""What the workers of stream_worker send, to peers that read and to peers that do not."""

import socket
import unittest

from programs import Client, Server, curl, curl_head

LINES = b"".join(b"%d\n" % number for number in range(1, 200_001))
GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Stream(unittest.TestCase):
    def setUp(self):
        self.server = Server("stream_worker", "127.0.0.1:0")
        self.addCleanup(self.server.__exit__)

    def test_all_lines_come(self):
        self.assertEqual(curl(self.server.url), LINES)
        self.assertEqual(curl("--http1.0", self.server.url), LINES)
        self.assertEqual(curl("--data", "x", self.server.url), LINES)
        self.assertEqual(curl_head("--head", self.server.url)[0], 200)

    def test_who_does_not_read_holds_up_nobody_else(self):
        with Client(self.server.address) as slow:
            slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 12)
            slow.send(GET)
            for _ in range(3):
                self.assertEqual(curl(self.server.url), LINES)
            content = slow.until(b"\r\n0\r\n\r\n")
            self.assertTrue(content.startswith(b"HTTP/1.1 200"))
            self.assertGreater(len(content), len(LINES))

    def test_who_leaves_ends_the_worker(self):
        before = self.server.told("Threads")
        for _ in range(5):
            with Client(self.server.address) as client:
                client.send(GET)
                client.until(b"\r\n100\n")
        self.server.wait_until(lambda: -self.server.told("Threads"), -before)
        self.assertEqual(curl(self.server.url), LINES)


if __name__ == "__main__":
    unittest.main()
