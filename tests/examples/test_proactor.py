"""The proactor: a file goes to a socket."""

import os
import shutil
import socket
import subprocess
import tempfile
import unittest

from middle import mangler, read_to_end, reset
from programs import PATIENCE, Server, program

CONTENT = os.urandom(3_000_000)


def end_of(process):
    """Exit status, output and complaint."""
    out, errors = process.communicate(timeout=PATIENCE)
    return process.returncode, out.decode(), errors.decode()


class Proactor(unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        self.path = os.path.join(folder, "file")
        with open(self.path, "wb") as file:
            file.write(CONTENT)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.addCleanup(self.listener.close)
        self.listener.settimeout(PATIENCE)
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"

    def start(self, *arguments):
        process = subprocess.Popen([program("proactor_copy"), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        return process

    def accept(self):
        connection = self.listener.accept()[0]
        self.addCleanup(connection.close)
        connection.settimeout(PATIENCE)
        return connection

    def received(self, *arguments):
        """What comes of it: the content, and how it has ended."""
        process = self.start(*arguments, "--to", self.address)
        with self.accept() as connection:
            content = read_to_end(connection)[0]
        return content, end_of(process)

    def test_a_file_and_ranges_of_it(self):
        self.assertEqual(self.received(self.path), (CONTENT, (0, "3000000 octets, sent as a file\n", "")))
        for first, last in (0, 0), (1, 2_999_998), (2_999_999, 2_999_999), (1 << 20, (1 << 21) - 1):
            content, end = self.received("--range", f"{first}-{last}", self.path)
            self.assertEqual((content, end), (CONTENT[first : last + 1], (0, f"{last + 1 - first} octets, sent as a file\n", "")))

    def test_an_empty_file(self):
        self.assertEqual(self.received(os.devnull), (b"", (0, "0 octets, sent as a file\n", "")))

    def test_a_file_that_the_system_does_not_send(self):
        """The arguments of the process itself, which are longer than its buffer; some systems send even these."""
        arguments = ["--range", "0" * 100_000 + "-99999", "/proc/self/cmdline"]
        content, (status, said, errors) = self.received(*arguments)
        command = "\0".join([program("proactor_copy"), *arguments]).encode()
        self.assertEqual((content, status, errors), (command[:100_000], 0, ""))
        self.assertRegex(said, "^100000 octets, (read and sent|sent as a file)\n$")

    def test_a_file_that_ends_too_early(self):
        content, end = self.received("--range", "2500000-3000000", self.path)
        self.assertEqual(end, (1, "", f"{self.address}: the file ends too early\n"))
        self.assertEqual(content, CONTENT[2_500_000 :][: len(content)])

    def test_the_end_of_the_peer_is_waited_for(self):
        process = self.start(self.path, "--to", self.address)
        with self.accept() as connection:
            self.assertEqual(read_to_end(connection), (CONTENT, False))
            connection.sendall(b"ignored")
            with self.assertRaises(subprocess.TimeoutExpired):
                process.wait(0.5)
        self.assertEqual(end_of(process)[0], 0)

    def test_a_peer_that_ends_first_gets_all(self):
        process = self.start(self.path, "--to", self.address)
        with self.accept() as connection:
            connection.shutdown(socket.SHUT_WR)
            self.assertEqual(read_to_end(connection), (CONTENT, False))
            self.assertEqual(end_of(process)[0], 0)

    def test_a_peer_that_is_gone(self):
        process = self.start(self.path, "--to", self.address)
        connection = self.accept()
        connection.recv(1)
        reset(connection)
        status, said, errors = end_of(process)
        self.assertEqual((status, said), (1, ""))
        self.assertRegex(errors, rf"^{self.address}: (sending|the connection): (Connection reset by peer|Broken pipe)\n$")

    def test_nobody_there(self):
        self.listener.close()
        self.assertEqual(end_of(self.start(self.path, "--to", self.address)), (1, "", f"{self.address}: connecting: Connection refused\n"))

    def test_who_connects_first_gets_it(self):
        with Server("proactor_copy", self.path, "--listen", "127.0.0.1:0") as server:
            host, port = server.address.rsplit(":", 1)
            with socket.create_connection((host, int(port)), timeout=PATIENCE) as first:
                first.settimeout(PATIENCE)
                self.assertEqual(first.recv(1), CONTENT[:1])
                with self.assertRaises(ConnectionRefusedError):
                    socket.create_connection((host, int(port)), timeout=PATIENCE).close()
                self.assertEqual(read_to_end(first), (CONTENT[1:], False))
            self.assertEqual(server.wait(), (0, ""))

    def test_through_a_middleman(self):
        """Slow, it all arrives; cut, that is told."""
        with mangler(self.address, "--seed", 1, "--delay-ms", 5) as slow:
            process = self.start(self.path, "--to", slow.address)
            with self.accept() as connection:
                self.assertEqual(read_to_end(connection), (CONTENT, False))
            self.assertEqual(end_of(process)[0], 0)
        with mangler(self.address, "--up", "--reset-after", 1_000_000) as broken:
            process = self.start(self.path, "--to", broken.address)
            with self.accept() as connection:
                self.assertLessEqual(len(read_to_end(connection)[0]), 1_000_000)
            self.assertEqual(end_of(process)[0], 1)

    def test_arguments_that_are_refused(self):
        for arguments in [["--range", text, self.path] for text in ("1", "2-1", "-1", "1-", "1--2", "x-1", "1-x", "0-9223372036854775807")]:
            with self.subTest(arguments):
                status, said, errors = end_of(self.start(*arguments, "--to", self.address))
                self.assertEqual((status, said), (2, ""))
                self.assertIn("usage: proactor_copy", errors)
        self.assertEqual(end_of(self.start("/nowhere", "--to", self.address)), (1, "", "/nowhere: No such file or directory\n"))


if __name__ == "__main__":
    unittest.main()
