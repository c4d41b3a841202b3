#!/usr/bin/env python3
"""Requests per second and server CPU per request, beside nginx and a bare loop, over loopback in one run.

usage: benches/server/run.py ECHO_SERVER BARE [ROUNDS]

wrk drives 64 connections for two seconds a round, plain and with 16 requests in flight on each; the servers take turns and
the order rotates, so that a noisy neighbour hits all of them. Figures are medians of rounds, and ratios to nginx: absolute
ones mean little on a shared machine. The bare loop is the practical bound: the same system calls without a parser, clocks or
limits. CPU is the server's own, user and system, from /proc.

Over TLS nginx and the echo server have the same certificate (ECDSA P-256), and both take what wrk offers first; that it is
the same version and cipher, and that both resume sessions, is checked. Once connections are kept, once each request has a
connection of its own, on which wrk resumes its last session.
"""
import os
import re
import shutil
import socket
import ssl
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
  server {{ listen 127.0.0.1:{port}; location / {{ default_type text/plain; return 200 "Hello, World!"; }} }}
  server {{ listen 127.0.0.1:{secure} ssl; ssl_certificate {dir}/chain.pem; ssl_certificate_key {dir}/key.pem;
    ssl_protocols TLSv1.3; ssl_ecdh_curve X25519;
    location / {{ default_type text/plain; return 200 "Hello, World!"; }} }} }}
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


def certify(folder):
    """A certificate in chain.pem and key.pem."""
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", f"{folder}/key.pem"]
    about = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-days", "2", "-out", f"{folder}/chain.pem"]
    subprocess.run(["openssl", "req", "-x509", *key, *about], check=True, capture_output=True)


def agreed(port):
    """Version and cipher of a handshake with what wrk offers, and whether the next one resumes it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    session = None
    for _ in range(2):
        plain = socket.create_connection(("127.0.0.1", port), timeout=10)
        with plain, context.wrap_socket(plain, session=session) as secure:
            secure.sendall(b"GET /plaintext HTTP/1.1\r\nHost: localhost\r\n\r\n")
            secure.recv(1000)
            session = secure.session
            result = secure.version(), secure.cipher()[0], "resumed" if secure.session_reused else "not resumed"
    return result


def measure(process, port, scheme, options):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", f"{scheme}://127.0.0.1:{port}/plaintext"]
    before = cpu_seconds(process.pid)
    out = subprocess.run(command + options, capture_output=True, text=True, timeout=60).stdout
    used = cpu_seconds(process.pid) - before
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    if "Non-2xx" in out or "Socket errors" in out:
        print(out)
    return requests / SECONDS, used / requests * 1e6


def table(title, servers, scheme, options, rounds):
    results = {name: [] for name in servers}
    names = list(servers)
    for turn in range(rounds):
        for name in names[turn % len(names):] + names[:turn % len(names)]:
            results[name].append(measure(*servers[name], scheme, options))
    rate = {name: statistics.median(r[0] for r in results[name]) for name in names}
    cost = {name: statistics.median(r[1] for r in results[name]) for name in names}
    print(f"\n{title}: {CONNECTIONS} connections, median of {rounds} rounds")
    print(f"{'server':<14}{'requests/s':>12}{'to nginx':>10}{'CPU us/request':>16}{'to nginx':>10}")
    for name in names:
        rates, costs = rate[name] / rate["nginx"], cost[name] / cost["nginx"]
        print(f"{name:<14}{rate[name]:>12.0f}{rates:>10.2f}{cost[name]:>16.2f}{costs:>10.2f}")


def start_all(scratch, servers, secure):
    """Fills both with processes and ports."""
    ports = [free_port() for _ in range(5)]
    config = os.path.join(scratch, "nginx.conf")
    with open(config, "w") as file:
        file.write(NGINX.format(dir=scratch, port=ports[0], secure=ports[3]))
    listen = [sys.argv[1], "--listen"]
    servers["nginx"] = (start(["nginx", "-c", config, "-p", scratch], ports[0]), ports[0])
    servers["wireway"] = (start([*listen, f"127.0.0.1:{ports[1]}"], ports[1]), ports[1])
    servers["bare loop"] = (start([sys.argv[2], str(ports[2])], ports[2]), ports[2])
    files = ["--tls", f"{scratch}/chain.pem", f"{scratch}/key.pem"]
    secure["nginx"] = (servers["nginx"][0], ports[3])
    secure["wireway"] = (start([*listen, f"127.0.0.1:{ports[4]}", *files], ports[4]), ports[4])


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
    certify(scratch)
    servers, secure = {}, {}
    try:
        start_all(scratch, servers, secure)
        table("plain", servers, "http", [], rounds)
        table("16 requests in flight", servers, "http", ["-s", script], rounds)
        (version, cipher, resumed), *others = {agreed(port) for _, port in secure.values()}
        if others:
            sys.exit(f"the servers differ: {version}, {cipher}, {resumed}; {others}")
        table(f"{version}, {cipher}", secure, "https", [], rounds)
        table(f"a connection for each request, {resumed}", secure, "https", ["-H", "Connection: close"], rounds)
    finally:
        for process in {process for process, _ in (*servers.values(), *secure.values())}:
            process.terminate()
            process.wait(10)
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
