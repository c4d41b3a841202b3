"""Draws lines: `draw.py COUNT SEED <LINES` prints COUNT of them as regular expressions that match nothing else, in their order."""

import random
import re
import sys


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    lines = sys.stdin.read().splitlines()
    for place in sorted(random.Random(seed).sample(range(len(lines)), min(count, len(lines)))):
        print(f"^{re.escape(lines[place])}$")


main()
