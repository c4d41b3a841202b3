"""loop_get: URLs at once, each with its own end, and none disturbs the others."""

import socket
import subprocess
import unittest

from certificates import Authority
from middle import reset
from programs import PATIENCE, Server, program
from responder import Responder, ok, saying


def get(*arguments):
    """The lines it prints, sorted, what it complains of, and its exit status."""
    process = subprocess.run([program("loop_get"), *arguments], capture_output=True, timeout=PATIENCE, check=False)
    return sorted(process.stdout.decode().splitlines()), process.stderr.decode(), process.returncode


class LoopGet(unittest.TestCase):
    def test_many_at_once(self):
        """By name: nobody listens at the first address of localhost, ::1, so the second is connected to."""
        with Server("echo_server", "--listen", "127.0.0.1:0") as server:
            urls = [f"http://localhost:{server.address.rsplit(':', 1)[1]}/plaintext?{number}" for number in range(100)]
            lines, errors, status = get(*urls)
        self.assertEqual(([line.split()[0] for line in lines], errors, status), (["200"] * 100, "", 0))
        self.assertEqual(sorted(line.split()[2] for line in lines), sorted(urls))

    def test_content_longer_than_buffers(self):
        octets = b"x" * 3_000_000
        head = b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n"
        with Responder(saying(head + octets)) as one, Responder(saying(b"HTTP/1.1 200 OK\r\n\r\n" + octets)) as other:
            urls = f"http://127.0.0.1:{one}/", f"http://127.0.0.1:{other}/"
            self.assertEqual(get(*urls), (sorted(f"200 3000000 {url}" for url in urls), "", 0))

    def test_failures_beside_others(self):
        """A name that there is not (a label is longer than DNS has, so that nobody is asked), a port without a listener, a reset and a response cut short leave the others alone."""
        no_name = f"http://{'x' * 64}/"
        with socket.create_server(("127.0.0.1", 0)) as closed:
            nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        with Responder(ok) as good, Responder(reset) as is_reset, Responder(saying(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel")) as cut:
            whole, resets, cut_short = f"http://127.0.0.1:{good}/", f"http://127.0.0.1:{is_reset}/", f"http://127.0.0.1:{cut}/"
            lines, errors, status = get(no_name, nobody, resets, cut_short, whole)
        self.assertEqual((lines, status), ([f"200 5 {whole}"], 1))
        complaints = dict(line.split(": ", 1) for line in errors.splitlines())
        self.assertEqual(set(complaints), {no_name, nobody, resets, cut_short})
        self.assertEqual(complaints[cut_short], "the transport ended inside a message")

    def test_tls_is_for_who_is_trusted(self):
        authority = Authority()
        self.addCleanup(authority.end)
        authority.issue("server")
        files = authority.path("server.pem"), authority.path("server.key")
        with Server("echo_server", "--listen", "127.0.0.1:0", "--tls", *files) as server, Responder(ok) as plain:
            urls = f"https://{server.address}/", f"http://127.0.0.1:{plain}/"
            lines, errors, status = get("--ca", authority.path("ca.pem"), *urls)
            self.assertEqual(([line.split()[0] for line in lines], errors, status), (["200", "200"], "", 0))
            lines, errors, status = get(urls[0])
        self.assertEqual((lines, status), ([], 1))
        self.assertIn(urls[0], errors)

    def test_command_lines(self):
        self.assertEqual(get("--help")[2], 0)
        for bad in (), ("--ca",), ("ws://127.0.0.1/",), ("nothing",), ("--unknown", "http://127.0.0.1/"):
            lines, errors, status = get(*bad)
            self.assertEqual((lines, status), ([], 2), bad)
            self.assertIn("usage: loop_get", errors)


if __name__ == "__main__":
    unittest.main()
