"""Ten thousand connections over TLS 1.3, which were of use once and are idle."""

import os
import ssl
import unittest

from certificates import Authority
from frames import frame, masked, open_socket
from programs import Client, Server, raise_descriptor_limit
from test_crowd import CROWD, FORGETFUL, GET, HELLO


class SecureCrowd(unittest.TestCase):
    def setUp(self):
        limit = raise_descriptor_limit()
        if limit < CROWD + 100:
            self.skipTest(f"only {limit} descriptors are allowed; {CROWD + 100} are needed")
        authority = Authority()
        self.addCleanup(authority.end)
        self.certificate = authority.issue("server")
        self.context = authority.context()
        self.context.minimum_version = ssl.TLSVersion.TLSv1_3

    def cost(self, use):
        """What the server keeps for each connection after `use`, which makes one and answers it."""
        descriptors, first = [], CROWD // 10
        with Server("echo_server", "--listen", "127.0.0.1:0", "--tls", *self.certificate) as server:
            while len(descriptors) < CROWD:
                # The end of the SSL object says nothing to the server, and of the client the descriptor alone is left.
                descriptors.append(use(server).socket.detach())
                if len(descriptors) == first:
                    few = server.resident()
            each = (server.resident() - few) / (CROWD - first)
            for descriptor in descriptors:
                os.close(descriptor)
            self.assertEqual(server.stop(), (0, ""))
        return each

    def get(self, server):
        client = Client(server.address, self.context)
        self.assertEqual(client.ask(GET)[2], b"Hello, World!")
        return client

    def echo(self, server):
        client = open_socket(server, more=FORGETFUL, context=self.context)
        client.send(masked(0xC1, HELLO))
        self.assertEqual(frame(client), (0xC1, HELLO))
        return client

    def test_idle_connections_cost_little(self):
        for name, use in ("connection", self.get), ("WebSocket", self.echo):
            with self.subTest(name):
                each = self.cost(use)
                print(f"{each:.0f} octets for each idle {name} over TLS")
                self.assertLessEqual(each, 4608)


if __name__ == "__main__":
    unittest.main()
