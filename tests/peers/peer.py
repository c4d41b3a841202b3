"""What both roles of a peer have in common."""

import asyncio
import os
import unittest

from programs import PATIENCE

TEXT = "Grüße, 世界 🎉"
MIB = 1 << 20
# Within a message and from one to the next the repeats are too far back for a small window, and near enough for a large one.
REPEATS = os.urandom(2000) * 40
CLOSE_CODES = [1000, 1001, 1003, 1011, 3000, 4999]

# Of connect() and serve(): only the tests say how long something may be or take. A peer of ours that is slow is not asked for a sign of life.
OPTIONS = {
    "max_size": None,
    "max_queue": None,
    "open_timeout": PATIENCE,
    "close_timeout": PATIENCE,
    "ping_interval": None,
}


async def in_time(awaitable):
    return await asyncio.wait_for(awaitable, PATIENCE)


async def hear(socket):
    return await in_time(socket.recv())


class PeerCase(unittest.IsolatedAsyncioTestCase):
    """A class that derives from another one with tests repeats them compressed."""

    compression = None

    async def asyncSetUp(self):
        """A slow machine is not worth a warning."""
        asyncio.get_running_loop().slow_callback_duration = PATIENCE

    def assert_extension(self, socket):
        names = [extension.name for extension in socket.protocol.extensions]
        self.assertEqual(names, ["permessage-deflate"] if self.compression else [])

    async def assert_echo(self, socket, *messages):
        """Answers are read while messages are sent: two that only send, once all buffers are full, would wait for each other."""
        sending = asyncio.gather(*map(socket.send, messages))
        for message in messages:
            answer = await hear(socket)
            self.assertTrue(answer == message, f"{len(answer)} of {len(message)}: {answer[:40]!r}")
        await sending

    async def assert_fragments(self, socket):
        """Cut within a character, and one after another."""
        octets = TEXT.encode()
        for cut in range(len(octets) + 1):
            await socket.send([octets[:cut], octets[cut:]], text=True)
            self.assertEqual(await hear(socket), TEXT)
        await socket.send([bytes([octet]) for octet in octets])
        self.assertEqual(await hear(socket), octets)

    async def assert_pings(self, socket):
        """Short and long, and one between the fragments of a message."""

        async def fragments():
            yield "one, "
            await in_time(await socket.ping())
            yield "two"

        for content in [b"", b"x" * 125]:
            await in_time(await socket.ping(content))
        await socket.send(fragments())
        self.assertEqual(await hear(socket), "one, two")

    async def assert_lengths(self, socket):
        """Those around where the header of a frame grows."""
        for length in [0, 1, 125, 126, 127, 65535, 65536, 65537]:
            await self.assert_echo(socket, os.urandom(length), "y" * length)
