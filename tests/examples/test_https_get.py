"""https_get, over TLS and without: against echo_server, and against servers by hand that end as they should not."""

import contextlib
import os
import socket
import ssl
import subprocess
import unittest

from certificates import Authority
from programs import LOCAL_HOST, PATIENCE, Server, program
from responder import Responder, ok, saying

CUT_SHORT = b"the transport ended inside a message"


def setUpModule():
    global authority
    authority = Authority()
    authority.issue("server")
    authority.issue("elsewhere", "DNS:elsewhere.example")
    authority.make_root("another")
    authority.make_root("itself", "DNS:localhost,IP:127.0.0.1")
    authority.make_root("itself_again", "DNS:localhost,IP:127.0.0.1")
    authority.make_root("itself_elsewhere", "DNS:elsewhere.example")


def tearDownModule():
    authority.end()


@contextlib.contextmanager
def started(*arguments, stdout=subprocess.PIPE, **environment):
    """A process, which does not outlive the `with`."""
    everything = {name: value for name, value in os.environ.items() if not name.startswith("SSL_CERT_")}
    command = [program("https_get"), *arguments]
    with subprocess.Popen(command, stdout=stdout, stderr=subprocess.PIPE, env=everything | environment) as process:
        try:
            yield process
        finally:
            process.kill()


def end_of(process):
    """What it prints, what it complains of, and its exit status."""
    return *process.communicate(timeout=PATIENCE), process.returncode


def get(*arguments, **options):
    with started(*arguments, **options) as process:
        return end_of(process)


def trusting(url):
    return "--ca", authority.path("ca.pem"), url


class Case(unittest.TestCase):
    def assert_complaint(self, got, complaint, output=b"", status=1):
        self.assertEqual((got[0], got[2]), (output, status), got)
        self.assertIn(complaint, got[1])


class Echo(Case):
    """Against echo_server."""

    scheme = "https"

    def setUp(self):
        tls = ["--tls", authority.path("server.pem"), authority.path("server.key")] if self.scheme == "https" else []
        self.server = Server("echo_server", "--listen", "127.0.0.1:0", *tls)
        self.addCleanup(self.server.__exit__)
        self.port = self.server.address.rsplit(":", 1)[1]
        self.url = f"{self.scheme}://{LOCAL_HOST}:{self.port}"

    def stop(self):
        self.assertEqual(self.server.stop(), (0, ""))

    def test_content(self):
        self.assertEqual(get(*trusting(self.url + "/plaintext")), (b"Hello, World!", b"", 0))
        self.assertEqual(get(*trusting(self.url)), (b"OK", b"", 0))
        self.stop()

    def test_what_it_asks_for(self):
        said, complaint, status = get(*trusting(self.url + "/echo?query#fragment"))
        self.assertEqual((complaint, status), (b"", 0))
        self.assertIn(f"Host: {LOCAL_HOST}:{self.port}\n".encode(), said)
        self.stop()

    def test_the_head(self):
        head, content = get("--include", *trusting(self.url + "/plaintext"))[0].split(b"\r\n\r\n")
        self.assertTrue(head.startswith(b"HTTP/1.1 200 OK\r\n"), head)
        self.assertIn(b"\r\nContent-Length: 13", head)
        self.assertEqual(content, b"Hello, World!")
        self.stop()

    def test_a_stream_in_chunks_is_as_long_as_it_likes(self):
        said, complaint, status = get(*trusting(self.url + "/stream?bytes=20000000"))
        self.assertEqual((len(said), complaint, status), (20_000_000, b"", 0))
        self.stop()

    def test_an_error_is_one(self):
        self.assert_complaint(get(*trusting(self.url + "/nowhere")), b"status 404", status=22)
        said, complaint, status = get("--include", *trusting(self.url + "/stream"))
        self.assertTrue(said.startswith(b"HTTP/1.1 400 ") and said.endswith(b"\r\n\r\n"), said)
        self.assertEqual((complaint, status), (f"{self.url}/stream: status 400\n".encode(), 22))
        self.stop()

    def test_an_output_that_takes_nothing(self):
        with open("/dev/full", "wb") as full:
            self.assert_complaint(get(*trusting(self.url), stdout=full), b"standard output: ", output=None)
        self.stop()


class EchoWithoutTls(Echo):
    scheme = "http"


class Trust(Case):
    """Whom it talks to."""

    def ask(self, *arguments, server="server", **environment):
        """What comes of it, and how the server's handshake fails."""
        failures = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.path(server + ".pem"), authority.path(server + ".key"))
        with Responder(ok, context, failures) as port:
            got = get(*arguments, f"https://{LOCAL_HOST}:{port}/", **environment)
        return got, failures

    def assert_refused(self, got, failures, complaint):
        self.assert_complaint(got, complaint)
        self.assertRegex(str(failures), "ALERT", "the request must not leave")

    def test_a_root_that_is_given(self):
        self.assertEqual(self.ask("--ca", authority.path("ca.pem")), ((b"hello", b"", 0), []))
        self.assert_refused(*self.ask("--ca", authority.path("another.pem")), b"unknown issuer")

    def test_the_roots_of_the_platform(self):
        self.assertEqual(self.ask(SSL_CERT_FILE=authority.path("ca.pem")), ((b"hello", b"", 0), []))
        self.assert_refused(*self.ask(SSL_CERT_FILE=authority.path("another.pem")), b"unknown issuer")

    def test_a_certificate_for_another_host(self):
        self.assert_refused(*self.ask("--ca", authority.path("ca.pem"), server="elsewhere"), b"name")

    def test_a_root_that_is_shown(self):
        """TLS-08: what `openssl req -x509` makes, as curl has it."""
        own = authority.path("itself.pem")
        self.assertEqual(self.ask("--ca", own, server="itself"), ((b"hello", b"", 0), []))
        # Of the same names, but another one.
        again = authority.path("itself_again.pem")
        self.assert_refused(*self.ask("--ca", again, server="itself"), b"not itself trusted")
        elsewhere = authority.path("itself_elsewhere.pem")
        self.assert_refused(*self.ask("--ca", elsewhere, server="itself_elsewhere"), b"another name")

    def test_roots_that_are_none(self):
        for path in ["/nowhere", authority.path("ca.key")]:
            self.assert_complaint(get("--ca", path, "https://127.0.0.1:1/"), b"TLS: ")


