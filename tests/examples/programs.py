"""Starts the example programs, and talks to them by curl and by bare sockets.

EXAMPLES is the folder of the programs. Every wait has an end; what it waits for is an event, never a time.
"""

import os
import re
import resource
import select
import signal
import socket
import subprocess
import threading
import time
import unittest

# Longer than anything takes on a busy machine; it only bounds a run that fails.
PATIENCE = 240


def local_host():
    """A name for 127.0.0.1, or that where the system knows no name: a bare one may have no /etc/hosts."""
    try:
        known = socket.getaddrinfo("localhost", None, socket.AF_INET)
        return "localhost" if ("127.0.0.1", 0) in [entry[4] for entry in known] else "127.0.0.1"
    except OSError:
        return "127.0.0.1"


LOCAL_HOST = local_host()


def program(name):
    return os.path.join(os.environ["EXAMPLES"], name)


def driver_of(name):
    """The arguments for the driver in the environment, for a program that has a choice."""
    driver = os.environ.get("WIREWAY_DRIVER")
    return ("--driver", driver) if driver and name == "echo_server" else ()


def raise_descriptor_limit():
    """As far as the system lets us; what is started afterwards inherits it."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    return most


class Server:
    """A running example that has said where it listens. The end of the `with` ends it. `before`: called in its process."""

    def __init__(self, name, *arguments, runner=(), listens=None, before=None):
        command = [*runner, program(name), *arguments, *driver_of(name)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=before)
        self.address = listens or self.announced()
        self.url = f"http://{self.address}"

    def announced(self):
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline().decode() if ready else ""
        if not line.startswith("listening on "):
            self.process.kill()
            raise AssertionError(f"said {line!r}: {self.process.communicate()[1].decode()}")
        return line.removeprefix("listening on ").strip()

    def signal(self, number=signal.SIGTERM):
        self.process.send_signal(number)

    def wait(self):
        """Its exit status and what it said on standard error."""
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, errors.decode()

    def stop(self):
        self.signal()
        return self.wait()

    def resident(self):
        """The memory it uses, in octets."""
        return self.memory("VmRSS")

    def peak(self):
        """The most memory it ever used, in octets."""
        return self.memory("VmHWM")

    def memory(self, name):
        return self.told(name) * 1024

    def told(self, name):
        """A number of its status."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as status:
            line = next(line for line in status if line.startswith(name))
        return int(line.split()[1])

    def wait_for_sleeps(self, count):
        """Until it has gone to sleep that often from now on."""
        began = self.told("voluntary_ctxt_switches")
        self.wait_until(lambda: self.told("voluntary_ctxt_switches") - began, count)

    def wait_for_descriptors(self, count):
        """Until it has that many."""
        self.wait_until(lambda: len(os.listdir(f"/proc/{self.process.pid}/fd")), count)

    @staticmethod
    def wait_until(number, least):
        end = time.monotonic() + PATIENCE
        while number() < least:
            if time.monotonic() > end:
                raise AssertionError(f"{number()}, not {least}")
            time.sleep(0.02)

    def processor_ticks(self):
        """What it used of the processor, in 1/100 s as a rule."""
        with open(f"/proc/{self.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


class Client:
    """A bare socket that speaks just enough HTTP to read responses."""

    def __init__(self, address, context=None):
        """Over TLS with this ssl.SSLContext, if there is one; the name of the server is localhost."""
        if address.startswith("unix:"):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(PATIENCE)
            self.socket.connect(address.removeprefix("unix:"))
        else:
            host, port = address.rsplit(":", 1)
            self.socket = socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE)
        if context:
            with self.socket as plain:  # that one is closed if the handshake fails
                self.socket = context.wrap_socket(plain, server_hostname="localhost")
        self.buffer = b""

    def send(self, octets):
        self.socket.sendall(octets)

    def ask(self, octets):
        self.send(octets)
        return self.response()

    def response(self):
        """Status, fields and content of the next response, which says its length."""
        head = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        content = self.exactly(int(fields.get("content-length", 0)))
        return int(head[0].split(" ")[1]), fields, content

    def flood(self, request, count):
        """Sends `count` requests and reads nothing until the server takes no more; answers the responses, all in one."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        rest = memoryview(request * count)
        while rest and select.select([], [self.socket], [], 0.5)[1]:
            rest = rest[self.socket.send(rest[: 1 << 16]) :]
        sender = threading.Thread(target=self.send, args=[rest])
        sender.start()
        first = self.until(b"\r\n\r\n")
        length = re.search(rb"Content-Length: (\d+)", first)
        first += self.exactly(int(length[1])) if length else self.until(b"0\r\n\r\n")
        pieces = [first, self.buffer]
        while sum(map(len, pieces)) < count * len(first):
            pieces.append(self.socket.recv(1 << 20))
        sender.join()
        return b"".join(pieces)

    def until(self, mark):
        while mark not in self.buffer:
            self.more()
        end = self.buffer.index(mark) + len(mark)
        taken, self.buffer = self.buffer[:end], self.buffer[end:]
        return taken

    def exactly(self, count):
        while len(self.buffer) < count:
            self.more()
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def more(self):
        octets = self.socket.recv(1 << 16)
        if not octets:
            raise EOFError(f"the connection ended behind {self.buffer[-200:]!r}")
        self.buffer += octets

    def has_ended(self):
        """Whether nothing comes but the end."""
        return not self.buffer and self.socket.recv(1) == b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()


def curl(*arguments, octets=None):
    command = ["curl", "--silent", "--show-error", "--max-time", str(PATIENCE), *arguments]
    done = subprocess.run(command, input=octets, capture_output=True, check=False)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stderr.decode()}")
    return done.stdout


def curl_head(*arguments):
    """Status and fields, names in lower case."""
    lines = curl("--output", os.devnull, "--dump-header", "-", *arguments).decode().split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    return int(lines[0].split(" ")[1]), {name.lower(): value for name, value in fields.items()}


def connections_made(*urls):
    """How many new connections one curl makes for each of the URLs."""
    nowhere = ["--output", os.devnull] * len(urls)
    return curl("--write-out", "%{num_connects} ", *nowhere, *urls).split()


class ServerCase(unittest.TestCase):
    """A test case whose tests share one server, which must end well."""

    program, arguments = "echo_server", ("--listen", "127.0.0.1:0")

    @classmethod
    def setUpClass(cls):
        cls.server = Server(cls.program, *cls.arguments)
        cls.url = cls.server.url

    @classmethod
    def tearDownClass(cls):
        status, errors = cls.server.stop()
        assert (status, errors) == (0, ""), (status, errors)
