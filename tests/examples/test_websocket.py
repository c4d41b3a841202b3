"""The WebSocket examples, with each other and with bare sockets. The handshake of a bare socket is RFC 6455's own."""

import subprocess
import unittest

from programs import PATIENCE, Client, Server, curl, program

UPGRADE = b"GET %s HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
VERSION = b"Sec-WebSocket-Version: 13\r\n"
MASK = b"\x01\x02\x03\x04"


def masked(first, payload):
    """A client's frame of up to 65,535 octets."""
    length = len(payload)
    header = bytes([first, 0x80 | length]) if length < 126 else bytes([first, 0xFE]) + length.to_bytes(2, "big")
    return header + MASK + bytes(octet ^ MASK[at % 4] for at, octet in enumerate(payload))


def open_socket(server, target=b"/ws", more=b""):
    client = Client(server.address)
    client.send(UPGRADE % target + KEY + VERSION + more + b"\r\n")
    head = client.until(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 101 "), head
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in head, head
    return client


def say(server, *arguments):
    """What ws_client prints, and its exit status."""
    options = [word for word in arguments if word.startswith("--")]
    words = [word for word in arguments if not word.startswith("--")]
    command = [program("ws_client"), *options, f"ws://{server.address}/ws", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=PATIENCE, check=False)
    return done.stdout, done.returncode


class Echo(unittest.TestCase):
    def setUp(self):
        self.server = Server("echo_server", "--listen", "127.0.0.1:0", "--max-message", "100000")
        self.addCleanup(self.server.__exit__)

    def test_a_client_hears_what_it_says(self):
        for option in [(), ("--deflate",)]:
            self.assertEqual(say(self.server, *option, "hello", "two words"), (b"hello\ntwo words\n", 0))
            long = "wireway " * 10_000
            self.assertEqual(say(self.server, *option, long), (long.encode() + b"\n", 0))

    def test_lines_of_input(self):
        done = subprocess.Popen([program("ws_client"), f"ws://{self.server.address}/ws"],
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        done.stdin.write(b"one\n")
        done.stdin.flush()
        self.assertEqual(done.stdout.readline(), b"one\n")
        self.assertEqual(done.communicate(timeout=PATIENCE)[0], b"")
        self.assertEqual(done.returncode, 0)

    def test_frames(self):
        with open_socket(self.server) as client:
            client.send(masked(0x81, b"Hello") * 3)
            self.assertEqual(client.exactly(21), b"\x81\x05Hello" * 3)
            client.send(masked(0x01, b"Hel") + masked(0x89, b"!") + masked(0x80, b"lo"))
            self.assertEqual(client.exactly(12), b"\x01\x03Hel\x8a\x01!\x80\x02lo")
            client.send(masked(0x82, bytes(60_000)))
            self.assertEqual(client.exactly(60_004)[:4], b"\x82\x7e\xea\x60")
            client.send(masked(0x88, b"\x03\xe8"))
            self.assertEqual(client.exactly(4), b"\x88\x02\x03\xe8")
            self.assertTrue(client.has_ended())

    def test_faults_end_with_a_code(self):
        faults = [(b"\x81\x00", 1002), (masked(0x83, b""), 1002), (masked(0x81, b"\xff"), 1007),
                  (b"\x82\xff" + (100_001).to_bytes(8, "big"), 1009)]
        for frame, code in faults:
            with open_socket(self.server) as client:
                client.send(frame)
                self.assertEqual(client.exactly(4), b"\x88\x02" + code.to_bytes(2, "big"))
                self.assertTrue(client.has_ended())

    def test_handshakes_that_are_refused(self):
        for lines, status in [(VERSION, 400), (KEY, 426), (KEY + b"Sec-WebSocket-Version: 8\r\n", 426)]:
            with Client(self.server.address) as client:
                answer = client.ask(UPGRADE % b"/ws" + lines + b"\r\n")
                self.assertEqual(answer[0], status)
                self.assertEqual(answer[1].get("sec-websocket-version"), "13" if status == 426 else None)
        with Client(self.server.address) as client:
            self.assertEqual(client.ask(UPGRADE % b"/ws" + KEY + VERSION + b"\r\n" + masked(0x81, b"x"))[0], 400)
        with Client(self.server.address) as client:
            self.assertEqual(client.ask(UPGRADE % b"/" + KEY + VERSION + b"\r\n")[0], 200, "not offered here")

    def test_deflate_is_agreed_on(self):
        more = b"Sec-WebSocket-Extensions: permessage-deflate\r\n"
        with open_socket(self.server, more=more) as client:
            client.send(masked(0xC1, bytes.fromhex("f248cdc9c90700")))
            self.assertEqual(client.exactly(9).hex(), "c107f248cdc9c90700")


class Chat(unittest.TestCase):
    def setUp(self):
        self.server = Server("chat_server", "--listen", "127.0.0.1:0")
        self.addCleanup(self.server.__exit__)

    def test_the_page(self):
        self.assertIn(b"<!doctype html>", curl(self.server.url))

    def test_everyone_hears_everyone(self):
        clients = [open_socket(self.server, b"/room") for _ in range(5)]
        for number, client in enumerate(clients):
            client.send(masked(0x81, b"from %d" % number))
            for other in clients:
                self.assertEqual(other.exactly(8), b"\x81\x06from %d" % number)
        clients.pop().socket.close()
        clients[0].send(masked(0x81, b"still"))
        for client in clients:
            self.assertEqual(client.exactly(7), b"\x81\x05still")
            client.socket.close()
        self.assertEqual(self.server.stop(), (0, ""))


if __name__ == "__main__":
    unittest.main()
