"""The echo server over TLS, and peers whose records or hellos it refuses: the alert reaches them before the end."""

import socket
import ssl
import unittest

from certificates import Authority
from programs import PATIENCE, Client, Server

RECORD_OVERFLOW, DECODE_ERROR = 22, 50
REQUEST = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"


def setUpModule():
    global authority
    authority = Authority()


def tearDownModule():
    authority.end()


def header(kind, size):
    return bytes([kind, 3, 3]) + size.to_bytes(2, "big")


class Alerts(unittest.TestCase):
    arguments = ()

    def setUp(self):
        self.server = Server("echo_server", "--listen", "127.0.0.1:0", "--tls", *authority.issue("server"), *self.arguments)
        self.addCleanup(self.server.__exit__)

    def connect(self):
        host, port = self.server.address.rsplit(":", 1)
        return socket.create_connection((host, int(port)), timeout=PATIENCE)

    def stop(self):
        """Others were served all the while."""
        with Client(self.server.address, authority.context()) as other:
            self.assertEqual(other.ask(REQUEST)[2], b"Hello, World!")
        self.assertEqual(self.server.stop(), (0, ""))

    def assert_alert(self, octets, alert):
        """In the clear, alone, and whole."""
        with self.connect() as peer:
            peer.sendall(octets)
            answer = b""
            while part := peer.recv(1 << 16):
                answer += part
        self.assertEqual(answer, b"\x15\x03\x03\x00\x02\x02" + bytes([alert]))

    def test_a_long_record_before_the_handshake(self):
        for size in 16_385, 18_432, 18_433, 65_535:
            for content in b"", b"\x01\x00\xff\xf0\x03\x03" + bytes(size - 6):
                with self.subTest(size=size, content=len(content)):
                    self.assert_alert(header(22, size) + content, RECORD_OVERFLOW)
        self.stop()

    def test_a_hello_that_is_too_long(self):
        for size in 0x010000, 0xFFFFFF:
            hello = b"\x01" + size.to_bytes(3, "big") + b"\x03\x03" + bytes(10)
            self.assert_alert(header(22, len(hello)) + hello, DECODE_ERROR)
            spread = b"".join(header(22, 1) + bytes([octet]) for octet in hello)
            self.assert_alert(spread, DECODE_ERROR)
            # With all that may follow on the way.
            self.assert_alert(header(22, len(hello)) + hello + (header(22, 16_384) + bytes(16_384)) * 2, DECODE_ERROR)
        self.stop()

    def end_after(self, version, octets):
        """What OpenSSL says of the end of a connection on which these octets follow the handshake."""
        context = authority.context()
        context.minimum_version = context.maximum_version = version
        come, go = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(come, go, server_hostname="localhost")
        with self.connect() as peer:

            def until_done(step):
                while True:
                    try:
                        return step()
                    except ssl.SSLWantReadError:
                        peer.sendall(go.read())
                        if part := peer.recv(1 << 16):
                            come.write(part)
                        else:
                            come.write_eof()

            until_done(tls.do_handshake)
            peer.sendall(go.read() + octets)
            with self.assertRaises(ssl.SSLError) as caught:
                while until_done(lambda: tls.read(1 << 16)):
                    pass
        return caught.exception.reason

    def test_a_long_record_behind_the_handshake(self):
        sizes = {ssl.TLSVersion.TLSv1_2: (18_433, 65_535), ssl.TLSVersion.TLSv1_3: (16_641, 18_432, 18_433, 65_535)}
        for version, sizes_of_it in sizes.items():
            for size in sizes_of_it:
                for content in b"", bytes(size):
                    with self.subTest(version=version, size=size, content=len(content)):
                        reason = self.end_after(version, header(23, size) + content)
                        self.assertIn("RECORD_OVERFLOW", reason)
        self.stop()


class Threads(Alerts):
    arguments = ("--threads", "3")


class Kernel(Alerts):
    """Where the kernel does the records, it finds them too long; where it does not, the server does."""

    arguments = ("--kernel-tls",)


if __name__ == "__main__":
    unittest.main()
