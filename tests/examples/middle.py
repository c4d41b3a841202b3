"""The mangler between clients and a server."""

import contextlib
import os
import socket
import struct
import time

from programs import PATIENCE, Server


def mangler(to, *rules):
    """Between its clients and the server at an address; see `mangler --help`. The end of the `with` ends it."""
    return Server("mangler", "--listen", "127.0.0.1:0", "--to", to, *map(str, rules))


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def read(connection, count):
    """So many octets; fewer at the end."""
    octets = b""
    while len(octets) < count and (piece := connection.recv(count - len(octets))):
        octets += piece
    return octets


def read_to_end(connection):
    """What comes, and whether a reset is its end."""
    octets = bytearray()
    try:
        while piece := connection.recv(1 << 16):
            octets += piece
    except ConnectionResetError:
        return bytes(octets), True
    return bytes(octets), False


class Ends:
    """A client of a mangler, and the server behind it, which the test itself is."""

    def __init__(self, case, *rules):
        self.case = case
        self.listener = self.kept(socket.create_server(("127.0.0.1", 0)))
        self.mangler = mangler(f"127.0.0.1:{self.listener.getsockname()[1]}", *rules)
        case.addCleanup(self.stop)

    def stop(self):
        self.case.assertEqual(self.mangler.stop(), (0, ""))

    def connect(self):
        """The two ends of a new connection."""
        host, port = self.mangler.address.rsplit(":", 1)
        client = self.kept(socket.create_connection((host, int(port))))
        return client, self.kept(self.listener.accept()[0])

    def kept(self, connection):
        """Until the end of the test."""
        self.case.addCleanup(connection.close)
        connection.settimeout(PATIENCE)
        return connection

    def wait_for_descriptors(self, most):
        """Until it has no more of them than that."""
        self.mangler.wait_until(lambda: -self.descriptors(), -most)

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.mangler.process.pid}/fd"))


@contextlib.contextmanager
def at_least(case, seconds):
    """The body takes so long, or longer; a clock of milliseconds may be one early."""
    began = time.monotonic()
    yield
    case.assertGreaterEqual(time.monotonic() - began, seconds - 0.002)
