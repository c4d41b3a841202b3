"""A TLS client over a socket whose records are made first and written when it is told to."""

import ssl

from frames import KEY, UPGRADE, VERSION

from target import send_until_blocked


class TlsPeer:
    def __init__(self, target):
        self.socket = target.connect(secure=True)
        self.come, self.go = ssl.MemoryBIO(), ssl.MemoryBIO()
        self.tls = target.context.wrap_bio(self.come, self.go, server_hostname="localhost")
        self.until_done(self.tls.do_handshake)

    def flush(self):
        self.socket.sendall(self.go.read())

    def until_done(self, call, *arguments):
        while True:
            try:
                result = call(*arguments)
                self.flush()
                return result
            except ssl.SSLWantReadError:
                self.flush()
                octets = self.socket.recv(1 << 16)
                if not octets:
                    raise ConnectionResetError from None
                self.come.write(octets)

    def open_websocket(self):
        self.tls.write(UPGRADE % b"/ws" + KEY + VERSION + b"\r\n")
        self.flush()
        head = b""
        while b"\r\n\r\n" not in head:
            head += self.until_done(self.tls.read, 1 << 16)
        assert b" 101 " in head, head

    def fill(self, octets, most):
        """Sends `octets` again and again until the server takes no more; answers how many it took."""
        sent = 0
        while sent < most:
            self.tls.write(octets)
            records = self.go.read()
            if send_until_blocked(self.socket, records, len(records), 0.2) < len(records):
                break
            sent += len(octets)
        return sent

    def close(self, octets):
        """Says `octets` and close_notify at once."""
        self.tls.write(octets)
        try:
            self.tls.unwrap()
        except ssl.SSLWantReadError:
            pass
        records = self.go.read()
        send_until_blocked(self.socket, records, len(records), 0.2)
