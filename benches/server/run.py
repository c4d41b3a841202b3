#!/usr/bin/env python3
"""Requests per second and server CPU per request, beside nginx and a bare loop, over loopback in one run.

usage: benches/server/run.py ECHO_SERVER BARE [ROUNDS]

wrk drives 64 connections for two seconds a round, plain and with 16 requests in flight on each; the servers take turns and
the order rotates, so that a noisy neighbour hits all of them. Figures are medians of rounds, and ratios to nginx: absolute
ones mean little on a shared machine. The bare loop is the practical bound: the same system calls without a parser, clocks or
limits. CPU is the server's own, user and system, from /proc.
"""
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

SECONDS = 2
CONNECTIONS = 64
TICK = os.sysconf("SC_CLK_TCK")

PIPELINE = """init = function(args)
  local all = {}
  for i = 1, 16 do all[i] = wrk.format("GET", "/plaintext") end
  batch = table.concat(all)
end
request = function() return batch end
"""

NGINX = """daemon off; master_process on; worker_processes 1; pid {dir}/pid; error_log {dir}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; client_body_temp_path {dir}; proxy_temp_path {dir};
  fastcgi_temp_path {dir}; uwsgi_temp_path {dir}; scgi_temp_path {dir};
  server {{ listen 127.0.0.1:{port}; location / {{ default_type text/plain; return 200 "Hello, World!"; }} }} }}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    sys.exit(f"nothing listens on port {port}")


def start(command, port):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    return process


def family(pid):
    """The process and its children: nginx works in one."""
    children = open(f"/proc/{pid}/task/{pid}/children").read().split()
    return [pid, *map(int, children)]


def cpu_seconds(pid):
    total = 0
    for one in family(pid):
        fields = open(f"/proc/{one}/stat").read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def measure(process, port, script):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}/plaintext"]
    before = cpu_seconds(process.pid)
    out = subprocess.run(command + (["-s", script] if script else []), capture_output=True, text=True, timeout=60).stdout
    used = cpu_seconds(process.pid) - before
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    if "Non-2xx" in out or "Socket errors" in out:
        print(out)
    return requests / SECONDS, used / requests * 1e6


def table(title, servers, script, rounds):
    results = {name: [] for name in servers}
    names = list(servers)
    for turn in range(rounds):
        for name in names[turn % len(names):] + names[:turn % len(names)]:
            results[name].append(measure(*servers[name], script))
    rate = {name: statistics.median(r[0] for r in results[name]) for name in names}
    cost = {name: statistics.median(r[1] for r in results[name]) for name in names}
    print(f"\n{title}: {CONNECTIONS} connections, median of {rounds} rounds")
    print(f"{'server':<14}{'requests/s':>12}{'to nginx':>10}{'CPU us/request':>16}{'to nginx':>10}")
    for name in names:
        rates, costs = rate[name] / rate["nginx"], cost[name] / cost["nginx"]
        print(f"{name:<14}{rate[name]:>12.0f}{rates:>10.2f}{cost[name]:>16.2f}{costs:>10.2f}")


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if not shutil.which("wrk") or not shutil.which("nginx"):
        sys.exit("please install wrk and nginx")
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    scratch = tempfile.mkdtemp()
    script = os.path.join(scratch, "pipeline.lua")
    with open(script, "w") as file:
        file.write(PIPELINE)
    ports = [free_port() for _ in range(3)]
    config = os.path.join(scratch, "nginx.conf")
    with open(config, "w") as file:
        file.write(NGINX.format(dir=scratch, port=ports[0]))
    servers = {}
    try:
        servers["nginx"] = (start(["nginx", "-c", config, "-p", scratch], ports[0]), ports[0])
        servers["wireway"] = (start([sys.argv[1], "--listen", f"127.0.0.1:{ports[1]}"], ports[1]), ports[1])
        servers["bare loop"] = (start([sys.argv[2], str(ports[2])], ports[2]), ports[2])
        table("plain", servers, None, rounds)
        table("16 requests in flight", servers, script, rounds)
    finally:
        for process, _ in servers.values():
            process.terminate()
            process.wait(10)
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
