"""Many connections at once that misbehave; one crowd at a time."""

import bad
from target import reset

# More than held_max (64 MiB) over what one connection may hold, and more descriptors than the server may have.
HOLDERS, EXHAUSTING = 1150, 1600


def gather(target, count, each):
    """Up to `count` connections, fewer where no more are taken or the time is over; all of them end with a reset."""
    peers = []
    try:
        while len(peers) < count and not target.is_over():
            peer = target.connect(receive_buffer=1 << 12)
            peers.append(peer)
            peer.settimeout(1)
            each(peer)
        target.rest(2)
    finally:
        for peer in peers:
            reset(peer)


def hold(peer):
    """As bad.hold_input(), but what is not taken at once stays unsent."""
    peer.sendall(bad.LONG)
    peer.setblocking(False)
    try:
        peer.send(bad.GET * (bad.HELD // len(bad.GET)))
    except BlockingIOError:
        pass


def holders(target):
    gather(target, HOLDERS, hold)


def exhaust_descriptors(target):
    gather(target, EXHAUSTING, lambda peer: None)


ALL = [holders, exhaust_descriptors]
