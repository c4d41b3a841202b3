"""Certificates for the tests, made by the openssl program."""

import os
import shutil
import ssl
import subprocess
import tempfile

from programs import PATIENCE


class Authority:
    """A folder of certificates, until its end()."""

    def __init__(self):
        self.folder = tempfile.mkdtemp()
        self.make_root("ca")

    def end(self):
        shutil.rmtree(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def new_key(self, name):
        curve = "ec_paramgen_curve:P-256"
        return "-newkey", "ec", "-pkeyopt", curve, "-nodes", "-keyout", self.path(name + ".key")

    def make_root(self, name, hosts=None):
        """A certificate to trust, for these hosts if any. What is issued here is signed by the one called ca."""
        names = ["-addext", "subjectAltName=" + hosts] if hosts else []
        out = self.path(name + ".pem")
        self.openssl("req", "-x509", *self.new_key(name), "-out", out, "-days", "2", "-subj", "/CN=" + name, *names)

    def issue(self, name, hosts="DNS:localhost,IP:127.0.0.1"):
        """A certificate for these hosts, and its key; answers their paths."""
        with open(self.path("names"), "w", encoding="ascii") as names:
            names.write(f"subjectAltName={hosts}\n")
        chain, request = self.path(name + ".pem"), self.path(name + ".csr")
        self.openssl("req", *self.new_key(name), "-out", request, "-subj", "/CN=" + name)
        signed_by = ["-CA", self.path("ca.pem"), "-CAkey", self.path("ca.key"), "-CAcreateserial"]
        self.openssl("x509", "-req", "-in", request, *signed_by, "-days", "2", "-extfile", self.path("names"), "-out", chain)
        return chain, self.path(name + ".key")

    def context(self):
        return ssl.create_default_context(cafile=self.path("ca.pem"))

    @staticmethod
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], stderr=subprocess.DEVNULL, timeout=PATIENCE, check=True)
