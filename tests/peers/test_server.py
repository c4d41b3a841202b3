"""echo_server as clients made of the Python package websockets see it."""

import asyncio
import itertools
import os
import unittest

from peer import CLOSE_CODES, MIB, OPTIONS, REPEATS, TEXT, PeerCase, hear
from programs import Server
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory


class Echo(PeerCase):
    """Each test has a server of its own, which must end well."""

    arguments: tuple[str, ...] = ()

    def setUp(self):
        self.server = Server("echo_server", "--listen", "127.0.0.1:0", *self.arguments)
        self.addCleanup(self.server.__exit__)

    def tearDown(self):
        self.assertEqual(self.server.stop(), (0, ""))

    def connect(self, **options):
        defaults = {**OPTIONS, "compression": self.compression, "proxy": None}
        return connect(f"ws://{self.server.address}/ws", **defaults | options)

    async def assert_closed_for(self, code, socket, message, **options):
        """The Close may come while the message is still being sent."""
        with self.assertRaises(ConnectionClosed) as closed:
            await socket.send(message, **options)
            await hear(socket)
        self.assertIsNotNone(closed.exception.rcvd, closed.exception)
        self.assertEqual(closed.exception.rcvd.code, code)


class Messages(Echo):
    async def test_text_and_binary(self):
        async with self.connect() as socket:
            self.assert_extension(socket)
            await self.assert_echo(socket, TEXT, bytes(range(256)), "", b"", TEXT)

    async def test_lengths(self):
        async with self.connect() as socket:
            await self.assert_lengths(socket)

    async def test_big_ones(self):
        async with self.connect() as socket:
            await self.assert_echo(socket, os.urandom(8 * MIB), TEXT * (MIB // len(TEXT.encode())), "small")

    async def test_fragments(self):
        async with self.connect() as socket:
            await self.assert_fragments(socket)
            await socket.send([os.urandom(MIB)] * 3)
            self.assertEqual(len(await hear(socket)), 3 * MIB)

    async def test_many_in_flight(self):
        async with self.connect() as socket:
            await self.assert_echo(socket, *[f"message {number}" for number in range(2000)])

    async def test_fifty_connections_at_once(self):
        async def talk(number):
            async with self.connect() as socket:
                await self.assert_echo(socket, *[f"{number}: {turn}" for turn in range(50)])

        await asyncio.gather(*map(talk, range(50)))

    async def test_pings(self):
        async with self.connect() as socket:
            await self.assert_pings(socket)

    async def test_close_codes_come_back(self):
        for code in CLOSE_CODES:
            with self.subTest(code):
                async with self.connect() as socket:
                    await socket.close(code, "because")
                    self.assertEqual(socket.protocol.close_rcvd.code, code)

    async def test_text_that_is_not_utf_8(self):
        for octets in [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"fine until h\xc3ere", b"cut \xe4\xb8"]:
            with self.subTest(octets):
                async with self.connect() as socket:
                    await self.assert_closed_for(1007, socket, octets, text=True)


class CompressedMessages(Messages):
    compression = "deflate"


class Offers(Echo):
    async def test_parameters(self):
        for parameters in [
            {"server_no_context_takeover": True},
            {"client_no_context_takeover": True},
            {"server_max_window_bits": 9},
            {"client_max_window_bits": 9},
        ]:
            factory = ClientPerMessageDeflateFactory(**parameters)
            with self.subTest(parameters):
                async with self.connect(extensions=[factory]) as socket:
                    self.assertEqual(len(socket.protocol.extensions), 1)
                    await self.assert_echo(socket, REPEATS, REPEATS, TEXT * 1000)

    async def test_no_subprotocol(self):
        async with self.connect(subprotocols=["chat", "superchat"]) as socket:
            self.assertIsNone(socket.subprotocol)
            await self.assert_echo(socket, TEXT)


class WithoutDeflate(Echo):
    arguments = ("--no-deflate",)

    async def test_it_is_not_agreed_on(self):
        async with self.connect(compression="deflate") as socket:
            self.assertEqual(socket.protocol.extensions, [])
            await self.assert_echo(socket, TEXT * 1000)


class Limited(Echo):
    arguments = ("--max-message", "1000")

    async def test_the_limit_is_for_a_message(self):
        """Nothing longer than what the server reads and drops behind its Close (64 KiB): else the Close may be lost to a reset."""
        messages = [b"x" * 1001, b"x" * 50_000, [b"x" * 500, b"x" * 500, b"x"]]
        for compression, message in itertools.product([None, "deflate"], messages):
            with self.subTest(compression=compression, message=message[:3]):
                async with self.connect(compression=compression) as socket:
                    await self.assert_echo(socket, b"x" * 1000)
                    await self.assert_closed_for(1009, socket, message)

    async def test_what_inflates_beyond_it(self):
        async with self.connect(compression="deflate") as socket:
            await self.assert_closed_for(1009, socket, bytes(16 * MIB))


if __name__ == "__main__":
    unittest.main()
