"""Runs good and bad clients against a server for WIREWAY_SOAK_SECONDS (600), and compares what it holds before and after.

Good clients must succeed all the time. The first part of the time brings the allocator to where it stays; what is compared are the
end of that part and the end of all.
"""

import os
import random
import signal
import sys
import threading
import traceback
from collections import Counter

import bad
import crowds
import good
import vitals
from certificates import Authority
from programs import Server, raise_descriptor_limit
from target import Target

SECONDS = float(os.environ.get("WIREWAY_SOAK_SECONDS", "600"))
GOOD, BAD = 6, 10
# Of the server: few enough that a crowd can use them up.
DESCRIPTORS = 1500


class Crew:
    """Threads that run clients one after the other until the time is over."""

    def __init__(self, target):
        self.target = target
        self.done = Counter()
        self.failures = []

    def run(self, seconds):
        self.target.run_for(seconds)
        jobs = [(good.ALL, True)] * GOOD + [(bad.ALL, False)] * BAD + [(crowds.ALL, False)]
        threads = [threading.Thread(target=self.work, args=(number, *job)) for number, job in enumerate(jobs)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def work(self, number, kinds, must_succeed):
        """Every kind in turn, each thread from a place of its own."""
        at = number * 3
        while not self.target.is_over() and not self.failures:
            kind = kinds[at % len(kinds)]
            at += 1
            try:
                kind(self.target)
                self.done[kind.__name__] += 1
            except Exception as error:
                if must_succeed or not isinstance(error, OSError):
                    self.failures.append(f"{kind.__name__}: {traceback.format_exc()}")
                    self.target.run_for(0)

    def check(self):
        if self.failures:
            sys.exit("\n".join(self.failures))


def soak(servers, target):
    crew = Crew(target)
    before = [vitals.Vitals(server) for server in servers]
    crew.run(min(60, SECONDS / 3))
    crew.check()
    warm = [vitals.Vitals(server, first.descriptors) for server, first in zip(servers, before)]
    crew.run(SECONDS - min(60, SECONDS / 3))
    crew.check()
    for server, first in zip(servers, warm):
        after = vitals.Vitals(server, first.descriptors)
        print(f"before: {first}; after: {after}")
        vitals.compare(first, after)
    print(", ".join(f"{name} {count}" for name, count in sorted(crew.done.items())))
    assert SECONDS < 60 or all(crew.done[kind.__name__] for kind in good.ALL), "a kind of good client never ran"


def main():
    most = raise_descriptor_limit()
    if most < 2 * crowds.EXHAUSTING:
        crowds.EXHAUSTING = crowds.HOLDERS = most // 4
    random.seed(SECONDS)
    authority = Authority()
    limit = ("prlimit", f"--nofile={DESCRIPTORS}")
    listen = ("echo_server", "--listen", "127.0.0.1:0")
    with Server(*listen, runner=limit) as plain, Server(*listen, "--tls", *authority.issue("server"), runner=limit) as secure:
        soak([plain, secure], Target(plain.address, secure.address, authority))
        for server in (plain, secure):
            status, errors = server.stop()
            assert status == 0 and not errors, (status, errors[:1000])
    authority.end()


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    main()
