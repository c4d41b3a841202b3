"""The examples with a library that was built without TLS: they say so."""

import subprocess
import unittest

from programs import PATIENCE, Server, curl, program
from test_websocket import say


class WithoutTls(unittest.TestCase):
    def assert_it_says_so(self, *command):
        done = subprocess.run([program(command[0]), *command[1:]], capture_output=True, timeout=PATIENCE, check=False)
        self.assertEqual((done.stdout, done.returncode), (b"", 1))
        self.assertIn(b"built without TLS", done.stderr)

    def test_with_tls(self):
        self.assert_it_says_so("ws_client", "wss://127.0.0.1:1/", "hello")
        self.assert_it_says_so("https_get", "https://127.0.0.1:1/")
        for server in "echo_server", "chat_server":
            self.assert_it_says_so(server, "--listen", "127.0.0.1:0", "--tls", "chain.pem", "key.pem")

    def test_without(self):
        with Server("echo_server", "--listen", "127.0.0.1:0") as server:
            self.assertEqual(say(server, "hello"), (b"hello\n", 0))
            self.assertEqual(curl(server.url), b"OK")
            got = subprocess.run([program("https_get"), server.url], stdout=subprocess.PIPE, timeout=PATIENCE, check=True)
            self.assertEqual(got.stdout, b"OK")


if __name__ == "__main__":
    unittest.main()
