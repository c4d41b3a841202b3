"""The page of chat_server by https and wss: test_page.py with a certificate that the browser trusts by its key."""

import base64
import hashlib
import subprocess
import unittest

import test_page
from certificates import Authority
from programs import PATIENCE


def key_hash(chain):
    """SHA-256 of the public key of the certificate in this file, in base64."""
    command = ["openssl", "x509", "-in", chain, "-noout", "-pubkey"]
    pem = subprocess.run(command, stdout=subprocess.PIPE, timeout=PATIENCE, check=True).stdout
    key = base64.b64decode(b"".join(pem.splitlines()[1:-1]))
    return base64.b64encode(hashlib.sha256(key).digest()).decode()


class SecurePage(test_page.Page):
    scheme = "https"

    def setUp(self):
        authority = Authority()
        self.addCleanup(authority.end)
        chain, key = authority.issue("server")
        self.arguments = "--tls", chain, key
        self.flags = [f"--ignore-certificate-errors-spki-list={key_hash(chain)}"]
        super().setUp()


if __name__ == "__main__":
    unittest.main()
