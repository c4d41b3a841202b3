"""Messages of 1 MiB that inflate to 1 GiB (WS-PMD-07). What a server takes for them is its peak, as the system counts it."""

import os
import threading
import unittest
import zlib

from frames import frame, masked, open_socket
from programs import Server

MIB = 1 << 20
FORGETFUL = b"Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n"
ROOM = 2 * MIB  # beside messages: buffers, an inflater, a deflater, and what the allocator keeps


def bomb():
    """A frame with 1 GiB of zeros, compressed: a MiB of them that ends at an octet, over and over."""
    packer = zlib.compressobj(level=9, wbits=-15)
    stretch = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    return masked(0xC2, (stretch * 1024)[:-4])


def send(client, octets):
    """As far as the peer takes it."""
    try:
        client.send(octets)
    except OSError:
        pass


@unittest.skipUnless(os.path.exists("/proc/self/status"), "this system does not tell the peak of a process")
class Bomb(unittest.TestCase):
    frame = bomb()

    def throw(self, server, target, octets):
        """The code the server closes with; None when it has reset the connection, as it may when it is sent more than it cares
        to discard."""
        with open_socket(server, target, FORGETFUL) as client:
            sender = threading.Thread(target=send, args=[client, octets])
            sender.start()
            first, payload = 0, b""
            try:
                while first & 15 != 8:
                    first, payload = frame(client)
            except (ConnectionError, EOFError):
                payload = None
            sender.join()
        return payload and int.from_bytes(payload[:2], "big")

    def check(self, server, target, limit):
        """All of the frame, and as much of it as shows that it is too long."""
        before = server.peak()
        for _ in range(5):
            self.assertIn(self.throw(server, target, self.frame), [1009, None])
            self.assertEqual(self.throw(server, target, self.frame[: limit // 1000 + (32 << 10)]), 1009)
        print(f"{server.peak() - before} octets more at its peak, of {ROOM}")
        self.assertLess(server.peak() - before, ROOM)

    def test_an_echo_in_parts(self):
        """Of which no more is ever in memory than a stretch, whatever the limit."""
        for limit in [MIB, 64 * MIB]:
            with Server("echo_server", "--listen", "127.0.0.1:0", "--max-message", str(limit)) as server:
                self.check(server, b"/ws", limit)

    def test_whole_messages(self):
        with Server("chat_server", "--listen", "127.0.0.1:0") as server:
            self.check(server, b"/room", 4096)


if __name__ == "__main__":
    unittest.main()
