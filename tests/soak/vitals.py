"""What a server holds when nobody talks to it."""

import os
import time

from programs import PATIENCE

# What the allocator may keep that it has seen once.
SLACK = 16 << 20


class Vitals:
    """Memory and descriptors of a process that has come to rest."""

    def __init__(self, server, descriptors=None):
        self.server = server
        self.descriptors = self.wait_for_descriptors(descriptors)
        self.wait_until_idle()
        self.memory = server.resident()

    def count(self):
        return len(os.listdir(f"/proc/{self.server.process.pid}/fd"))

    def wait_for_descriptors(self, expected):
        """Until there are as many as expected; without that, as many as before."""
        end = time.monotonic() + PATIENCE
        while expected is not None and self.count() != expected:
            assert time.monotonic() < end, f"{self.count()} descriptors, and there were {expected}"
            time.sleep(0.1)
        return self.count()

    def ticks(self):
        with open(f"/proc/{self.server.process.pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def wait_until_idle(self):
        """Until an interval takes no CPU time at all."""
        end = time.monotonic() + PATIENCE
        before = self.ticks()
        while True:
            time.sleep(1)
            now = self.ticks()
            if now == before:
                return
            assert time.monotonic() < end, "the server is never idle"
            before = now

    def __str__(self):
        return f"{self.memory >> 10} KiB, {self.descriptors} descriptors, idle"


def compare(before, after):
    assert after.descriptors == before.descriptors, f"{before} became {after}"
    assert after.memory <= before.memory + SLACK, f"{before} became {after}"
