"""The servers that clients talk to, and when to stop."""

import random
import socket
import ssl
import struct
import time

from programs import PATIENCE


class Target:
    """Addresses of a server with and without TLS; shared by all clients."""

    def __init__(self, plain, secure, authority):
        self.plain, self.secure = plain, secure
        self.context = authority.context()
        self.ends_at = None

    def run_for(self, seconds):
        self.ends_at = time.monotonic() + seconds

    def is_over(self):
        return time.monotonic() >= self.ends_at

    def rest(self, seconds):
        """Sleeps so long, but not beyond the end; answers whether to go on."""
        time.sleep(max(0, min(seconds, self.ends_at - time.monotonic())))
        return not self.is_over()

    def connect(self, secure=False, receive_buffer=0):
        peer = socket.socket()
        if receive_buffer:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        peer.settimeout(PATIENCE)
        host, port = (self.secure if secure else self.plain).rsplit(":", 1)
        try:
            peer.connect((host, int(port)))
        except OSError:
            peer.close()
            raise
        return peer

    def connect_tls(self):
        return self.context.wrap_socket(self.connect(secure=True), server_hostname="localhost")


def reset(peer):
    """Closes with a RST."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def read_some(peer, seconds):
    """Reads and drops what comes, for so long at most; answers whether the end came."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        peer.settimeout(left)
        try:
            if not peer.recv(1 << 16):
                return True
        except (TimeoutError, ssl.SSLWantReadError):
            return False
        except OSError:
            return True
    return False


def send_until_blocked(peer, octets, most, seconds=1):
    """Sends `octets` again and again, `most` in all, until the peer takes no more for so long; answers how many it took."""
    peer.settimeout(seconds)
    sent = 0
    try:
        while sent < most:
            sent += peer.send(octets)
    except OSError:
        pass
    return sent


def random_octets(count):
    return random.randbytes(count)
