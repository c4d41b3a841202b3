"""The echo server behind a network that is slow, cuts and resets; over TLS in test_mangled_tls.py."""

import os
import subprocess
import unittest

from frames import masked, message, open_socket
from middle import mangler
from programs import LOCAL_HOST, PATIENCE, Client, Server, connections_made, curl, program

GET = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n"
CONTENT = os.urandom(100_000)
ROUNDS = 10


class Mangled(unittest.TestCase):
    scheme, context, options, trusted, trusting = "http", None, (), (), ()
    trickle = 1

    def setUp(self):
        self.server = Server("echo_server", "--listen", "127.0.0.1:0", *self.options)
        self.addCleanup(self.server.__exit__)
        self.before = self.descriptors()

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def stop(self):
        """Whoever has gone is forgotten, and the end is a good one."""
        self.server.wait_until(lambda: -self.descriptors(), -self.before)
        self.assertEqual(self.server.stop(), (0, ""))

    def client(self, server):
        return Client(server.address, self.context)

    def each_slow(self, check):
        """Runs a check on the way through each."""
        for rules in ["--trickle", self.trickle], ["--seed", 1, "--delay-ms", 4, "--trickle", 200]:
            with self.subTest(rules=rules), mangler(self.server.address, *rules) as slow:
                check(slow)
                self.assertEqual(slow.stop(), (0, ""))
        self.stop()

    def curl(self, slow, path, *options, octets=None):
        return curl(*self.trusted, *options, f"{self.scheme}://{slow.address}{path}", octets=octets)


class Slow(Mangled):
    """Octet by octet, and in pieces that come when they like, all is as it would be without a middleman."""

    def test_http(self):
        def check(slow):
            content, upload, url = CONTENT[:1000], ["--data-binary", "@-"], f"{self.scheme}://{slow.address}/"
            self.assertEqual(self.curl(slow, "/plaintext"), b"Hello, World!")
            self.assertEqual(self.curl(slow, "/", *upload, octets=content), content)
            self.assertEqual(self.curl(slow, "/", "-H", "Transfer-Encoding: chunked", *upload, octets=content), content)
            self.assertEqual(self.curl(slow, "/", "-H", "Expect: 100-continue", *upload, octets=content), content)
            self.assertEqual(self.curl(slow, "/stream?bytes=1000"), bytes(1000))
            self.assertEqual(connections_made(*self.trusted, url, url), [b"1", b"0"])

        self.each_slow(check)

    def test_a_pipeline(self):
        def check(slow):
            with self.client(slow) as client:
                client.send(GET * 10)
                for _ in range(10):
                    self.assertEqual(client.response()[2], b"Hello, World!")

        self.each_slow(check)

    def test_websocket(self):
        def check(slow):
            with open_socket(slow, context=self.context) as client:
                client.send(masked(0x89, b"ping") + masked(0x01, b"Hel") + masked(0x80, b"lo") + masked(0x82, CONTENT[:500]))
                self.assertEqual([message(client) for _ in range(3)], [(10, b"ping"), (1, b"Hello"), (2, CONTENT[:500])])
                client.send(masked(0x88, b"\x03\xe8"))
                self.assertEqual(client.exactly(4), b"\x88\x02\x03\xe8")
                self.assertTrue(client.has_ended())

        self.each_slow(check)

    def test_clients_of_this_library(self):
        def check(slow):
            at = f"{LOCAL_HOST}:{slow.address.rsplit(':', 1)[1]}"
            websocket = self.scheme.replace("http", "ws")
            for command, expected in [
                (["https_get", *self.trusting, f"{self.scheme}://{at}/stream?bytes=1000"], bytes(1000)),
                (["ws_client", *self.trusting, f"{websocket}://{at}/ws", "hello", "x" * 300], b"hello\n" + b"x" * 300 + b"\n"),
            ]:
                done = subprocess.run([program(command[0]), *command[1:]], capture_output=True, timeout=PATIENCE, check=False)
                self.assertEqual((done.stdout, done.stderr, done.returncode), (expected, b"", 0))

        self.each_slow(check)


class Broken(Mangled):
    """Connections that end anywhere: whoever is beside them is served, and nothing is left of them."""

    def upload(self, server):
        with self.client(server) as client:
            return client.ask(POST + CONTENT)[2]

    def echo(self, server):
        with open_socket(server, context=self.context) as client:
            client.send(masked(0x82, CONTENT))
            return message(client)[1]

    def download(self, server):
        with self.client(server) as client:
            client.send(b"GET /stream?bytes=100000 HTTP/1.1\r\nHost: a\r\n\r\n")
            return client.until(b"\r\n0\r\n\r\n")

    def assert_broken(self, *rules):
        """Beside an innocent client, which has one connection all the while and asks between two guilty ones."""
        with self.client(self.server) as innocent, mangler(self.server.address, *rules) as broken:
            for number in range(ROUNDS):
                for exchange in self.upload, self.echo, self.download:
                    with self.assertRaises((OSError, EOFError), msg=number):
                        exchange(broken)
                    self.assertEqual(innocent.ask(GET)[2], b"Hello, World!")
            self.assertEqual(innocent.ask(POST + CONTENT)[2], CONTENT)
            self.assertEqual(broken.stop(), (0, ""))
        self.assertEqual(self.upload(self.server), CONTENT)
        self.stop()

    def test_cuts(self):
        self.assert_broken("--seed", 1, "--down", "--cut-after", 90_000)

    def test_cuts_of_what_the_client_sends(self):
        self.assert_broken("--seed", 2, "--up", "--cut-after", 2_000, "--down", "--cut-after", 90_000)

    def test_resets(self):
        self.assert_broken("--seed", 3, "--down", "--reset-after", 90_000)

    def test_resets_of_what_the_client_sends(self):
        self.assert_broken("--seed", 4, "--up", "--reset-after", 2_000, "--down", "--reset-after", 90_000)

    def test_all_at_once(self):
        self.assert_broken("--seed", 5, "--delay-ms", 3, "--up", "--cut-after", 90_000, "--down", "--reset-after", 50_000)


if __name__ == "__main__":
    unittest.main()
