"""Ten thousand connections."""

import unittest

from programs import Client, Server, raise_descriptor_limit

CROWD = 10_000
GET = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"


class Crowd(unittest.TestCase):
    def test_idle_connections_cost_little(self):
        limit = raise_descriptor_limit()
        if limit < CROWD + 100:
            self.skipTest(f"only {limit} descriptors are allowed; {CROWD + 100} are needed")
        with Server("echo_server", "--listen", "127.0.0.1:0") as server:
            empty = server.resident()
            clients = [Client(server.address) for _ in range(CROWD)]
            for _ in range(2):
                for client in clients:
                    client.send(GET)
                for client in clients:
                    self.assertEqual(client.response()[2], b"Hello, World!")
            each = (server.resident() - empty) / CROWD
            print(f"{each:.0f} octets for each idle connection")
            self.assertLess(each, 2048)
            for client in clients:
                client.socket.close()
            self.assertEqual(server.stop(), (0, ""))
