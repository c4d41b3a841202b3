"""The examples under valgrind: nothing is read that was not written, nothing is lost."""

import os
import shutil
import socket
import subprocess
import tempfile
import unittest

from frames import masked, open_socket
from programs import PATIENCE, Client, Server, curl, program

VALGRIND = ["valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=all"]
POST = b"POST / HTTP/1.1\r\nHost: a\r\n"


@unittest.skipUnless(shutil.which("valgrind"), "valgrind is not installed")
class Memory(unittest.TestCase):
    def test_echo_server(self):
        arguments = ["--listen", "127.0.0.1:0", "--threads", "2"]
        with Server("echo_server", *arguments, runner=VALGRIND) as server:
            for path in ["/", "/plaintext", "/echo", "/nope", "/stream?bytes=500000"]:
                curl(server.url + path)
            curl("-b", "a=b", server.url + "/cookie")
            curl("--data", "x" * 100, server.url)
            curl("--data-binary", "@-", server.url, octets=b"x" * 100_000)
            with Client(server.address) as client:
                client.ask(POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\nzz\r\n")
            with Client(server.address) as client:
                client.send(POST + b"Content-Length: 10\r\n\r\nhalf")
            with Client(server.address) as client:
                client.send(b"GET /stream?bytes=10000000 HTTP/1.1\r\nHost: a\r\n\r\n")
                client.more()
            self.assertEqual(server.stop(), (0, ""))

    def test_programs_on_a_loop(self):
        with Server("echo_server", "--listen", "127.0.0.1:0") as echo:
            to, rules = ["--to", echo.address], ["--seed", "1", "--delay-ms", "2", "--trickle", "900", "--reset-after", "40000"]
            with Server("mangler", "--listen", "127.0.0.1:0", *to, *rules, runner=VALGRIND) as middle:
                curl("--data", "x" * 100, middle.url)
                for _ in range(5):
                    with Client(middle.address) as client, self.assertRaises((OSError, EOFError)):
                        client.ask(POST + b"Content-Length: 100000\r\n\r\n" + bytes(100_000))
                with Client(middle.address) as open_until_the_end:
                    open_until_the_end.send(POST)
                    self.assertEqual(middle.stop(), (0, ""))
            command = [*VALGRIND, program("loop_get"), echo.url, "http://127.0.0.1:1/", echo.url]
            clients = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
            self.assertEqual((clients.stdout.count(b"200 "), clients.stderr.count(b"\n"), clients.returncode), (2, 1, 1), clients)
        with Server("reactor_udp_echo", "127.0.0.1:0", "127.0.0.1:0", runner=VALGRIND) as reactor:
            host, port = reactor.address.rsplit(":", 1)
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.settimeout(PATIENCE)
                client.sendto(b"x", (host, int(port)))
                self.assertEqual(client.recv(2), b"x")
            self.assertEqual(reactor.stop(), (0, ""))
        for file in ["--range", "0-100", __file__], ["--range", "0-19", "/proc/self/cmdline"]:
            with Server("proactor_copy", *file, "--listen", "127.0.0.1:0", runner=VALGRIND) as proactor:
                with Client(proactor.address) as client:
                    client.more()
                self.assertEqual(proactor.wait(), (0, ""))

    def test_others(self):
        """They end by the signal, which valgrind reports; what it has to say besides begins with its own lines."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "socket")
            with Server("hello_server", "unix:" + path, runner=VALGRIND, listens="unix:" + path) as hello:
                curl("--unix-socket", path, "--retry", "50", "--retry-delay", "0", "--retry-all-errors", "http://a/")
                self.assertNotRegex(hello.stop()[1], "Invalid|uninitialised|definitely lost")
        with Server("embed_epoll", "0", runner=VALGRIND) as embed:
            curl("--data", "x" * 100, embed.url)
            with open_socket(embed) as client:
                client.send(masked(0x81, b"Hello") + masked(0x01, b"half"))
                client.exactly(7)
            self.assertNotRegex(embed.stop()[1], "Invalid|uninitialised|definitely lost")
