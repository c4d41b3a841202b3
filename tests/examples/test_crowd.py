"""Ten thousand connections."""

import unittest

from programs import Client, Server, raise_descriptor_limit

CROWD = 10_000
GET = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"
CONTENT = b"x" * 10_000
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n"


class Crowd(unittest.TestCase):
    def test_idle_connections_cost_little(self):
        limit = raise_descriptor_limit()
        if limit < CROWD + 100:
            self.skipTest(f"only {limit} descriptors are allowed; {CROWD + 100} are needed")
        with Server("echo_server", "--listen", "127.0.0.1:0") as server:
            empty = server.resident()
            clients = [Client(server.address) for _ in range(CROWD)]
            for request, content in [(GET, b"Hello, World!"), (POST + CONTENT, CONTENT)]:
                for client in clients:
                    client.send(request)
                for client in clients:
                    self.assertEqual(client.response()[2], content)
            each = (server.resident() - empty) / CROWD
            print(f"{each:.0f} octets for each idle connection")
            self.assertLess(each, 2048)
            for client in clients:
                client.socket.close()
            self.assertEqual(server.stop(), (0, ""))
