"""Clients that behave, and must be answered whatever others do. Each asserts what it gets."""

import asyncio
import random

from programs import PATIENCE
from websockets.asyncio.client import connect

PLAINTEXT = b"GET /plaintext HTTP/1.1\r\nHost: a\r\n\r\n"
HELLO = b"Hello, World!"


class Reader:
    """Responses out of a socket."""

    def __init__(self, peer):
        self.peer, self.buffer = peer, b""

    def more(self):
        octets = self.peer.recv(1 << 16)
        assert octets, f"the connection ended behind {self.buffer[-100:]!r}"
        self.buffer += octets

    def until(self, mark):
        while mark not in self.buffer:
            self.more()
        taken, _, self.buffer = self.buffer.partition(mark)
        return taken

    def exactly(self, count):
        while len(self.buffer) < count:
            self.more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def chunks(self):
        while size := int(self.until(b"\r\n"), 16):
            yield self.exactly(size)
            assert self.exactly(2) == b"\r\n"
        assert self.until(b"\r\n") == b""

    def response(self, status=b"200"):
        """The content of the next response."""
        head = self.until(b"\r\n\r\n").lower().split(b"\r\n")
        assert head[0].startswith(b"http/1.1 " + status), head
        fields = dict(line.split(b": ", 1) for line in head[1:])
        if fields.get(b"transfer-encoding") == b"chunked":
            return b"".join(self.chunks())
        return self.exactly(int(fields.get(b"content-length", 0)))


def ask(peer, count):
    reader = Reader(peer)
    for _ in range(count):
        peer.sendall(PLAINTEXT)
        assert reader.response() == HELLO


def keep_alive(target):
    with target.connect() as peer:
        ask(peer, 50)


def over_tls(target):
    with target.connect_tls() as peer:
        ask(peer, 20)


def pipelined(target):
    with target.connect() as peer:
        peer.sendall(PLAINTEXT * 100)
        reader = Reader(peer)
        for _ in range(100):
            assert reader.response() == HELLO


def upload(peer):
    """Chunked, behind 100 Continue; what comes back is what was sent."""
    content = random.randbytes(random.randrange(1, 200_000))
    peer.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n")
    reader = Reader(peer)
    assert reader.response(b"100") == b""
    for at in range(0, len(content), 10_000):
        part = content[at : at + 10_000]
        peer.sendall(b"%x\r\n%s\r\n" % (len(part), part))
    peer.sendall(b"0\r\n\r\n")
    assert reader.response() == content


def chunked(target):
    with target.connect() as peer:
        upload(peer)


def chunked_over_tls(target):
    with target.connect_tls() as peer:
        upload(peer)


def download(target):
    count = 20_000_000
    with target.connect() as peer:
        peer.sendall(b"GET /stream?bytes=%d HTTP/1.1\r\nHost: a\r\n\r\n" % count)
        assert len(Reader(peer).response()) == count


def slow_reader(target):
    """Slow as it is, it goes on and reads all."""
    count = 1_000_000
    with target.connect(receive_buffer=1 << 14) as peer:
        peer.sendall(b"GET /stream?bytes=%d HTTP/1.0\r\nHost: a\r\n\r\n" % count)
        got = b""
        while octets := peer.recv(1 << 15):
            got += octets
            target.rest(0.02)
    assert len(got.partition(b"\r\n\r\n")[2]) == count


async def converse(url, **options):
    limits = {"open_timeout": PATIENCE, "close_timeout": PATIENCE, "ping_interval": None, "proxy": None}
    async with connect(url, **limits, **options) as websocket:
        for size in (0, 1, 125, 126, 5000, 70_000):
            message = random.randbytes(size // 2) + bytes(size - size // 2)
            await websocket.send(message)
            assert await websocket.recv() == message
        await websocket.send("grüße")
        assert await websocket.recv() == "grüße"
        await (await websocket.ping())


def talk(url, compression, context=None):
    """Not the package's client for threads: it reads and writes one TLS session in two of them, which Python's ssl does not bear."""
    asyncio.run(asyncio.wait_for(converse(url, compression=compression, ssl=context), PATIENCE))


def websocket(target):
    talk(f"ws://{target.plain}/ws", None)


def websocket_deflate(target):
    talk(f"ws://{target.plain}/ws", "deflate")


def websocket_tls(target):
    talk(f"wss://{target.secure}/ws", "deflate", target.context)


ALL = [
    keep_alive, over_tls, pipelined, chunked, chunked_over_tls, download, slow_reader, websocket, websocket_deflate, websocket_tls,
]
