#!/bin/bash
# usage: run.sh EXAMPLES OUTDIR [CASES]
# The Autobahn|Testsuite against echo_server and with ws_client, both from the folder EXAMPLES; reports go to OUTDIR/server and
# OUTDIR/client. CASES: comma-separated patterns; default all but limits and compression (9.*, 12.*, 13.*), which take minutes;
# `*` for all. The suite is installed to OUTDIR/venv from PyPI on first use.
# Exit status: 0 when no case failed and none was non-strict.
set -euo pipefail
[ $# -ge 2 ] || { sed -n '2,7p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
examples=$1 cases=${3:-}
mkdir -p "$2" && out=$(cd "$2" && pwd)
if [ -z "$cases" ]; then
  export EXCLUDE="9.*,12.*,13.*"
  cases="*"
fi
"$here/setup.sh" "$out/venv"
export AUTOBAHN_VENV=$out/venv

exec 3< <(exec "$examples/echo_server" --listen 127.0.0.1:0)
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
read -r -t 60 line <&3
AGENT=wireway "$here/run_fuzzingclient.sh" "ws://${line#listening on }/ws" "$out/server" "$cases"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$here/run_fuzzingserver.sh" "$port" "$out/client" "$cases" &
suite=$!
for _ in $(seq 600); do
  (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  sleep 0.1
done
"$examples/ws_client" --deflate --autobahn "ws://127.0.0.1:$port" 2>/dev/null
wait "$suite"
