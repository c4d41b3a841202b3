"""The notes of rest_server, and the WebSocket that hears of them; test_rest_tls.py has both over TLS."""

import json
import unittest

from frames import KEY, UPGRADE, VERSION, message, open_socket
from programs import Client, ServerCase


class Rest(ServerCase):
    program, arguments = "rest_server", ("127.0.0.1:0",)
    context = None

    def client(self):
        client = Client(self.server.address, self.context)
        self.addCleanup(client.socket.close)
        return client

    def ask(self, method, target, content=b"", client=None):
        """Status, fields and content."""
        head = f"{method} {target} HTTP/1.1\r\nHost: a\r\nContent-Length: {len(content)}\r\n\r\n"
        return (client or self.client()).ask(head.encode() + content)

    def status(self, *request):
        return self.ask(*request)[0]

    def test_a_note_is_put_got_and_deleted(self):
        client = self.client()
        self.assertEqual(self.ask("PUT", "/notes/milk", b'{"litres": 1}', client)[0], 204)
        status, fields, content = self.ask("GET", "/notes/milk", client=client)
        self.assertEqual((status, fields["content-type"], content), (200, "application/json", b'{"litres": 1}'))
        self.assertEqual(self.ask("PUT", "/notes/milk", b"2", client)[0], 204)
        self.assertEqual(json.loads(self.ask("GET", "/notes", client=client)[2])["/notes/milk"], 2)
        self.assertEqual(self.ask("DELETE", "/notes/milk", client=client)[0], 204)
        self.assertEqual(self.ask("GET", "/notes/milk", client=client)[0], 404)

    def test_what_there_is_not(self):
        self.assertEqual([self.status("GET", target) for target in ("/", "/notes/no", "/notesno", "/changesno")], [404] * 4)
        self.assertEqual([self.status("DELETE", "/notes/no"), self.status("PUT", "/other", b"1")], [404] * 2)
        status, fields, _ = self.ask("POST", "/notes", b"1")
        self.assertEqual((status, fields["allow"]), (405, "get, head"))
        self.assertEqual(self.status("PUT", "/notes/here", b"1"), 204)
        status, fields, _ = self.ask("PATCH", "/notes/here", b"1")
        self.assertEqual((status, fields["allow"]), (405, "get, head, put, delete"))
        status, fields, content = self.ask("PUT", "/notes/here", b"x" * ((1 << 14) + 1))
        self.assertEqual((status, fields["content-type"]), (413, "application/json"))
        self.assertIn("longer", json.loads(content)["error"])

    def test_content_in_pieces_of_two_clients(self):
        one, two = self.client(), self.client()
        for client, name in (one, b"one"), (two, b"two"):
            client.send(b"PUT /notes/%s HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\"%s\r\n" % (name, name[:2]))
        for client, name in (two, b"two"), (one, b"one"):
            self.assertEqual(client.ask(b"2\r\n%s\"\r\n0\r\n\r\n" % name[2:])[0], 204)
        self.assertEqual([self.ask("GET", f"/notes/{name}")[2] for name in ("one", "two")], [b'"one"', b'"two"'])

    def test_changes_are_heard(self):
        with open_socket(self.server, b"/changes", context=self.context) as ada, \
                open_socket(self.server, b"/changes", context=self.context) as grace:
            self.assertEqual(self.status("PUT", "/notes/tea", b"1"), 204)
            self.assertEqual([message(ada), message(grace)], [(1, b"PUT /notes/tea")] * 2)
            self.assertEqual(self.status("DELETE", "/notes/tea"), 204)
            self.assertEqual([message(ada), message(grace)], [(1, b"DELETE /notes/tea")] * 2)
        offer = UPGRADE % b"/changes" + KEY + VERSION + b"Origin: http://b\r\n\r\n"
        self.assertEqual(self.client().ask(offer)[0], 403)


if __name__ == "__main__":
    unittest.main()
