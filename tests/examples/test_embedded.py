"""Connections in a loop of one's own: libuv_conn, or asio_conn."""

import os
import pathlib
import socket
import unittest

from frames import masked, message, open_socket
from programs import Client, Server, connections_made, curl, curl_head

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
PROGRAM = {"examples-libuv": "libuv_conn", "examples-asio": "asio_conn"}[pathlib.Path(os.environ["EXAMPLES"]).name]


class Connections(unittest.TestCase):
    def setUp(self):
        self.server = Server(PROGRAM, "127.0.0.1:0")
        self.addCleanup(self.server.__exit__)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def test_http(self):
        url = self.server.url
        self.assertEqual(curl(url), b"Hello, World!")
        self.assertEqual(curl("--data-binary", "@-", url, octets=b"x" * 3_000_000), b"Hello, World!")
        self.assertEqual(connections_made(url, url, url), [b"1", b"0", b"0"])
        status, fields = curl_head("--head", url)
        self.assertEqual((status, "date" in fields), (200, True))
        with Client(self.server.address) as client:
            client.send(GET * 1000)
            for _ in range(1000):
                self.assertEqual(client.response()[2], b"Hello, World!")
            self.assertEqual(client.ask(b"GET / HTTP/1.1\r\n\r\n")[0], 400)
            self.assertTrue(client.has_ended())

    def test_websocket(self):
        with open_socket(self.server, b"/") as client:
            for payload in b"", b"hello", bytes(200_000):
                client.send(masked(0x82, payload))
                self.assertEqual(message(client), (2, payload))
            client.send(masked(0x88, b"\x03\xe8"))
            self.assertEqual(client.exactly(4), b"\x88\x02\x03\xe8")
            self.assertTrue(client.has_ended())

    def test_a_peer_that_does_not_read_is_not_read_for_ever(self):
        with open_socket(self.server, b"/") as slow:
            slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 12)
            slow.socket.setblocking(False)
            octets, sent = masked(0x82, b"x" * 60_000), 0
            with self.assertRaises(BlockingIOError):  # neither reads any more
                while sent < 100 << 20:
                    sent += slow.socket.send(octets)
            before = self.server.processor_ticks()
            self.assertEqual(curl(self.server.url), b"Hello, World!")
            self.assertLess(self.server.processor_ticks() - before, 100)

    def test_whoever_leaves_is_closed(self):
        before = self.descriptors()
        for _ in range(20):
            with Client(self.server.address) as client:
                client.send(GET[:10])
        with Client(self.server.address) as client:
            client.send(GET)
            client.socket.shutdown(socket.SHUT_WR)
            self.assertEqual(client.response()[2], b"Hello, World!")
            self.assertTrue(client.has_ended())
        self.server.wait_until(lambda: -self.descriptors(), -before)


if __name__ == "__main__":
    unittest.main()
