"""The echo server as clients see it that curl would never be."""

import signal
import unittest

from programs import Client, Server, ServerCase, curl

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"
# They, and their answers, are more than the system keeps for a connection.
FLOOD = 400_000


def is_refused(address):
    """Whether nobody listens any more."""
    try:
        Client(address).socket.close()
        return False
    except ConnectionRefusedError:
        return True


class Wire(ServerCase):
    def client(self):
        client = Client(self.server.address)
        self.addCleanup(client.socket.close)
        return client

    def test_malformed_chunk(self):
        client = self.client()
        client.send(POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
        status, fields, _ = client.ask(b"zz\r\n")
        self.assertEqual((status, fields["connection"]), (400, "close"))
        self.assertTrue(client.has_ended())

    def test_malformed_head(self):
        client = self.client()
        self.assertEqual(client.ask(b"GET / HTTP/1.1\r\nHost : a\r\n")[0], 400)
        self.assertTrue(client.has_ended())

    def test_a_peer_that_leaves_in_the_middle(self):
        for _ in range(3):
            with Client(self.server.address) as client:
                client.send(POST + b"Content-Length: 100000\r\n\r\n" + b"x" * 50000)
        self.assertEqual(self.client().ask(GET)[2], b"OK")

    def test_head_octet_by_octet(self):
        client = self.client()
        for octet in GET[:-1]:
            client.send(bytes([octet]))
        self.assertEqual(client.ask(GET[-1:])[2], b"OK")

    def test_pipeline(self):
        client = self.client()
        client.send((GET + b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n") * 5000)
        for _ in range(5000):
            self.assertEqual(client.response()[2], b"OK")
            self.assertEqual(client.response()[2], b"Hello, World!")

    def test_a_pipeline_that_nobody_reads_for_a_while(self):
        """Answers beyond the high-water mark: the refused one is given again when there is room."""
        for path, content in [(b"/plaintext", b"Hello, World!"), (b"/", b"OK")]:
            with self.subTest(path):
                responses = self.client().flood(GET.replace(b"/", path, 1), FLOOD)
                self.assertEqual(responses.count(b"\r\n\r\n" + content), FLOOD)

    def test_uploads_that_nobody_reads_for_a_while(self):
        content = bytes(range(256)) * 400
        upload = POST + b"Content-Length: 102400\r\n\r\n" + content
        self.assertEqual(self.client().flood(upload, 100).count(content), 100)

    def test_head_of_a_stream(self):
        client = self.client()
        status, fields, _ = client.ask(b"HEAD /stream?bytes=5 HTTP/1.1\r\nHost: a\r\n\r\n")
        self.assertEqual((status, fields["transfer-encoding"]), (200, "chunked"))
        self.assertEqual(client.ask(GET)[2], b"OK")

    def test_a_client_that_never_reads_stops_nobody(self):
        greedy = self.client()
        greedy.send(b"GET /stream?bytes=100000000000000 HTTP/1.1\r\nHost: a\r\n\r\n")
        greedy.until(b"\r\n\r\n")
        for _ in range(20):
            self.assertEqual(curl(self.url + "/stream?bytes=1000000"), b"\0" * 1_000_000)

    def test_content_is_not_asked_for_in_vain(self):
        client = self.client()
        client.send(POST + b"Content-Length: 20000000\r\nExpect: 100-continue\r\n\r\n")
        self.assertEqual(client.response()[0], 413)


class Clocks(unittest.TestCase):
    def test_a_head_that_does_not_come(self):
        """Also in a foreign loop, which keeps the time itself."""
        echo = Server("echo_server", "--listen", "127.0.0.1:0")
        with echo, Server("embed_epoll", "0") as embed:
            clients = [Client(server.address) for server in [echo, embed]]
            for client in clients:
                client.send(b"GET / HTTP/1.1\r\n")
            for client in clients:
                self.assertEqual(client.response()[0], 408)
                self.assertTrue(client.has_ended())
                client.socket.close()


class Drain(unittest.TestCase):
    def start(self):
        server = Server("echo_server", "--listen", "127.0.0.1:0")
        self.addCleanup(server.__exit__)
        idle, busy = Client(server.address), Client(server.address)
        self.addCleanup(idle.socket.close)
        self.addCleanup(busy.socket.close)
        idle.ask(GET)
        interim = busy.ask(POST + b"Content-Length: 10\r\nExpect: 100-continue\r\n\r\n")
        self.assertEqual(interim[0], 100)
        return server, idle, busy

    def test_a_request_in_progress_is_finished(self):
        for number in [signal.SIGTERM, signal.SIGINT]:
            server, idle, busy = self.start()
            server.signal(number)
            self.assertTrue(idle.has_ended())
            idle.socket.close()
            self.assertTrue(is_refused(server.address))
            status, fields, content = busy.ask(b"0123456789")
            self.assertEqual((status, fields["connection"], content), (200, "close", b"0123456789"))
            self.assertTrue(busy.has_ended())
            busy.socket.close()
            self.assertEqual(server.wait(), (0, ""))

    def test_the_second_signal_does_not_wait(self):
        server, idle, _ = self.start()
        server.signal()
        self.assertTrue(idle.has_ended())
        server.signal()
        self.assertEqual(server.wait(), (0, ""))
