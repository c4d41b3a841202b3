"""Servers by hand, which end their connections as they like."""

import contextlib
import socket
import ssl
import threading

from programs import PATIENCE


class Responder:
    """A server of one connection that answers the request by `serve`, over TLS with this ssl.SSLContext, if there is one. The
    end of the `with` waits for it and raises what went wrong there, unless that is wanted in `failures`."""

    def __init__(self, serve, context=None, failures=None):
        self.serve, self.context, self.failures = serve, context, [] if failures is None else failures
        self.are_expected = failures is not None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.listener.settimeout(PATIENCE)
        self.thread = threading.Thread(target=self.run)

    def run(self):
        try:
            with self.accept() as connection:
                asked = b""
                while b"\r\n\r\n" not in asked:
                    asked += connection.recv(1 << 16) or b"\r\n\r\n"
                self.serve(connection)
        except Exception as failure:  # pylint: disable=broad-exception-caught
            self.failures.append(failure)

    def accept(self):
        connection = self.listener.accept()[0]
        connection.settimeout(PATIENCE)
        if not self.context:
            return connection
        with connection:
            return self.context.wrap_socket(connection, server_side=True, suppress_ragged_eofs=False)

    def __enter__(self):
        self.thread.start()
        return self.listener.getsockname()[1]

    def __exit__(self, *_):
        self.thread.join()
        self.listener.close()
        if self.failures and not self.are_expected:
            raise self.failures[0]


def ok(connection):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")


def saying(octets, has_close_notify=False):
    """Says it and closes; over TLS a close_notify is between the two only when asked for."""

    def serve(connection):
        connection.sendall(octets)
        if has_close_notify and isinstance(connection, ssl.SSLSocket):
            with contextlib.suppress(ssl.SSLError):  # who finds an error says no more
                connection.unwrap()

    return serve
