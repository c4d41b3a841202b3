"""Chromium asks for URLs that RFC 3986 does not admit, as browsers and the people before them write them (H1-TGT-02).

BROWSER_SERVER is the program of target_server.c. A page that it serves fetches each URL and compares what the application got with what the
browser's own serializer makes of it. The page then says so in one more request, for which the test waits."""

import json
import os
import queue
import shutil
import subprocess
import tempfile
import threading
import unittest
import urllib.parse

PATIENCE = 120
NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
BROWSER = next(filter(None, map(shutil.which, NAMES)), None)
OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]

# As a person types them or a script builds them; a browser encodes some of the octets and leaves the others.
URLS = [
    "/?a[]=1", "/?a[]=1&a[]=2&b[c][d]=e", "/?q=a|b", "/?q={x}", "/?q=^", "/?q=`", "/?q=a\\b", "/?q=%", "/?q=100%", "/?q=%zz", "/?q=%u00e9",
    "/100%", "/%zz", "/a[1]", "/a|b", "/a^b", "/a{b}", "/a`b", "/a\\b", "/a'b", "/~a!$&'()*+,;=:@", "/?~a!$&'()*+,;=:@/?",
    "/?q=\u00e9\u4e2d\U0001f600", "/\u00e9", "/a b?c d", "/?q=\"<>\"", "/\"<>", "/?filter[name]={\"a\":[1,2]}", "/?a#b{|}", "/a//b/./c/../d?e",
]
PAGE = """<!doctype html><title>targets</title><script>
(async () => {
    const wrong = [];
    for (const text of %s) {
        const url = new URL(text, location), sent = url.pathname + url.search;
        try {
            const response = await fetch(url), got = await response.text();
            if (response.status !== 200 || got !== sent) wrong.push([text, sent, response.status, got]);
        } catch (error) {
            wrong.push([text, sent, 0, String(error)]);
        }
    }
    await fetch("/done?" + encodeURIComponent(JSON.stringify(wrong)));
})();
</script>"""


def lines_of(stream):
    """Its lines, to be waited for with an end."""
    lines = queue.Queue()

    def read():
        for line in stream:
            lines.put(line.decode().rstrip("\n"))
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    return lines


@unittest.skipUnless(BROWSER, "no Chromium is installed")
class Targets(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        page = os.path.join(self.folder, "page.html")
        with open(page, "w", encoding="utf-8") as file:
            file.write(PAGE % json.dumps(URLS))
        self.lines = lines_of(self.start([os.environ["BROWSER_SERVER"], page], stdout=subprocess.PIPE).stdout)

    def start(self, command, **options):
        process = subprocess.Popen(command, **options)

        def stop():
            process.kill()
            process.communicate()

        self.addCleanup(stop)
        return process

    def next_line(self):
        line = self.lines.get(timeout=PATIENCE)
        self.assertIsNotNone(line, "the server has ended")
        return line

    def test_h1_tgt_02_what_a_browser_sends_reaches_the_application_as_it_wrote_it(self):
        url = "http://" + self.next_line().removeprefix("listening on ") + "/"
        profile = "--user-data-dir=" + os.path.join(self.folder, "profile")
        with open(os.path.join(self.folder, "log"), "wb") as log:
            self.start([BROWSER, *OPTIONS, profile, url], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        targets = []
        while not (line := self.next_line()).startswith("/done?"):
            targets.append(line)
        self.assertEqual(json.loads(urllib.parse.unquote(line.removeprefix("/done?"))), [])
        # The browser does leave these as they are: were they encoded, the test would show nothing.
        for target in ["/?a[]=1", "/?q=a|b", "/?q={x}", "/?q=^", "/?q=`", "/?q=a\\b", "/100%", "/?q=%zz", "/a[1]"]:
            self.assertIn(target, targets)


if __name__ == "__main__":
    unittest.main()
