"""The folder that static_files serves, as curl and bare sockets see it."""

import os
import shutil
import tempfile
import unittest

from middle import mangler
from programs import Client, Server, curl, curl_head

PAGE = b"<!doctype html><title>A page</title>\n"
CONTENT = os.urandom(3_000_000)
FILES = {"index.html": PAGE, "sub/index.html": b"sub", "data.json": b"{}", "content.bin": CONTENT, ".secret": b"secret", "a b.css": b"a", "empty": b""}


class Static(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        os.mkdir(self.path("sub"))
        os.mkfifo(self.path("fifo"))
        for name, content in FILES.items():
            self.write(name, content)
        self.server = Server("static_files", self.folder, "127.0.0.1:0")
        self.addCleanup(self.server.__exit__)
        self.url = self.server.url

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)

    def head(self, target, *arguments):
        return curl_head(*arguments, self.url + target)

    def test_files_and_their_types(self):
        for target, content, kind in [
            ("/", PAGE, "text/html; charset=utf-8"),
            ("/sub/", b"sub", "text/html; charset=utf-8"),
            ("/data.json?x=1", b"{}", "application/json"),
            ("/a%20b.css", b"a", "text/css; charset=utf-8"),
            ("/content.bin", CONTENT, "application/octet-stream"),
            ("/empty", b"", "application/octet-stream"),
        ]:
            with self.subTest(target):
                self.assertEqual(curl(self.url + target), content)
                status, fields = self.head(target, "--head")
                self.assertEqual((status, fields["content-type"], fields["content-length"]), (200, kind, str(len(content))))

    def test_what_is_not_served(self):
        for target in ["/none", "/.secret", "/sub", "/sub/../.secret", "/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "/%2fetc/passwd",
                       "/index.html%00.css", "/fifo", "/" + "x" * 4500]:
            with self.subTest(target), Client(self.server.address) as client:
                self.assertEqual(client.ask(f"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())[0], 404)
        status, fields = self.head("/", "--data", "x")
        self.assertEqual((status, fields["allow"]), (405, "GET, HEAD"))

    def test_parts_of_a_file(self):
        self.assertEqual(curl("--range", "10-19", self.url + "/content.bin"), CONTENT[10:20])
        status, fields = self.head("/content.bin", "--range", "2999990-")
        self.assertEqual((status, fields["content-range"]), (206, "bytes 2999990-2999999/3000000"))
        status, fields = self.head("/content.bin", "--range", "3000000-")
        self.assertEqual((status, fields["content-range"]), (416, "bytes */3000000"))
        for etag, expected in [(fields["etag"], 206), ('"other"', 200)]:
            self.assertEqual(self.head("/content.bin", "--range", "0-9", "--header", "If-Range: " + etag)[0], expected)

    def test_a_download_that_was_cut_goes_on(self):
        with mangler(self.server.address, "--down", "--cut-after", 1_234_567) as cut, self.assertRaises(AssertionError):
            curl("--output", self.path("part"), cut.url + "/content.bin")
        self.assertGreater(os.path.getsize(self.path("part")), 1_000_000)
        curl("--continue-at", "-", "--output", self.path("part"), self.url + "/content.bin")
        with open(self.path("part"), "rb") as part:
            self.assertEqual(part.read(), CONTENT)

    def test_only_what_has_changed_is_sent_again(self):
        _, fields = self.head("/data.json")
        known = "--header", "If-None-Match: " + fields["etag"]
        since = "--header", "If-Modified-Since: " + fields["last-modified"]
        for condition in known, since:
            self.assertEqual(self.head("/data.json", *condition)[0], 304)
        self.assertEqual(self.head("/data.json", "--header", 'If-Match: "other"')[0], 412)
        self.write("data.json", b"[1]")
        self.assertEqual(curl(*known, self.url + "/data.json"), b"[1]")
        self.assertNotEqual(self.head("/data.json")[1]["etag"], fields["etag"])

    def test_no_file_stays_open(self):
        def open_files():
            return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

        with Client(self.server.address) as client:
            def ask(target, more=""):
                return client.ask(f"GET {target} HTTP/1.1\r\nHost: a\r\n{more}\r\n".encode())

            _, fields, _ = ask("/data.json")
            known = f"GET /data.json HTTP/1.1\r\nHost: a\r\nIf-None-Match: {fields['etag']}\r\n\r\n".encode()
            before = open_files()
            for _ in range(10):
                client.send(known)  # the answer has the length of what does not follow
                self.assertTrue(client.until(b"\r\n\r\n").startswith(b"HTTP/1.1 304 "))
                self.assertEqual(ask("/data.json", "Range: bytes=9-\r\n")[0], 416)
                self.assertEqual(ask("/content.bin", "Range: bytes=1-\r\n")[2], CONTENT[1:])
                self.assertEqual(ask("/sub")[0], 404)
                self.assertEqual(ask("/empty")[0], 200)
            self.assertEqual(ask("/data.json")[0], 200)
            self.assertLessEqual(open_files(), before + 1)


if __name__ == "__main__":
    unittest.main()
