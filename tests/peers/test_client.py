"""ws_client as servers made of the Python package websockets see it."""

import asyncio
import os
import unittest
from subprocess import PIPE

from peer import CLOSE_CODES, MIB, OPTIONS, REPEATS, TEXT, PeerCase, hear, in_time
from programs import program
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory


class Serving:
    """A server whose connections `handler` serves. The end of the `with` waits for them and repeats what went wrong there."""

    def __init__(self, handler, **options):
        self.handler, self.options, self.ends = handler, {**OPTIONS, "compression": None, **options}, []

    async def handle(self, socket):
        end = asyncio.create_task(self.handler(socket))
        self.ends.append(end)
        await asyncio.wait([end])

    async def __aenter__(self):
        self.server = await serve(self.handle, "127.0.0.1", 0, **self.options)
        return "ws://{}:{}".format(*self.server.sockets[0].getsockname())

    async def __aexit__(self, kind, *_):
        try:
            if kind is None:
                await in_time(asyncio.gather(*self.ends))
        finally:
            self.server.close()
            await in_time(self.server.wait_closed())


async def start_client(case, *arguments):
    client = await asyncio.create_subprocess_exec(program("ws_client"), *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE)

    async def end():
        if client.returncode is None:
            client.kill()
            await client.wait()

    case.addAsyncCleanup(end)
    return client


async def end_of(client):
    """What it said since, its exit status and what it complains of, once its input ends."""
    output, errors = await in_time(client.communicate(b""))
    return output.decode(), client.returncode, errors.decode()


class Echo(PeerCase):
    """With --autobahn it echoes."""

    options: tuple[str, ...] = ()

    async def talk(self, case, **options):
        """The client asks for the number of cases, does each, and says that it is through."""

        async def handler(socket):
            path = socket.request.path
            if path == "/getCaseCount":
                await socket.send("1")
            elif path.startswith("/runCase?case=1&"):
                await case(socket)

        async with Serving(handler, **{"compression": self.compression} | options) as url:
            client = await start_client(self, *self.options, "--autobahn", url)
            return await end_of(client)

    async def assert_talk(self, case, **options):
        self.assertEqual(await self.talk(case, **options), ("1 cases\n", 0, ""))

    async def test_text_and_binary(self):
        async def case(socket):
            self.assert_extension(socket)
            await self.assert_echo(socket, TEXT, bytes(range(256)), "", b"", TEXT)

        await self.assert_talk(case)

    async def test_lengths(self):
        await self.assert_talk(self.assert_lengths)

    async def test_big_ones(self):
        async def case(socket):
            await self.assert_echo(socket, os.urandom(8 * MIB), TEXT * (MIB // len(TEXT.encode())), "small")

        await self.assert_talk(case)

    async def test_fragments(self):
        await self.assert_talk(self.assert_fragments)

    async def test_pings(self):
        await self.assert_talk(self.assert_pings)

    async def test_close_codes_come_back(self):
        for code in CLOSE_CODES:

            async def case(socket, code=code):
                await socket.close(code, "because")
                self.assertEqual(socket.protocol.close_rcvd.code, code)

            with self.subTest(code):
                await self.assert_talk(case)

    async def test_text_that_is_not_utf_8(self):
        for octets in [b"\xff", b"\xed\xa0\x80", b"cut \xe4\xb8"]:

            async def case(socket, octets=octets):
                await socket.send(octets, text=True)
                with self.assertRaises(ConnectionClosed) as closed:
                    await hear(socket)
                self.assertEqual(closed.exception.rcvd.code, 1007)

            with self.subTest(octets):
                output, status, errors = await self.talk(case)
                self.assertEqual((output, status, errors.count("\n")), ("1 cases\n", 0, 1), errors)


class CompressedEcho(Echo):
    options = ("--deflate",)
    compression = "deflate"

    async def test_parameters(self):
        async def case(socket):
            await self.assert_echo(socket, REPEATS, REPEATS, TEXT * 1000)

        for parameters in [
            {"server_no_context_takeover": True},
            {"client_no_context_takeover": True},
            {"server_max_window_bits": 9},
            {"client_max_window_bits": 9},
        ]:
            with self.subTest(parameters):
                await self.assert_talk(case, extensions=[ServerPerMessageDeflateFactory(**parameters)])


class Talk(PeerCase):
    """Without --autobahn it says the lines of its input and prints the answers."""

    async def say(self, url, *options, lines=()):
        """What it prints for each line, then its end."""
        client = await start_client(self, *options, url)
        answers = []
        for line in lines:
            client.stdin.write(f"{line}\n".encode())
            answers.append((await in_time(client.stdout.readline())).decode().rstrip("\n"))
        return answers, *await end_of(client)

    async def test_it_hears_what_it_says(self):
        async def echo(socket):
            async for message in socket:
                await socket.send(message)
            self.assertEqual(socket.protocol.close_rcvd.code, 1000)

        lines = ["hello", TEXT, "x" * 60_000, "last"]
        for options, compression in [((), None), (("--deflate",), "deflate")]:
            with self.subTest(options):
                async with Serving(echo, compression=compression) as url:
                    self.assertEqual(await self.say(url, *options, lines=lines), (lines, "", 0, ""))

    async def test_its_handshake(self):
        async def handler(socket):
            self.assertEqual(socket.request.path, "/path?query")
            self.assertEqual(f"ws://{socket.request.headers['Host']}", url)
            self.assertNotIn("Sec-WebSocket-Extensions", socket.request.headers)

        async with Serving(handler, compression="deflate") as url:
            self.assertEqual(await self.say(f"{url}/path?query"), ([], "", 0, ""))

    async def test_a_handshake_that_is_refused(self):
        async with Serving(None, process_request=lambda socket, _: socket.respond(403, "no")) as url:
            self.assertEqual(await self.say(url), ([], "", 1, "refused with status 403\n"))

    async def test_a_connection_that_is_lost(self):
        async def handler(socket):
            await hear(socket)
            socket.transport.abort()

        async with Serving(handler) as url:
            answers, output, status, errors = await self.say(url, lines=["anyone?"])
        self.assertEqual((answers, output, status, errors.count("\n")), ([""], "", 1, 1), errors)


if __name__ == "__main__":
    unittest.main()