class Ends(Case):
    """How responses end, over TLS."""

    scheme = "https"

    def setUp(self):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(authority.path("server.pem"), authority.path("server.key"))

    def get(self, serve, *options):
        with Responder(serve, self.context) as port:
            return get(*options, *trusting(f"{self.scheme}://{LOCAL_HOST}:{port}/"))

    def test_a_length_needs_no_other_end(self):
        self.assertEqual(self.get(ok), (b"hello", b"", 0))

    def test_the_end_of_the_connection_is_that_of_the_content(self):
        self.assertEqual(self.get(saying(b"HTTP/1.1 200 OK\r\n\r\nhello", True)), (b"hello", b"", 0))
        self.assertEqual(self.get(saying(b"HTTP/1.0 200 OK\r\n\r\n", True)), (b"", b"", 0))

    def test_a_bare_end_is_that_of_the_content_only_without_tls(self):
        got = self.get(saying(b"HTTP/1.1 200 OK\r\n\r\nhello"))
        if self.scheme == "http":
            self.assertEqual(got, (b"hello", b"", 0))
        else:
            self.assert_complaint(got, CUT_SHORT, output=b"hello")

    def test_what_is_cut_short(self):
        for octets in [b"Content-Length: 6\r\n\r\nhello", b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"]:
            for has_close_notify in [False, True]:
                got = self.get(saying(b"HTTP/1.1 200 OK\r\n" + octets, has_close_notify))
                self.assert_complaint(got, CUT_SHORT, output=b"hello")

    def test_no_response(self):
        self.assert_complaint(self.get(saying(b"", True)), b"before it answered")
        for octets in [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"SSH-2.0-x\r\n\r\n"]:
            got = self.get(saying(octets, True))
            self.assertEqual((got[0], got[2]), (b"", 1))
            self.assertRegex(got[1], rb"^http\S+: .+\n$")

    def test_what_comes_before_a_response(self):
        octets = b"HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n"
        self.assertEqual(self.get(saying(octets), "--include"), (b"HTTP/1.1 204 No Content\r\n\r\n", b"", 0))

    def test_a_status_that_there_is_not_is_a_refusal(self):
        """Below 100 or above 599 it is as good as a 5xx (RFC 9110, section 15): H1-RSP-03."""
        for status in [b"099", b"000", b"600", b"999"]:
            octets = b"HTTP/1.1 " + status + b" X\r\nContent-Length: 2\r\n\r\nhi"
            self.assert_complaint(self.get(saying(octets)), b"status " + status, status=22)
            self.assertTrue(self.get(saying(octets), "--include")[0].startswith(b"HTTP/1.1 " + status + b" X\r\n"))

    def test_trailers(self):
        octets = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nAfter: all\r\n\r\n"
        self.assertEqual(self.get(saying(octets)), (b"hello", b"", 0))

    def test_a_server_that_goes_on_listening_hears_the_end(self):
        def serve(connection):
            ok(connection)
            # Over TLS an end without a close_notify would be an error here.
            self.assertEqual(connection.recv(1), b"")

        self.assertEqual(self.get(serve), (b"hello", b"", 0))


class EndsWithTls12(Ends):
    def setUp(self):
        super().setUp()
        self.context.maximum_version = ssl.TLSVersion.TLSv1_2


class EndsWithoutTls(Ends):
    scheme = "http"

    def setUp(self):
        self.context = None


class Clocks(Case):
    def test_a_server_that_says_nothing(self):
        """Neither in the handshake nor to a request: the library's clocks end both, at the same time."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            host = f"://{LOCAL_HOST}:{listener.getsockname()[1]}/"
            wait = ["--wait", "1"]
            with started(*wait, *trusting("https" + host)) as secure, started(*wait, "http" + host) as plain:
                for process, complaint in [(secure, b"handshake was not done in time"), (plain, b"did not begin in time")]:
                    self.assert_complaint(end_of(process), complaint)


class Arguments(Case):
    def test_a_command_line_that_is_no_good(self):
        for arguments in [[], ["--ca"], ["--what", "http://a/"], ["http://a/", "http://b/"], ["--wait", "1s", "http://a/"]]:
            self.assert_complaint(get(*arguments), b"usage: ", status=2)

    def test_urls_that_are_refused(self):
        for url in ["http:///x", "http://u@127.0.0.1/", "http://127.0.0.1:65536/", "a"]:
            self.assert_complaint(get(url), f"{url}: the ".encode(), status=2)
        for url in ["ws://127.0.0.1/", "wss://127.0.0.1/"]:
            self.assert_complaint(get(url), f"{url}: only http:// and https:// ".encode(), status=2)

    def test_nobody_there(self):
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))
            self.assert_complaint(get(f"http://{LOCAL_HOST}:{bound.getsockname()[1]}/"), b"refused")


if __name__ == "__main__":
    unittest.main()
