"""The echo server's file over TLS."""

import unittest

import test_file
import test_tls
from programs import Client


def setUpModule():
    test_file.setUpModule()
    test_tls.setUpModule()


def tearDownModule():
    test_tls.tearDownModule()
    test_file.tearDownModule()


class Secure(test_file.Plain):
    scheme = "https://"
    old = ("--http1.0", "--no-alpn")  # curl would offer http/1.0 only

    def setUp(self):
        self.chain, self.key = test_tls.authority.issue("server")
        self.trusted = ("--cacert", test_tls.authority.path("ca.pem"))

    def open(self, *arguments):
        return super().open("--tls", self.chain, self.key, *arguments)

    def client(self, server):
        return Client(server.address, test_tls.authority.context())


if __name__ == "__main__":
    unittest.main()
