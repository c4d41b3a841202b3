"""The smaller examples."""

import os
import socket
import struct
import subprocess
import tempfile
import unittest

from frames import UPGRADE, VERSION, masked, message, open_socket
from programs import PATIENCE, Client, Server, connections_made, curl, curl_head, program

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


class Embed(unittest.TestCase):
    def setUp(self):
        self.server = Server("embed_epoll", "0")
        self.addCleanup(self.server.__exit__)
        self.url = self.server.url

    def test_curl(self):
        content = os.urandom(60_000)
        upload = ["--data-binary", "@-", self.url]
        self.assertEqual(curl(self.url), b"")
        self.assertEqual(curl(*upload, octets=content), content)
        self.assertEqual(curl("-H", "Transfer-Encoding: chunked", *upload, octets=content), content)
        self.assertEqual(curl("-H", "Expect: 100-continue", *upload, octets=content), content)
        self.assertEqual(curl("--http1.0", *upload, octets=content), content)
        self.assertEqual(curl_head("--head", self.url)[1]["transfer-encoding"], "chunked")
        self.assertEqual(curl("-X", "PUT", "--data", "x", self.url), b"x")

    def test_keep_alive_and_errors(self):
        self.assertEqual(connections_made(*[self.url] * 3), [b"1", b"0", b"0"])
        with Client(self.server.address) as client:
            self.assertEqual(client.ask(b"GET / HTTP/1.1\r\nHost : a\r\n\r\n")[0], 400)
            self.assertTrue(client.has_ended())

    def test_pipeline_and_leaving(self):
        with Client(self.server.address) as client:
            self.assertEqual(client.flood(GET, 400_000).count(b"\r\n\r\n0\r\n\r\n"), 400_000)
        with Client(self.server.address) as client:
            client.send(GET * 1000)
        self.assertEqual(curl(self.url), b"")

    def test_more_peers_than_it_has_room_for(self):
        first = Client(self.server.address)
        self.assertEqual(first.ask(GET)[0], 200)  # from here on its clock is that of idle connections
        first.until(b"0\r\n\r\n")
        clients = [first] + [Client(self.server.address) for _ in range(1010)]
        self.assertEqual(clients[0].ask(GET)[0], 200)
        for client in clients:
            client.socket.close()
        self.assertEqual(curl("--retry", "30", "--retry-all-errors", self.url), b"")


    def test_out_of_descriptors_it_rests_and_serves_again(self):
        """It is asleep between its tries to accept, which a loop that spins never is."""
        few = Server("embed_epoll", "0", runner=["sh", "-c", 'ulimit -n 12; exec "$@"', "sh"])
        self.addCleanup(few.__exit__)
        clients = [Client(few.address) for _ in range(20)]
        self.assertEqual(clients[0].ask(GET)[0], 200)
        clients[0].until(b"0\r\n\r\n")
        few.wait_for_descriptors(12)
        spent = few.processor_ticks()
        few.wait_for_sleeps(20)
        self.assertLess(few.processor_ticks() - spent, 50, "a loop that spins sleeps when the clocks of its peers have made room")
        self.assertEqual(clients[0].ask(GET)[0], 200, "who has a connection is served")
        for client in clients:
            client.socket.close()
        with Client(few.address) as client:
            self.assertEqual(client.ask(GET)[0], 200)


class Hello(unittest.TestCase):
    def test_it_greets(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "socket")
            with Server("hello_server", "unix:" + path, listens="unix:" + path):
                arguments = ["--unix-socket", path, "--retry", "20", "--retry-delay", "0", "--retry-all-errors"]
                self.assertEqual(curl(*arguments, "http://a/"), b"Hello, World!")
                self.assertEqual(curl(*arguments, "--data", "x", "http://a/"), b"Hello, World!")


class WebSocket(unittest.TestCase):
    def test_it_greets_and_says_back(self):
        with Server("websocket_server", "127.0.0.1:0") as server:
            self.assertEqual(curl("--data", "x", server.url), b"Hello, World!")
            with open_socket(server, b"/") as client:
                for first in 0x81, 0x82:
                    client.send(masked(first, b"hello"))
                    self.assertEqual(message(client), (first & 15, b"hello"))
            with Client(server.address) as client:
                self.assertEqual(client.ask(UPGRADE % b"/" + VERSION + b"\r\n")[0], 400, "a handshake without a key")


class Events(unittest.TestCase):
    def setUp(self):
        self.server = Server("event_stream", "127.0.0.1:0")
        self.addCleanup(self.server.__exit__)
        self.listen = b"GET /events HTTP/1.1\r\nHost: a\r\n\r\n"

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def say(self, text):
        self.assertEqual(curl("--data-binary", "@-", self.server.url + "/say", octets=text), b"")

    def test_who_listens_is_told(self):
        with Client(self.server.address) as one, Client(self.server.address) as two:
            for client in one, two:
                client.send(self.listen)
                self.assertIn(b"Content-Type: text/event-stream", client.until(b"\r\n\r\n"))
            self.say(b"hello\nyou")
            for client in one, two:
                self.assertIn(b"data: hello\ndata: you\n\n", client.until(b"\n\n"))

    def test_who_leaves_makes_room(self):
        before = self.descriptors()
        clients = [Client(self.server.address) for _ in range(100)]
        for client in clients:
            client.send(self.listen)
            client.until(b"200 OK\r\n")
        with Client(self.server.address) as client:
            self.assertEqual(client.ask(self.listen)[0], 503)
        for client in clients:
            client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.socket.close()
        self.server.wait_until(lambda: -self.descriptors(), -before)
        with Client(self.server.address) as client:
            client.send(self.listen)
            client.until(b"200 OK\r\n")

    def test_other_targets(self):
        self.assertEqual(curl_head(self.server.url)[0], 404)
        self.assertEqual(curl_head("--data", "x" * 1001, self.server.url + "/say")[0], 413)


class Handler(unittest.TestCase):
    def test_all_is_as_expected(self):
        done = subprocess.run([program("handler_test")], capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"all as expected\n", b""))


class Parse(unittest.TestCase):
    def parse(self, octets):
        done = subprocess.run([program("parse_request")], input=octets, capture_output=True, timeout=PATIENCE, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_a_good_head(self):
        head = b"POST /x?y HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nLong: " + b"x" * 8000 + b"\r\n\r\n"
        status, out, _ = self.parse(head + b"hello")
        self.assertEqual(status, 0)
        for line in ["method   POST\n", "target   /x?y\n", "field    Host: a\n", f"head     {len(head)} octets\n"]:
            self.assertIn(line, out)

    def test_a_bad_head(self):
        status, out, errors = self.parse(b"GET / HTTP/1.1\r\nHost : a\r\n")
        self.assertEqual((status, out), (1, ""))
        self.assertTrue(errors.startswith("octet 20: "), errors)
        self.assertIn("H1-FIELD-02, WW_E_FIELD_NAME; answer with 400", errors)

    def test_half_a_head(self):
        self.assertEqual(self.parse(b"GET / HTTP/1.1\r\nHost"), (1, "", "the input ends within the head\n"))
        self.assertEqual(self.parse(b"")[0], 1)
