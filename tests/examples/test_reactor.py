"""The reactor: its own UDP sockets, watched by the loop."""

import os
import signal
import socket
import unittest

from programs import PATIENCE, Server


class Reactor(unittest.TestCase):
    def start(self, *addresses):
        """The server, and a client for each of its addresses."""
        server = Server("reactor_udp_echo", *addresses)
        self.addCleanup(server.__exit__)
        lines = [server.process.stdout.readline().decode() for _ in addresses[1:]]
        bound = [server.address] + [line.removeprefix("listening on ").strip() for line in lines]
        return server, [self.client(address) for address in bound]

    def client(self, address):
        host, port = address.rsplit(":", 1)
        client = socket.socket(socket.AF_INET6 if "[" in host else socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(client.close)
        client.settimeout(PATIENCE)
        client.connect((host.strip("[]"), int(port)))
        return client

    def test_each_socket_sends_back_what_it_gets(self):
        addresses = ["127.0.0.1:0"] * 14 + (["[::1]:0"] if os.path.exists("/proc/net/if_inet6") else [])
        _, clients = self.start(*addresses)
        for size in 1, 0, 1472, 60_000:
            contents = [os.urandom(size) for _ in clients]
            for client, content in zip(clients, contents):
                client.send(content)
            for client, content in zip(clients, contents):
                self.assertEqual(client.recv(1 << 16), content)

    def test_more_than_it_takes_in_a_turn(self):
        """All of them lie in its socket before it goes on."""
        server, clients = self.start("127.0.0.1:0", "127.0.0.1:0")
        server.signal(signal.SIGSTOP)
        for number in range(150):
            clients[0].send(b"%d" % number)
        clients[1].send(b"beside")
        server.signal(signal.SIGCONT)
        self.assertEqual(clients[1].recv(100), b"beside")
        self.assertEqual([clients[0].recv(100) for _ in range(150)], [b"%d" % number for number in range(150)])

    def test_it_sleeps_when_nothing_comes(self):
        server, (client,) = self.start("127.0.0.1:0")
        client.send(b"x")
        self.assertEqual(client.recv(1), b"x")
        spent = server.processor_ticks()
        client.settimeout(0.5)
        with self.assertRaises(socket.timeout):
            client.recv(1)
        self.assertLess(server.processor_ticks() - spent, 20)

    def test_signals_end_it_well(self):
        for number in signal.SIGINT, signal.SIGTERM:
            server, _ = self.start("127.0.0.1:0")
            server.signal(number)
            self.assertEqual(server.wait(), (0, ""))

    def test_addresses_that_it_does_not_take(self):
        for addresses, said in [(["127.0.0.1:0"] * 16, "too many"), (["unix:/nowhere"], "unix:/nowhere: "), ([], "usage: ")]:
            with self.subTest(said), self.assertRaisesRegex(AssertionError, said):
                server = Server("reactor_udp_echo", *addresses)
                self.addCleanup(server.__exit__)
                raise AssertionError(server.wait()[1])  # the addresses before the wrong one are told


if __name__ == "__main__":
    unittest.main()
