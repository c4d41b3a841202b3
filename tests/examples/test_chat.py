"""The room of chat_server by bare sockets; test_page.py has it in a browser."""

import unittest

from frames import KEY, UPGRADE, VERSION, masked, message, open_socket
from programs import Client, ServerCase, curl, curl_head


class Chat(ServerCase):
    program = "chat_server"

    def test_everyone_hears_what_one_says(self):
        with open_socket(self.server, b"/room") as ada, open_socket(self.server, b"/room") as grace:
            ada.send(masked(0x81, b"hello"))
            self.assertEqual([message(ada), message(grace)], [(1, b"hello")] * 2)
            grace.send(masked(0x01, b"two ") + masked(0x80, b"parts"))
            self.assertEqual([message(ada), message(grace)], [(1, b"two parts")] * 2)

    def test_a_page_of_another_site_stays_outside(self):
        with Client(self.server.address) as client:
            request = UPGRADE % b"/room" + KEY + VERSION
            self.assertEqual(client.ask(request + b"Origin: http://b\r\n\r\n")[0], 403)
        with open_socket(self.server, b"/room", b"Origin: http://a\r\n"):
            pass

    def test_the_page_and_nothing_else(self):
        status, fields = curl_head(self.url + "/")
        self.assertEqual((status, fields["content-type"]), (200, "text/html; charset=utf-8"))
        self.assertIn(b"<!doctype html>", curl(self.url + "/"))
        self.assertEqual(curl_head(self.url + "/no")[0], 404)
        with Client(self.server.address) as client:
            self.assertEqual(client.ask(UPGRADE % b"/room" + VERSION + b"\r\n")[0], 400)


if __name__ == "__main__":
    unittest.main()
