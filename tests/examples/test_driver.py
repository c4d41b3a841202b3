"""echo_server on the driver that is asked for, and on epoll where the system refuses it."""

import ctypes
import errno
import os
import struct
import unittest

from programs import Server, curl

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
IO_URING_SETUP = 425
LOAD_NUMBER, IF_EQUAL, RETURN = 0x20, 0x15, 0x06
RETURN_ERRNO, ALLOW = 0x00050000, 0x7FFF0000
LIBC = ctypes.CDLL(None, use_errno=True)


class Program(ctypes.Structure):
    """A sock_fprog."""

    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


STEPS = [(LOAD_NUMBER, 0, 0, 0), (IF_EQUAL, 0, 1, IO_URING_SETUP), (RETURN, 0, 0, RETURN_ERRNO | errno.EPERM), (RETURN, 0, 0, ALLOW)]
FILTER = b"".join(struct.pack("HBBI", *step) for step in STEPS)


def deny():
    """As the filters of containers do: io_uring_setup(2) fails with EPERM."""
    program = Program(len(STEPS), FILTER)
    if LIBC.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or LIBC.prctl(PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program)):
        raise OSError(ctypes.get_errno(), "no filter")


class Driver(unittest.TestCase):
    def served(self, *arguments, **how):
        """What the server said, and whether the system has made a ring for it."""
        server = Server("echo_server", "--listen", "127.0.0.1:0", *arguments, **how)
        self.assertEqual(curl(server.url + "/plaintext"), b"Hello, World!")
        folder = f"/proc/{server.process.pid}/fd"
        links = [os.readlink(os.path.join(folder, name)) for name in os.listdir(folder)]
        status, said = server.stop()
        self.assertEqual(status, 0)
        return said, any("io_uring" in link for link in links)

    def test_the_native_one_makes_no_ring(self):
        self.assertEqual(self.served(), ("", False))
        self.assertEqual(self.served("--driver", "epoll"), ("", False))

    def test_io_uring_or_why_not(self):
        said, has_ring = self.served("--driver", "io_uring")
        self.assertEqual(has_ring, said == "", said)

    def test_denied(self):
        said, has_ring = self.served("--driver", "io_uring", before=deny)
        self.assertEqual((said, has_ring), (f"io_uring is refused, epoll runs: {os.strerror(errno.EPERM)}\n", False))
