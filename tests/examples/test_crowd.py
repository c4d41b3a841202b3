"""Ten thousand connections."""

import os
import unittest

from frames import frame, masked, open_socket
from programs import Client, Server, raise_descriptor_limit

CROWD = 10_000
GET = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"
CONTENT = b"x" * 10_000
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n"

FORGETFUL = b"Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"
# What a connection costs includes what the C library's allocator needs itself.
IDLE_MAX = int(os.environ.get("WIREWAY_IDLE_MAX", 256))
HELLO = bytes.fromhex("f248cdc9c90700")


class Crowd(unittest.TestCase):
    def setUp(self):
        limit = raise_descriptor_limit()
        if limit < CROWD + 100:
            self.skipTest(f"only {limit} descriptors are allowed; {CROWD + 100} are needed")

    def test_idle_websockets_share_their_codecs(self):
        """Each has agreed on permessage-deflate without context takeover and had a message: nothing of that stays with it."""
        clients, first = [], CROWD // 10
        with Server("echo_server", "--listen", "127.0.0.1:0") as server:
            while len(clients) < CROWD:
                clients.append(open_socket(server, more=FORGETFUL))
                clients[-1].send(masked(0xC1, HELLO))
                self.assertEqual(frame(clients[-1]), (0xC1, HELLO))
                if len(clients) == first:
                    few = server.resident()
            each = (server.resident() - few) / (CROWD - first)
            print(f"{each:.0f} octets for each idle WebSocket")
            self.assertLessEqual(each, IDLE_MAX)
            for client in clients:
                client.socket.close()
            self.assertEqual(server.stop(), (0, ""))

    def test_idle_connections_cost_little(self):
        with Server("echo_server", "--listen", "127.0.0.1:0") as server:
            empty = server.resident()
            clients = []
            # Each asks as soon as it is there, and goes on with the second as soon as it has the first: the server's clocks end those that do not.
            for _ in range(CROWD):
                clients.append(Client(server.address))
                self.assertEqual(clients[-1].ask(GET)[2], b"Hello, World!")
                self.assertEqual(clients[-1].ask(POST + CONTENT)[2], CONTENT)
            each = (server.resident() - empty) / CROWD
            print(f"{each:.0f} octets for each idle connection")
            self.assertLess(each, 2048)
            for client in clients:
                client.socket.close()
            self.assertEqual(server.stop(), (0, ""))
