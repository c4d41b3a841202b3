"""The notes of rest_server by https, and their changes by wss."""

import unittest

import test_rest
from certificates import Authority


class RestOverTls(test_rest.Rest):
    @classmethod
    def setUpClass(cls):
        authority = Authority()
        cls.addClassCleanup(authority.end)
        cls.context = authority.context()
        cls.arguments = ("127.0.0.1:0", *authority.issue("server"))
        super().setUpClass()


if __name__ == "__main__":
    unittest.main()
