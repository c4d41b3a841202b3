"""The WebSocket examples, with each other and with bare sockets."""

import base64
import hashlib
import socket
import subprocess
import unittest
import zlib

from frames import KEY, UPGRADE, VERSION, masked, message, open_socket
from programs import PATIENCE, Client, Server, curl, program


def say(server, *arguments):
    """What ws_client prints, and its exit status."""
    options = [word for word in arguments if word.startswith("--")]
    words = [word for word in arguments if not word.startswith("--")]
    command = [program("ws_client"), *options, f"ws://{server.address}/ws", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, timeout=PATIENCE, check=False)
    return done.stdout, done.returncode


def compressed(client):
    """The first octet of the next frame, and its payload."""
    first, size = client.exactly(2)
    return first, client.exactly(int.from_bytes(client.exactly(2), "big") if size == 126 else size)


class Answer(unittest.TestCase):
    """Servers by hand that answer an offer of ws_client."""

    def test_a_window_of_8_bits(self):
        """WS-EXT-12: zlib on the other side refuses what refers back more than 256 octets."""
        text = "wireway " * 1000
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            url = f"ws://127.0.0.1:{listener.getsockname()[1]}/"
            with subprocess.Popen([program("ws_client"), "--deflate", url, text], stdout=subprocess.PIPE) as client:
                with listener.accept()[0] as peer:
                    heard = self.answer(peer)
                    peer.sendall(b"\x81\x02yo\x88\x02\x03\xe8")
                    self.assertEqual(client.communicate(timeout=PATIENCE)[0], b"yo\n")
        self.assertEqual((client.returncode, heard), (0, text.encode()))

    def answer(self, peer):
        """Takes the handshake and one message of 126 octets or more."""
        peer.settimeout(PATIENCE)
        stream = peer.makefile("rb")
        lines = dict(line.split(b": ", 1) for line in iter(stream.readline, b"\r\n") if b": " in line)
        key = lines[b"Sec-WebSocket-Key"].strip() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        peer.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     b"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=8\r\n"
                     b"Sec-WebSocket-Accept: " + base64.b64encode(hashlib.sha1(key).digest()) + b"\r\n\r\n")
        self.assertEqual(stream.read(2), b"\xc1\xfe")
        size, mask = int.from_bytes(stream.read(2), "big"), stream.read(4)
        payload = bytes(octet ^ mask[at % 4] for at, octet in enumerate(stream.read(size)))
        return zlib.decompressobj(-8).decompress(payload + b"\0\0\xff\xff")


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
            client.send(masked(0x82, bytes(10_000)))
            self.assertEqual(client.exactly(10_004)[:4], b"\x82\x7e\x27\x10")
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

    def test_deflate_with_a_window_of_8_bits(self):
        """WS-EXT-12, with zlib on the other side, which refuses what refers back more than 256 octets."""
        more = b"Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=8; client_max_window_bits=8\r\n"
        with open_socket(self.server, more=more) as client:
            inflate = zlib.decompressobj(-8)
            for text in [b"Hello", b"wireway " * 1000, b"x" * 5000, b"Hello"]:
                deflate = zlib.compressobj(9, zlib.DEFLATED, -9, 9, zlib.Z_HUFFMAN_ONLY)
                client.send(masked(0xC1, deflate.compress(text) + deflate.flush(zlib.Z_SYNC_FLUSH)[:-4]))
                first, payload = compressed(client)
                self.assertEqual((first, inflate.decompress(payload + b"\0\0\xff\xff")), (0xC1, text))

    def test_deflate_is_agreed_on(self):
        more = b"Sec-WebSocket-Extensions: permessage-deflate\r\n"
        with open_socket(self.server, more=more) as client:
            client.send(masked(0xC1, bytes.fromhex("f248cdc9c90700")))
            self.assertEqual(client.exactly(9).hex(), "c107f248cdc9c90700")


