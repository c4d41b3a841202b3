"""The echo server as curl sees it."""

import os
import socket
import tempfile
import unittest

from programs import Client, Server, ServerCase, connections_made, curl, curl_head

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"


class Proxied(ServerCase):
    arguments = ("--listen", "127.0.0.1:0", "--proxy")

    def test_a_header_is_required(self):
        self.assertEqual(curl("--haproxy-protocol", self.url + "/plaintext"), b"Hello, World!")
        with self.assertRaises(AssertionError):  # curl fails: it gets no answer
            curl(self.url + "/plaintext")
        self.assertEqual(curl("--haproxy-protocol", "--data", "some content", self.url + "/"), b"some content")


class Echo(ServerCase):
    def test_get(self):
        self.assertEqual(curl(self.url + "/"), b"OK")
        self.assertEqual(curl(self.url + "/?a=/nope#x"), b"OK")
        self.assertEqual(curl(self.url + "/plaintext"), b"Hello, World!")
        status, fields = curl_head(self.url + "/plaintext")
        self.assertEqual((status, fields["content-type"], fields["content-length"]), (200, "text/plain", "13"))
        self.assertIn("date", fields)

    def test_content_comes_back(self):
        for method in ["POST", "PUT", "PATCH", "DELETE", "GET"]:
            with self.subTest(method):
                self.assertEqual(curl("-X", method, "--data", "some content", self.url + "/"), b"some content")

    def test_no_content_comes_back_as_none(self):
        for method in ["POST", "PUT", "PATCH", "DELETE"]:
            with self.subTest(method):
                status, fields = curl_head("-X", method, self.url + "/")
                self.assertEqual((status, fields["content-length"]), (200, "0"))

    def test_large_content(self):
        content = os.urandom(5_000_000)
        arguments = ["-X", "POST", "--data-binary", "@-", self.url + "/"]
        self.assertEqual(curl(*arguments, octets=content), content)
        self.assertEqual(curl("-H", "Transfer-Encoding: chunked", *arguments, octets=content), content)
        self.assertEqual(curl("-H", "Expect: 100-continue", *arguments, octets=content), content)
        self.assertEqual(curl("--http1.0", *arguments, octets=content), content)

    def test_head(self):
        status, fields = curl_head("--head", self.url + "/")
        self.assertEqual((status, fields["content-length"]), (200, "2"))
        self.assertEqual(curl_head("--head", self.url + "/stream?bytes=5")[0], 200)

    def test_methods(self):
        status, fields = curl_head("-X", "OPTIONS", self.url + "/")
        self.assertEqual((status, fields["allow"]), (204, METHODS))
        status, fields = curl_head("-X", "OPTIONS", "--request-target", "*", self.url)
        self.assertEqual((status, fields["allow"]), (204, METHODS))
        status, fields = curl_head("-X", "BREW", self.url + "/")
        self.assertEqual((status, fields["allow"]), (405, METHODS))
        status, fields = curl_head("--data", "x", self.url + "/plaintext")
        self.assertEqual((status, fields["allow"]), (405, "GET, HEAD, OPTIONS"))

    def test_unknown_paths(self):
        for path in ["/nope", "/plaintext/", "//"]:
            with self.subTest(path):
                self.assertEqual(curl_head("--path-as-is", self.url + path)[0], 404)

    def test_target_in_absolute_form(self):
        for target, content in [("http://a/plaintext", b"Hello, World!"), ("http://a?x=/plaintext", b"OK")]:
            with self.subTest(target):
                answer = curl("-H", "Host: a", "--request-target", target, self.url)
                self.assertEqual(answer, content)

    def test_http_1_0(self):
        status, fields = curl_head("--http1.0", self.url + "/")
        self.assertEqual((status, fields["connection"]), (200, "close"))
        self.assertEqual(len(curl("--http1.0", self.url + "/stream?bytes=1000000")), 1_000_000)

    def test_one_connection_serves_many_requests(self):
        urls = [self.url + path for path in ["/", "/plaintext", "/nope", "/stream?bytes=70000", "/echo"]]
        self.assertEqual(connections_made(*urls), [b"1", b"0", b"0", b"0", b"0"])

    def test_stream(self):
        self.assertEqual(len(curl(self.url + "/stream?bytes=10000000")), 10_000_000)
        self.assertEqual(curl(self.url + "/stream?bytes=0"), b"")
        for query in ["", "?bytes=", "?bytes=-1", "?bytes=1e3", "?bytes=" + "9" * 40]:
            with self.subTest(query):
                self.assertEqual(curl_head(self.url + "/stream" + query)[0], 400)

    def test_cookies(self):
        cookies = curl("-H", "Cookie: a=b; c=d", "-H", "Cookie: e=f=g", "-H", "Cookie;", self.url + "/cookie")
        self.assertEqual(cookies, b"a=b\nc=d\ne=f=g\n")
        self.assertEqual(curl(self.url + "/cookie"), b"")

    def test_fields(self):
        fields = curl("-H", "X-One: 1", "-H", "x-one: 2", "--data", "x", self.url + "/echo").decode()
        self.assertIn("X-One: 1\nx-one: 2\n", fields)
        self.assertIn("Content-Length: 1\n", fields)


class Elsewhere(unittest.TestCase):
    def test_content_max(self):
        with Server("echo_server", "--listen", "127.0.0.1:0", "--max-body", "1000") as server:
            self.assertEqual(curl("--data", "x" * 1000, server.url), b"x" * 1000)
            self.assertEqual(curl_head("--data", "x" * 1001, server.url)[0], 413)
            self.assertEqual(curl_head("-H", "Transfer-Encoding: chunked", "--data", "x" * 1001, server.url)[0], 413)

    def test_unix_socket(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "socket")
            with Server("echo_server", "--listen", "unix:" + path) as server:
                self.assertEqual(server.address, "unix:" + path)
                self.assertEqual(curl("--unix-socket", path, "--data", "x", "http://a/"), b"x")
                self.assertEqual(server.stop(), (0, ""))

    def test_ipv6(self):
        try:
            socket.create_server(("::1", 0), family=socket.AF_INET6).close()
        except OSError as error:
            self.skipTest(f"no IPv6 here: {error}")
        with Server("echo_server", "--listen", "[::1]:0") as server:
            self.assertEqual(curl("--data", "x", server.url), b"x")

    def test_threads_share_a_port(self):
        with Server("echo_server", "--listen", "127.0.0.1:0", "--threads", "2") as server:
            for _ in range(20):
                self.assertEqual(curl("--data", "x", server.url), b"x")
            with Client(server.address) as client:
                client.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
                server.signal()
                self.assertTrue(client.has_ended())
            self.assertEqual(server.wait(), (0, ""))

    def test_a_wrong_command_line(self):
        for arguments in [["--threads", "0"], ["--threads"], ["--listen"], ["--what", "1"], ["--max-body", "1x"]]:
            with self.subTest(arguments), self.assertRaisesRegex(AssertionError, "usage: "):
                Server("echo_server", *arguments)
        with self.assertRaisesRegex(AssertionError, "not-an-address: "):
            Server("echo_server", "--listen", "not-an-address")
