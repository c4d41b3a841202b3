"""What every example does with its arguments. The examples are those there are: a new one is tested as soon as it is there."""

import contextlib
import os
import pathlib
import re
import socket
import subprocess
import unittest

from programs import PATIENCE, Server, program

# The sources of EXAMPLES: examples-c or examples-cpp.
SOURCES = pathlib.Path(__file__).resolve().parents[2] / pathlib.Path(os.environ["EXAMPLES"]).name
MAINS = [*SOURCES.glob("*/main.c"), *SOURCES.glob("*/main.cpp")]
NAMES = sorted([path.stem for path in [*SOURCES.glob("*.c"), *SOURCES.glob("*.cpp")]] + [path.parent.name for path in MAINS])


def run(name, *arguments):
    """The exit status of an example that ends by itself, and what it says: to standard output, to standard error."""
    command = [program(name), *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def address_option(name):
    """How a server is told where to listen: the arguments before the address; None for what is no server."""
    usage = run(name, "--help")[1]
    if "ADDRESS" not in usage:
        return None
    if "FOLDER" in usage:
        return ["."]
    if "FILE" in usage:
        return [__file__, "--listen"]
    if "--listen ADDRESS --to ADDRESS" in usage:
        return ["--to", "127.0.0.1:9", "--listen"]
    return ["--listen"] if "--listen ADDRESS" in usage else []


class Arguments(unittest.TestCase):
    def each(self, check):
        """Runs a check on every example."""
        self.assertGreaterEqual(len(NAMES), 1, "the examples were not found")
        for name in NAMES:
            with self.subTest(name):
                check(name)

    def each_server(self, check):
        """Runs a check on every server, with the arguments that come before an address."""
        found = [(name, option) for name in NAMES if (option := address_option(name)) is not None]
        self.assertGreaterEqual(len(found), 1, "the servers were not found")
        for name, option in found:
            with self.subTest(name):
                check(name, option)

    def test_every_program_is_an_example(self):
        folder = os.environ["EXAMPLES"]
        built = [name for name in os.listdir(folder) if os.access(os.path.join(folder, name), os.X_OK) and "." not in name]
        self.assertEqual(sorted(name for name in built if os.path.isfile(os.path.join(folder, name))), NAMES)

    def test_help_is_the_usage(self):
        def check(name):
            status, said, errors = run(name, "--help")
            self.assertEqual((status, errors), (0, ""))
            self.assertRegex(said, rf"^usage: {name}[ \n]")

        self.each(check)

    def assert_refused(self, name, *arguments):
        status, said, errors = run(name, *arguments)
        self.assertEqual((status, said), (2, ""), (arguments, errors))
        self.assertRegex(errors, rf"(?m)^usage: {name}( |$)")
        return errors

    def test_what_is_not_understood_is_refused(self):
        def check(name):
            self.assert_refused(name, "--no-such-option")
            self.assert_refused(name, "-h")
            self.assert_refused(name, "--help", "--no-such-option")
            self.assert_refused(name, "one", "two", "three")

        self.each(check)

    def test_an_address_that_is_none_is_refused_by_its_name(self):
        def check(name, option):
            for address in ["80x", "127.0.0.1:http", "127.0.0.1:65536", "localhost:", "1.2.3:80", "x" * 200 + ":80"]:
                self.assertIn(address[:40], self.assert_refused(name, *option, address))

        self.each_server(check)

    def test_an_address_and_a_port_is_where_it_listens(self):
        def check(name, option):
            if name in ("hello_server", "libuv_server"):  # they say nothing
                return
            with Server(name, *option, "127.0.0.2:0") as server:
                self.assertRegex(server.address, r"^127\.0\.0\.2:[1-9]")

        self.each_server(check)

    def test_why_it_cannot_listen_is_told(self):
        def check(name, option):
            with socket.create_server(("127.0.0.1", 0)) as taken, socket.socket(type=socket.SOCK_DGRAM) as udp:
                with contextlib.suppress(OSError):  # somebody else's then
                    udp.bind(taken.getsockname())
                in_use = f"127.0.0.1:{taken.getsockname()[1]}"
                status, said, errors = run(name, *option, in_use)
            self.assertEqual((status, said), (1, ""), errors)
            self.assertRegex(errors, rf"{re.escape(in_use)}: .*in use")
            status, said, errors = run(name, *option, "192.0.2.1:8080")  # RFC 5737: nobody's
            self.assertEqual((status, said), (1, ""), errors)
            self.assertRegex(errors, r"192\.0\.2\.1:8080: .*[Aa]ddress")
            self.assertNotIn("in use", errors)

        self.each_server(check)


if __name__ == "__main__":
    unittest.main()
