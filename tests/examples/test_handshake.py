"""The opening handshake of WebSocket (RFC 6455 §4.2) as no client would do it, over bare sockets."""

from frames import ACCEPT, KEY, UPGRADE, VERSION, masked
from programs import Client, ServerCase

GET = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"
OPEN = UPGRADE % b"/ws"
GOOD = OPEN + KEY + VERSION + b"\r\n"
HELLO = masked(0x81, b"Hello")
ECHO = b"\x81\x05Hello"


class Handshake(ServerCase):
    def client(self):
        client = Client(self.server.address)
        self.addCleanup(client.socket.close)
        return client

    def assert_open(self, client):
        head = client.until(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 101 "), head)
        self.assertEqual(head.count(ACCEPT), 1, head)
        client.send(HELLO)
        self.assertEqual(client.exactly(len(ECHO)), ECHO)

    def assert_refused(self, request, status):
        """The fields of the refusal, behind which nothing is taken for frames."""
        client = self.client()
        answer, fields, _ = client.ask(request)
        self.assertEqual(answer, status)
        self.assertNotIn("sec-websocket-accept", fields)
        self.assertEqual(client.ask(GET)[2], b"Hello, World!")
        return fields

    def test_good_ones(self):
        for lines in [
            b"Upgrade: WebSocket\r\nConnection: keep-alive, upgrade\r\n",
            b"upgrade: h2c, websocket\r\nconnection: keep-alive\r\nconnection: UPGRADE\r\n",
        ]:
            with self.subTest(lines):
                client = self.client()
                client.send(b"GET /ws HTTP/1.1\r\nHost: a\r\n" + lines + KEY + VERSION + b"\r\n")
                self.assert_open(client)

    def test_it_may_come_in_pieces(self):
        for cut in range(1, len(GOOD)):
            with Client(self.server.address) as client:
                client.send(GOOD[:cut])
                client.send(GOOD[cut:])
                self.assert_open(client)
        client = self.client()
        for at in range(len(GOOD)):
            client.send(GOOD[at : at + 1])
        self.assert_open(client)

    def test_behind_other_requests(self):
        """All in one piece; the answers come in order."""
        client = self.client()
        client.send(GET * 3 + GOOD)
        for _ in range(3):
            self.assertEqual(client.response()[2], b"Hello, World!")
        self.assert_open(client)

    def test_another_version(self):
        """RFC 6455 §4.4: the answer says which one we speak."""
        for version in [b"", b"Sec-WebSocket-Version: 8\r\n", b"Sec-WebSocket-Version: 14\r\n"]:
            with self.subTest(version):
                fields = self.assert_refused(OPEN + KEY + version + b"\r\n", 426)
                self.assertEqual(fields["sec-websocket-version"], "13")

    def test_keys_that_are_none(self):
        """RFC 6455 §4.1: 16 octets in base64, once."""
        for key in [b"", KEY + KEY, b"Sec-WebSocket-Key: \r\n", b"Sec-WebSocket-Key: AAAA\r\n", KEY.replace(b"==", b"=!")]:
            with self.subTest(key):
                fields = self.assert_refused(OPEN + key + VERSION + b"\r\n", 400)
                self.assertNotIn("sec-websocket-version", fields)

    def test_frames_before_the_answer(self):
        """WS-HSS-12: they mean the same however they were cut; behind a refusal, that the connection ends."""
        for early in [len(HELLO), 1]:
            with self.subTest(early):
                client = self.client()
                client.send(GOOD + HELLO[:early])
                client.send(HELLO[early:])
                self.assertTrue(client.until(b"\r\n\r\n").startswith(b"HTTP/1.1 101 "))
                self.assertEqual(client.exactly(len(ECHO)), ECHO)
                client = self.client()
                self.assertEqual(client.ask(GOOD.replace(b": 13", b": 8") + HELLO[:early])[0], 426)
                self.assertTrue(client.has_ended())

    def test_what_asks_for_no_upgrade_gets_none(self):
        """Nor does what asks for another one, or where none is offered."""
        line = b"GET /ws HTTP/1.1\r\nHost: a\r\n"
        for head, status in [
            (line + b"Upgrade: websocket\r\n", 404),
            (line + b"Connection: Upgrade\r\n", 404),
            (line + b"Upgrade: h2c\r\nConnection: Upgrade\r\n", 404),
            (OPEN.replace(b"1.1", b"1.0"), 404),
            (UPGRADE % b"/", 200),
        ]:
            with self.subTest(head):
                answer, fields, _ = self.client().ask(head + KEY + VERSION + b"\r\n")
                self.assertEqual(answer, status)
                self.assertNotIn("sec-websocket-accept", fields)
