"""The echo server over TLS, as curl, Python's TLS and bare sockets see it."""

import os
import signal
import subprocess
import unittest

from certificates import Authority
from programs import LOCAL_HOST, PATIENCE, Client, Server, connections_made, curl, program
from test_websocket import KEY, UPGRADE, VERSION, masked

REQUEST = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"


def setUpModule():
    global authority
    authority = Authority()


def tearDownModule():
    authority.end()


class Secure(unittest.TestCase):
    arguments = ()

    def setUp(self):
        self.chain, self.key = authority.issue("server")
        self.server = Server("echo_server", "--listen", "127.0.0.1:0", "--tls", self.chain, self.key, *self.arguments)
        self.addCleanup(self.server.__exit__)
        self.url = f"https://{self.server.address}"

    def curl(self, *arguments, octets=None):
        return curl("--cacert", authority.path("ca.pem"), *arguments, octets=octets)

    def client(self):
        return Client(self.server.address, authority.context())

    def stop(self):
        self.assertEqual(self.server.stop(), (0, ""))


class Echo(Secure):
    def test_curl(self):
        for version in [("--tlsv1.2", "--tls-max", "1.2"), ("--tlsv1.3",)]:
            with self.subTest(version):
                self.assertEqual(self.curl(*version, self.url + "/plaintext"), b"Hello, World!")
        trusted = ["--cacert", authority.path("ca.pem")]
        self.assertEqual(connections_made(*trusted, self.url, self.url), [b"1", b"0"])
        self.stop()

    def test_long_contents(self):
        content = os.urandom(5_000_000)
        sent = ["-X", "POST", "--data-binary", "@-", self.url + "/"]
        self.assertEqual(self.curl(*sent, octets=content), content)
        self.assertEqual(len(self.curl(self.url + "/stream?bytes=20000000")), 20_000_000)
        self.stop()

    def test_an_unknown_authority_is_not_trusted(self):
        with self.assertRaisesRegex(AssertionError, "certificate"):
            curl(self.url)
        self.stop()

    def test_http_on_this_port_is_told_so(self):
        answer = curl("--include", f"http://{self.server.address}/plaintext").decode()
        self.assertTrue(answer.startswith("HTTP/1.1 400 "), answer)
        self.assertIn("use https", answer)
        self.stop()

    def test_websocket(self):
        with self.client() as client:
            client.send(UPGRADE % b"/ws" + KEY + VERSION + b"\r\n")
            self.assertTrue(client.until(b"\r\n\r\n").startswith(b"HTTP/1.1 101 "))
            client.send(masked(0x81, b"Hello") * 3)
            self.assertEqual(client.exactly(21), b"\x81\x05Hello" * 3)
            client.send(masked(0x82, bytes(10_000)))
            self.assertEqual(client.exactly(10_004)[:4], b"\x82\x7e\x27\x10")
            client.send(masked(0x88, b"\x03\xe8"))
            self.assertEqual(client.exactly(4), b"\x88\x02\x03\xe8")
            # Python tells a close_notify from an end without one.
            self.assertTrue(client.has_ended())
        self.stop()

    def test_a_drain_ends_idle_connections_with_a_close_notify(self):
        with self.client() as client:
            self.assertEqual(client.ask(REQUEST)[2], b"Hello, World!")
            self.server.signal()
            self.assertTrue(client.has_ended())
        self.assertEqual(self.server.wait(), (0, ""))

    def test_a_hangup_renews_the_certificate(self):
        with self.client() as before:
            serial = before.socket.getpeercert()["serialNumber"]
            self.assertEqual(authority.issue("server"), (self.chain, self.key))
            self.server.signal(signal.SIGHUP)
            self.assertEqual(self.server.process.stdout.readline(), b"certificate renewed\n")
            with self.client() as after:
                self.assertNotEqual(after.socket.getpeercert()["serialNumber"], serial)
                self.assertEqual(after.ask(REQUEST)[0], 200)
            self.assertEqual(before.ask(REQUEST)[0], 200)
        self.stop()

    def test_a_bad_certificate_is_refused_and_the_old_stays(self):
        with open(self.chain, "w", encoding="ascii") as chain:
            chain.write("nonsense")
        self.server.signal(signal.SIGHUP)
        self.assertIn(b"TLS: ", self.server.process.stderr.readline())
        self.assertEqual(self.curl(self.url), b"OK")
        self.stop()


class Threads(Echo):
    arguments = ("--threads", "3")


class Kernel(Echo):
    """The kernel is asked to do the records; where it does not, as without its module, nobody notices."""

    arguments = ("--kernel-tls",)


class WebSocketClient(Secure):
    """ws_client by wss."""

    def say(self, *arguments, host=LOCAL_HOST):
        """What it prints and complains of, and its exit status."""
        *options, words = arguments
        url = f"wss://{host}:{self.server.address.rsplit(':', 1)[1]}/ws"
        done = subprocess.run([program("ws_client"), *options, url, *words], capture_output=True, timeout=PATIENCE, check=False)
        return done.stdout, done.stderr, done.returncode

    def test_it_hears_what_it_says(self):
        trusting = ["--ca", authority.path("ca.pem")]
        for options in [trusting, [*trusting, "--deflate"]]:
            for words in ["hello", "two words"], ["wireway " * 10_000]:
                heard = "".join(word + "\n" for word in words).encode()
                self.assertEqual(self.say(*options, words), (heard, b"", 0))
        self.assertEqual(self.say(*trusting, ["by address"], host="127.0.0.1"), (b"by address\n", b"", 0))
        self.stop()

    def test_whom_it_does_not_trust(self):
        authority.make_root("another")
        another = ["--ca", authority.path("another.pem")]
        for options in [[], another, [*another, "--autobahn"]]:
            said, complaint, status = self.say(*options, ["hello"])
            self.assertEqual((said, status), (b"", 1))
            self.assertIn(b"unknown issuer", complaint)
        self.stop()

    def test_a_server_of_another_name(self):
        self.assertEqual(authority.issue("server", "DNS:elsewhere.example"), (self.chain, self.key))
        self.server.signal(signal.SIGHUP)
        self.assertEqual(self.server.process.stdout.readline(), b"certificate renewed\n")
        said, complaint, status = self.say("--ca", authority.path("ca.pem"), ["hello"])
        self.assertEqual((said, status), (b"", 1))
        self.assertIn(b"name", complaint)
        self.stop()


class Clients(Secure):
    """Clients show certificates too."""

    def setUp(self):
        self.arguments = ("--client-ca", authority.path("ca.pem"))
        super().setUp()

    def test_a_certificate_is_asked_for(self):
        chain, key = authority.issue("client")
        self.assertEqual(self.curl("--cert", chain, "--key", key, self.url), b"OK")
        with self.assertRaises(AssertionError):
            self.curl(self.url)
        self.stop()


class Arguments(unittest.TestCase):
    def test_files_must_be_there(self):
        server = ["echo_server", "--listen", "127.0.0.1:0", "--tls", "/nowhere.pem", "/nowhere.key"]
        with self.assertRaisesRegex(AssertionError, "TLS: "):
            Server(*server)

    def test_the_kernels_tls_is_a_part_of_tls(self):
        with self.assertRaisesRegex(AssertionError, "usage: "):
            Server("echo_server", "--listen", "127.0.0.1:0", "--kernel-tls")


if __name__ == "__main__":
    unittest.main()