class Embed(unittest.TestCase):
    """The connection door in a loop of its own: what is HTTP and what is not on the same port."""

    def setUp(self):
        self.server = Server("embed_epoll", "0")
        self.addCleanup(self.server.__exit__)

    def test_messages_come_back(self):
        binary = bytes(range(256)) * 250
        with open_socket(self.server) as client:
            client.send(masked(0x81, b"Hello") + masked(0x82, b"\xff\x00") + masked(0x81, b""))
            self.assertEqual(client.exactly(13), b"\x81\x05Hello\x82\x02\xff\x00\x81\x00")
            client.send(masked(0x01, b"Hel\xc3") + masked(0x89, b"!") + masked(0x80, b"\xa9"))
            self.assertEqual(client.exactly(10), b"\x8a\x01!\x81\x05Hel\xc3\xa9", "the Pong at once, the message whole")
            for _ in range(50):
                client.send(masked(0x82, binary))
                self.assertEqual(message(client), (2, binary))
            client.send(masked(0x88, b"\x03\xe8"))
            self.assertEqual(client.exactly(4), b"\x88\x02\x03\xe8")
            self.assertTrue(client.has_ended())

    def test_the_client_hears_what_it_says(self):
        self.assertEqual(say(self.server, "hello", "\u00e9" * 40_000), (b"hello\n" + "\u00e9".encode() * 40_000 + b"\n", 0))

    def test_faults_end_with_a_code(self):
        for frame, code in [(b"\x81\x00", 1002), (masked(0x81, b"\xff"), 1007)]:
            with open_socket(self.server) as client:
                client.send(frame)
                self.assertEqual(client.exactly(4), b"\x88\x02" + code.to_bytes(2, "big"))
                self.assertTrue(client.has_ended())

    def test_http_stays_http(self):
        with Client(self.server.address) as client:
            self.assertEqual(client.ask(UPGRADE % b"/ws" + VERSION + b"\r\n")[0], 400, "a handshake without a key")
        with Client(self.server.address) as client:
            self.assertEqual(client.ask(UPGRADE % b"/" + KEY + VERSION + b"\r\n")[0], 200, "not offered here")
        self.assertEqual(curl("--data", "x", self.server.url + "/ws"), b"x")


class Urls(unittest.TestCase):
    def test_what_a_url_asks_for(self):
        """WS-HSC-09, as it goes out."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(PATIENCE)
            authority = f"127.0.0.1:{listener.getsockname()[1]}"
            for path, target in [("", "/"), ("?q", "/?q"), ("/a?b=/?", "/a?b=/?")]:
                with subprocess.Popen([program("ws_client"), f"WS://{authority}{path}", "x"], stderr=subprocess.PIPE) as client:
                    with listener.accept()[0] as peer:
                        peer.settimeout(PATIENCE)
                        asked = peer.recv(1 << 16)
                    client.communicate(timeout=PATIENCE)
                self.assertTrue(asked.startswith(f"GET {target} HTTP/1.1\r\nHost: {authority}\r\n".encode()), asked)

    def test_urls_that_are_refused(self):
        malformed = ["ws://127.0.0.1/#f", "ws:///x", "ws://u@127.0.0.1/", "wss://u@127.0.0.1/", "ws://127.0.0.1:65536/", "a"]
        for url in [*malformed, "https://127.0.0.1/"]:
            done = subprocess.run([program("ws_client"), url], stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
            self.assertEqual(done.returncode, 2, url)
            self.assertTrue(done.stderr.startswith(f"{url}: ".encode()), done.stderr)
            self.assertNotIn(b"no connection", done.stderr)


class Chat(unittest.TestCase):
    def setUp(self):
        self.server = Server("chat_server", "--listen", "127.0.0.1:0")
        self.addCleanup(self.server.__exit__)

    def test_the_page(self):
        self.assertIn(b"<!doctype html>", curl(self.server.url))

    def test_pages_of_other_sites_are_refused(self):
        host = f"Host: {self.server.address}\r\n".encode()
        upgrade = UPGRADE.replace(b"Host: a\r\n", host) % b"/room" + KEY + VERSION
        origins = [(self.server.url, 101), ("http://evil.example", 403), ("null", 403), (self.server.url + ".evil.example", 403),
                   (self.server.url.replace("http:", "https:"), 403)]
        for origin, status in origins:
            with Client(self.server.address) as client:
                answer = client.ask(upgrade + f"Origin: {origin}\r\n\r\n".encode())
                self.assertEqual(answer[0], status, origin)

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
