"""The echo server over TLS, behind a network that is slow, cuts and resets."""

import unittest

import test_mangled
from certificates import Authority


def setUpModule():
    global authority
    authority = Authority()
    authority.issue("server")


def tearDownModule():
    authority.end()


class Secure:
    scheme = "https"
    trickle = 5  # a handshake has some thousand octets

    def setUp(self):
        self.options = ["--tls", authority.path("server.pem"), authority.path("server.key")]
        self.context = authority.context()
        self.trusted, self.trusting = ["--cacert", authority.path("ca.pem")], ["--ca", authority.path("ca.pem")]
        super().setUp()


class SlowTls(Secure, test_mangled.Slow):
    pass


class BrokenTls(Secure, test_mangled.Broken):
    pass


if __name__ == "__main__":
    unittest.main()
