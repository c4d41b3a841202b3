"""The page of chat_server in a real browser: two tabs talk to each other. Skipped where there is no Chromium.

SCREENSHOT=FILE keeps a picture of what the first tab shows.
"""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
import unittest
import urllib.request

from programs import PATIENCE, Client, Server

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Tab:
    """A page of the browser, over its DevTools protocol: a WebSocket whose messages are JSON."""

    def __init__(self, port, url):
        request = urllib.request.Request(f"http://127.0.0.1:{port}/json/new?{url}", method="PUT")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            target = json.load(answer)["webSocketDebuggerUrl"].split(f":{port}", 1)[1]
        self.client = Client(f"127.0.0.1:{port}")
        head = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self.client.send((head + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        self.client.until(b"\r\n\r\n")
        self.calls = 0

    def call(self, method, **parameters):
        """The result of a command; events that come before it are left out."""
        self.calls += 1
        text = json.dumps({"id": self.calls, "method": method, "params": parameters}).encode()
        # No command is long. A mask of zeros leaves the text as it is.
        length = bytes([0x80 | len(text)]) if len(text) < 126 else b"\xfe" + len(text).to_bytes(2, "big")
        self.client.send(b"\x81" + length + bytes(4) + text)
        while True:
            answer = json.loads(self.message())
            if answer.get("id") == self.calls:
                return answer["result"]

    def message(self):
        length = self.client.exactly(2)[1]
        if length > 125:
            length = int.from_bytes(self.client.exactly(2 if length == 126 else 8), "big")
        return self.client.exactly(length)

    def evaluate(self, expression):
        return self.call("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def wait_for(self, expression):
        for _ in range(PATIENCE * 20):
            if self.evaluate(expression):
                return
            time.sleep(0.05)
        raise AssertionError(f"never: {expression}")

    def say(self, name, text):
        self.evaluate(f"at('name').value = {name!r}; at('text').value = {text!r}; at('say').requestSubmit()")


@unittest.skipUnless(BROWSER, "no Chromium")
class Page(unittest.TestCase):
    scheme, arguments, flags = "http", (), ()

    def setUp(self):
        self.server = Server("chat_server", "--listen", "127.0.0.1:0", *self.arguments)
        self.addCleanup(self.server.__exit__)
        self.url = f"{self.scheme}://{self.server.address}"
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--window-size=800,600"]
        self.browser = subprocess.Popen([BROWSER, *flags, *self.flags, f"--user-data-dir={folder.name}", "about:blank"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(self.browser.communicate)
        self.addCleanup(self.browser.kill)
        self.port = self.devtools_port(os.path.join(folder.name, "DevToolsActivePort"))

    def devtools_port(self, path):
        for _ in range(PATIENCE * 20):
            if os.path.exists(path) and (text := open(path, encoding="ascii").read()):
                return int(text.split()[0])
            time.sleep(0.05)
        raise AssertionError("the browser does not start")

    def test_two_tabs_talk(self):
        ada, grace = Tab(self.port, self.url), Tab(self.port, self.url)
        self.addCleanup(ada.client.socket.close)
        self.addCleanup(grace.client.socket.close)
        for tab in ada, grace:
            tab.wait_for("document.getElementById('state')?.textContent === 'connected'")
        ada.say("Ada", "Is anybody there?")
        grace.wait_for("document.querySelectorAll('#log li').length === 1")
        grace.say("Grace", "I am. <b>Hello!</b>")
        for tab in ada, grace:
            tab.wait_for("document.querySelectorAll('#log li').length === 2")
            said = tab.evaluate("[...document.querySelectorAll('#log li')].map(line => line.textContent).join('|')")
            self.assertEqual(said, "AdaIs anybody there?|GraceI am. <b>Hello!</b>")
            self.assertEqual(tab.evaluate("socket.url"), self.url.replace("http", "ws", 1) + "/room")
        if "SCREENSHOT" in os.environ:
            ada.call("Page.bringToFront")
            picture = ada.call("Page.captureScreenshot", format="png")["data"]
            with open(os.environ["SCREENSHOT"], "wb") as file:
                file.write(base64.b64decode(picture))


if __name__ == "__main__":
    unittest.main()
