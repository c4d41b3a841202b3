#!/usr/bin/env python3
"""usage: table.py OUTDIR

Prints what the reports in OUTDIR/server and OUTDIR/client say, and those in OUTDIR/tls and OUTDIR/io_uring, as the Markdown of docs/autobahn.md.
"""
import collections
import json
import sys

GROUPS = {
    "1": "framing", "2": "pings and pongs", "3": "reserved bits", "4": "opcodes", "5": "fragmentation", "6": "UTF-8",
    "7": "closing", "9": "limits and performance", "10": "auto-fragmentation", "12": "compression, its sizes",
    "13": "compression, its parameters",
}
OUTCOMES = ["OK", "NON-STRICT", "INFORMATIONAL", "UNIMPLEMENTED", "FAILED"]


def count(path):
    """How many cases of each group came to what; the closing counts as well as the messages."""
    with open(path, encoding="utf-8") as file:
        (cases,) = json.load(file).values()
    table = collections.defaultdict(collections.Counter)
    for case, result in cases.items():
        outcomes = [result["behavior"], result["behaviorClose"]]
        worst = max(outcomes, key=lambda outcome: OUTCOMES.index(outcome) if outcome in OUTCOMES else len(OUTCOMES))
        table[case.split(".")[0]][worst] += 1
    return table


def print_sums(folder):
    print(f"| role | cases | {' | '.join(OUTCOMES)} |\n|---|---|{'---|' * len(OUTCOMES)}")
    for role in "server", "client":
        sums = sum(count(f"{folder}/{role}/index.json").values(), collections.Counter())
        row = [sums[outcome] for outcome in OUTCOMES]
        print(f"| {role} | {sum(row)} | {' | '.join(map(str, row))} |")


def main(folder):
    print("# What the Autobahn test suite says\n")
    print("`tests/autobahn/run.sh build/release/examples-c build/autobahn '*'`, then `tests/autobahn/table.py build/autobahn`. The server is")
    print("`echo_server`, the client is `ws_client --deflate`; `./dev test` runs all but groups 9, 12 and 13, `./dev test --long` all.\n")
    for role in "server", "client":
        table = count(f"{folder}/{role}/index.json")
        print(f"## As a {role}\n\n| group | cases | {' | '.join(OUTCOMES)} |\n|---|---|{'---|' * len(OUTCOMES)}")
        for group in sorted(table, key=int):
            row = [table[group][outcome] for outcome in OUTCOMES]
            print(f"| {group} {GROUPS.get(group, '')} | {sum(row)} | {' | '.join(map(str, row))} |")
        print()
    print("## Over TLS\n\nThe same programs by wss, in all but groups 9, 12 and 13, with every `./dev test`:")
    print("`tests/autobahn/run.sh --tls build/release/examples-c build/autobahn`.\n")
    print_sums(f"{folder}/tls")
    print("\n## On io_uring\n\nAll cases. The server is `echo_server --driver io_uring`; the client is `tests/autobahn/loop_client.c`, on a `ww_loop`, because")
    print("`ws_client` has `poll()`: `tests/autobahn/run.sh --driver io_uring build/release/examples-c build/autobahn '*'`.\n")
    print_sums(f"{folder}/io_uring")


if __name__ == "__main__":
    main(sys.argv[1])
