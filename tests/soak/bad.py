"""Clients that misbehave, one connection each. What the server does to them is not asserted here; good clients are what counts."""

import random
import socket
import zlib

from frames import KEY, UPGRADE, VERSION, masked

from target import random_octets, read_some, reset, send_until_blocked
from tls_peer import TlsPeer

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
LONG = b"GET /stream?bytes=1000000000 HTTP/1.1\r\nHost: a\r\n\r\n"
HELD = 70_000


def hold_input(peer):
    """A request whose answer is not read, and as much input behind it as the server takes."""
    peer.settimeout(1)
    peer.sendall(LONG)
    return send_until_blocked(peer, GET * 100, HELD, 0.2)


def holds_input(target):
    peer = target.connect(receive_buffer=1 << 12)
    hold_input(peer)
    target.rest(2)
    reset(peer)


def floods_behind_final_response(target):
    with target.connect() as peer:
        peer.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        send_until_blocked(peer, bytes(1 << 16), 1 << 26)


def sends_body_of_refused_request(target):
    with target.connect() as peer:
        peer.sendall(b"POST /plaintext HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n")
        send_until_blocked(peer, bytes(1 << 16), 1 << 26)


def open_websocket(target, more=b""):
    peer = target.connect()
    peer.sendall(UPGRADE % b"/ws" + KEY + VERSION + more + b"\r\n")
    head = b""
    while b"\r\n\r\n" not in head:
        octets = peer.recv(4096)
        if not octets:
            raise ConnectionResetError
        head += octets
    return peer


def compressed_fragments(target):
    """Little that inflates to much, in messages that do not end."""
    with open_websocket(target, b"Sec-WebSocket-Extensions: permessage-deflate\r\n") as peer:
        squeeze = zlib.compressobj(wbits=-15)
        first = 0x42
        for _ in range(30):
            octets = squeeze.compress(bytes(1 << 20)) + squeeze.flush(zlib.Z_SYNC_FLUSH)
            peer.sendall(masked(first, octets))
            first = 0
        read_some(peer, 1)


def tiny_fragments(target):
    with open_websocket(target) as peer:
        send_until_blocked(peer, masked(0x02, b"") + masked(0x00, b"") * 2000, 1 << 20)


def wrong_frames(target):
    with open_websocket(target) as peer:
        peer.sendall(random.choice([b"\x82\x01x", b"\xf2\x80abcd", masked(0x81, b"\xff"), masked(0x88, b"\x00\x01"), b"\x8f\xff"]))
        read_some(peer, 1)


def websocket_without_reading(target):
    peer = open_websocket(target)
    send_until_blocked(peer, masked(0x82, bytes(4000)), 1 << 24)
    reset(peer)


class Room:
    """What a server takes from a WebSocket over TLS that does not read: found out by those that came before."""

    octets = 1 << 22


def tls_end_behind_full_queue(target):
    """The octets that cross the high-water mark carry the close_notify too, if the room was guessed well."""
    peer = TlsPeer(target)
    with peer.socket:
        peer.open_websocket()
        most = Room.octets - random.randrange(400_000)
        sent = peer.fill(masked(0x82, b"m" * 4000) * 8, most)
        Room.octets = sent if sent < most else Room.octets + 100_000
        peer.close(masked(0x82, b"m" * 4000) * 14)
        target.rest(0.5)


def half_open(target):
    with target.connect() as peer:
        peer.sendall(random.choice([b"", b"GET / HT", GET[:-2], GET, LONG]))
        peer.shutdown(socket.SHUT_WR)
        read_some(peer, 1)


def silent(target):
    with target.connect(secure=random.random() < 0.5) as peer:
        read_some(peer, 12)


def slowloris(target):
    with target.connect() as peer:
        while target.rest(0.2):
            try:
                peer.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX: "[:1] if random.random() < 0.1 else b"x")
            except OSError:
                return


def resets_in_body(target):
    peer = target.connect()
    peer.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n" + bytes(random.randrange(200_000)))
    reset(peer)


def resets_download(target):
    peer = target.connect()
    peer.sendall(LONG)
    peer.recv(1 << 16)
    reset(peer)


def garbage(target):
    with target.connect() as peer:
        send_until_blocked(peer, random_octets(random.randrange(1, 5000)), 20_000, 0.2)
        read_some(peer, 1)


def tls_garbage(target):
    with target.connect(secure=True) as peer:
        kinds = [random_octets(500), GET, b"\x16\x03\x01\x02\x00" + random_octets(512), b"\x15\x03\x03\x00\x02\x02\x28"]
        send_until_blocked(peer, random.choice(kinds), 2000, 0.2)
        read_some(peer, 1)


def oversized_records(target):
    with target.connect(secure=True) as peer:
        kinds = [b"\x17\x03\x03\x48\x01", b"\x16\x03\x01\x40\x01", b"\x16\x03\x01\x10\x00\x01\x01\x00\x00"]
        send_until_blocked(peer, random.choice(kinds) + bytes(1 << 15), 1 << 18, 0.2)
        read_some(peer, 1)


ALL = [
    holds_input, floods_behind_final_response, sends_body_of_refused_request, compressed_fragments, tiny_fragments, wrong_frames,
    websocket_without_reading, tls_end_behind_full_queue, half_open, silent, slowloris, resets_in_body, resets_download, garbage,
    tls_garbage, oversized_records,
]
