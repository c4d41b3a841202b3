#!/usr/bin/env python3
"""WebSocket messages per second and server CPU per message, beside other servers and a bare loop, over loopback in one run.

usage: benches/websocket_server/run.py LOAD [ROUNDS] NAME=COMMAND...

COMMAND starts an echo server; {port} in it becomes its port. The first one is what the others are compared with, the second
one the bare loop. Each round lasts a second; the servers take turns in a random order, so that a noisy neighbour hits all of
them. Servers have the last processor for their own, the load has the first. Figures are medians of rounds: ratios hold from run
to run, absolute ones mean little on a shared machine.
"""

import os
import random
import shlex
import socket
import statistics
import subprocess
import sys
import time

SECONDS = 1
CONNECTIONS = 64
SIZES = [20, 1024, 16384]
DEPTHS = [1, 16]
PROCESSORS = sorted(os.sched_getaffinity(0))


class Server:
    """A running echo server, until stop()."""

    def __init__(self, name, command):
        self.name = name
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        words = [word.format(port=self.port) for word in shlex.split(command)]
        self.process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
        os.sched_setaffinity(self.process.pid, PROCESSORS[-1:])

    def wait(self):
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        sys.exit(f"{self.name} does not listen on port {self.port}")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def measure(load, server, size, depth):
    """Messages per second, server CPU microseconds per message, and the share of the time that server and load were busy."""
    command = [load, *map(str, [server.port, server.process.pid, CONNECTIONS, size, depth, SECONDS])]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, timeout=60, check=False)
    if done.returncode != 0:
        sys.exit(f"{server.name} failed with messages of {size} octets, {depth} in flight")
    messages, seconds, server_cpu, load_cpu = map(float, done.stdout.split())
    return messages / seconds, server_cpu / messages * 1e6, server_cpu / seconds, load_cpu / seconds


def table(load, servers, size, depth, rounds):
    results = {server.name: [] for server in servers}
    for _ in range(rounds):
        for server in random.sample(servers, len(servers)):
            results[server.name].append(measure(load, server, size, depth))
    ours, bare = servers[0].name, servers[1].name
    medians = {name: [statistics.median(column) for column in zip(*result)] for name, result in results.items()}
    print(f"\n{size} octets, {depth} in flight on each of {CONNECTIONS} connections, median of {rounds} rounds")
    to_ours = f"to {ours}"
    print(f"{'server':<16}{'messages/s':>12}{to_ours:>12}{'CPU us':>9}{to_ours:>12}{'to bare':>9}{'busy':>7}{'load':>7}")
    for name, (rate, cost, busy, load_busy) in medians.items():
        print(f"{name:<16}{rate:>12.0f}{rate / medians[ours][0]:>12.2f}{cost:>9.2f}{cost / medians[ours][1]:>12.2f}"
              f"{cost / medians[bare][1]:>9.2f}{busy:>7.0%}{load_busy:>7.0%}", flush=True)


def main():
    load, *words = sys.argv[1:]
    rounds = int(words.pop(0)) if words and words[0].isdigit() else 5
    os.sched_setaffinity(0, PROCESSORS[:1])
    servers = []
    try:
        for word in words:
            servers.append(Server(*word.split("=", 1)))
        for server in servers:
            server.wait()
        for size in SIZES:
            for depth in DEPTHS:
                table(load, servers, size, depth, rounds)
    finally:
        for server in servers:
            server.stop()


if __name__ == "__main__":
    main()
