"""HTTP, UDP and a timer on one loop."""

import socket
import unittest

from programs import PATIENCE, Client, Server, curl


class Loop(unittest.TestCase):
    def setUp(self):
        self.server = Server("loop_server", "127.0.0.1:0")
        self.addCleanup(self.server.__exit__)
        host, port = self.server.address.rsplit(":", 1)
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(self.udp.close)
        self.udp.settimeout(PATIENCE)
        self.udp.connect((host, int(port)))

    def echo(self, content):
        """Datagrams may get lost; on loopback they do not where few are under way."""
        self.udp.send(content)
        self.assertEqual(self.udp.recv(4096), content)

    def test_each_protocol_is_served_beside_the_other(self):
        with Client(self.server.address) as slow:
            slow.send(b"GET / HTTP/1.1\r\nHost: a\r\n")
            for number in range(50):
                self.echo(b"datagram %d" % number)
                self.assertRegex(curl(self.server.url), rb"^[0-9]+\n$")
            self.echo(b"")
            slow.send(b"\r\n")
            self.assertIn(b"200 OK", slow.until(b"\n"))

    def test_the_timer_comes_again_and_again(self):
        self.server.wait_until(lambda: int(curl(self.server.url)), 3)


if __name__ == "__main__":
    unittest.main()
