"""The echo server's file, as curl and bare sockets see it; over TLS in test_file_tls.py."""

import os
import shutil
import socket
import tempfile
import unittest

from programs import Client, Server, connections_made, curl, curl_head

GET = b"GET /file HTTP/1.1\r\nHost: a\r\n\r\n"
SIZE = 10_000_001


def setUpModule():
    global folder, path, content
    folder = tempfile.mkdtemp()
    path, content = os.path.join(folder, "file"), os.urandom(SIZE)
    with open(path, "wb") as file:
        file.write(content)


def tearDownModule():
    shutil.rmtree(folder)


class Plain(unittest.TestCase):
    trusted = ()
    scheme = "http://"
    old = ("--http1.0",)

    def open(self, *arguments):
        server = Server("echo_server", "--listen", "127.0.0.1:0", *arguments)
        self.addCleanup(server.__exit__)
        return server, self.scheme + server.address

    def curl(self, *arguments):
        return curl(*self.trusted, *arguments)

    def test_get_and_head(self):
        server, url = self.open("--file", path)
        self.assertEqual(self.curl(url + "/file"), content)
        status, fields = curl_head(*self.trusted, "--head", url + "/file")
        self.assertEqual((status, fields["content-length"]), (200, str(SIZE)))
        self.assertEqual(connections_made(*self.trusted, url + "/file", url, url + "/file"), [b"1", b"0", b"0"])
        self.assertEqual(self.curl(*self.old, url + "/file"), content)
        self.assertEqual(server.stop(), (0, ""))

    def test_without_one_there_is_none(self):
        _, url = self.open()
        self.assertEqual(curl_head(*self.trusted, url + "/file")[0], 404)

    def test_an_empty_one(self):
        name = os.path.join(folder, "empty")
        with open(name, "wb"):
            pass
        _, url = self.open("--file", name)
        self.assertEqual(self.curl(url + "/file"), b"")
        self.assertEqual(curl_head(*self.trusted, url + "/file")[1]["content-length"], "0")

    def test_pipelined_and_through_a_slow_reader_it_takes_no_memory(self):
        server, _ = self.open("--file", path)
        with self.client(server) as client:
            client.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            before = server.resident()
            client.send(GET * 5)
            for _ in range(5):
                self.assertEqual(client.response()[2], content)
        self.assertLess(server.peak() - before, SIZE // 2)

    def client(self, server):
        client = Client(server.address)
        client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        return client


class Wrong(unittest.TestCase):
    def test_what_is_no_file_is_not_opened(self):
        for name, said in [(os.path.join(folder, "none"), "No such file"), (folder, "not a regular file")]:
            with self.subTest(name), self.assertRaisesRegex(AssertionError, said):
                Server("echo_server", "--file", name)

    def test_one_that_was_cut_ends_its_connection_only(self):
        name = os.path.join(folder, "cut")
        shutil.copyfile(path, name)
        with Server("echo_server", "--listen", "127.0.0.1:0", "--file", name) as server:
            os.truncate(name, SIZE // 2)
            with Client(server.address) as client, Client(server.address) as other:
                client.send(GET)
                client.until(b"\r\n\r\n")
                self.assertEqual(client.exactly(SIZE // 2), content[: SIZE // 2])
                self.assertTrue(client.has_ended())
                self.assertEqual(other.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")[2], b"OK")


if __name__ == "__main__":
    unittest.main()
