"""WebSocket by hand: the handshake is RFC 6455's own, frames are octets."""

from programs import Client

UPGRADE = b"GET %s HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
KEY = b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
ACCEPT = b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
VERSION = b"Sec-WebSocket-Version: 13\r\n"
MASK = b"\x01\x02\x03\x04"


def masked(first, payload):
    """A client's frame."""
    length = len(payload)
    if length < 126:
        header = bytes([first, 0x80 | length])
    elif length < 1 << 16:
        header = bytes([first, 0xFE]) + length.to_bytes(2, "big")
    else:
        header = bytes([first, 0xFF]) + length.to_bytes(8, "big")
    mask = (MASK * (length // 4 + 1))[:length]
    octets = int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")
    return header + MASK + octets.to_bytes(length, "big")


def open_socket(server, target=b"/ws", more=b"", context=None):
    client = Client(server.address, context)
    try:
        client.send(UPGRADE % target + KEY + VERSION + more + b"\r\n")
        head = client.until(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head
        assert ACCEPT in head, head
    except BaseException:
        client.socket.close()
        raise
    return client


def frame(client):
    """First octet and payload of the next frame of a server."""
    first, length = client.exactly(2)
    if length > 125:
        length = int.from_bytes(client.exactly(2 if length == 126 else 8), "big")
    return first, client.exactly(length)


def message(client):
    """Opcode and payload of a message of a server, which may come in frames."""
    first, payload = frame(client)
    opcode = first & 15
    while not first & 0x80:
        first, more = frame(client)
        payload += more
    return opcode, payload
