#!/bin/bash
# usage: run.sh [--tls] [--driver NAME] EXAMPLES OUTDIR [CASES]
# The Autobahn|Testsuite against echo_server and with ws_client, both from the folder EXAMPLES; reports go to OUTDIR/server and
# OUTDIR/client. CASES: comma-separated patterns; default all but limits and compression (9.*, 12.*, 13.*), which take minutes;
# `*` for all. The suite is installed to OUTDIR/venv from PyPI on first use.
# --tls: the same over wss, with a certificate made by openssl; reports go to OUTDIR/tls/server and OUTDIR/tls/client.
# --driver: what echo_server runs on; without --tls the client is loop_client then, on the same driver. Reports go to OUTDIR/NAME/server
# and OUTDIR/NAME/client.
# Exit status: 0 when no case failed and none was non-strict.
set -euo pipefail
scheme=ws serve_with=() trust=() driver=
[ "${1:-}" != --tls ] || { scheme=wss; shift; }
[ "${1:-}" != --driver ] || { driver=$2; shift 2; }
[ $# -ge 2 ] || { sed -n '2,10p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
examples=$1 cases=${3:-}
mkdir -p "$2" && out=$(cd "$2" && pwd)
if [ -z "$cases" ]; then
  export EXCLUDE="9.*,12.*,13.*"
  cases="*"
fi
"$here/setup.sh" "$out/venv"
export AUTOBAHN_VENV=$out/venv CERT= KEY= SUMMARY_ARGS="--strict --no-unimplemented"

if [ $scheme = wss ]; then
  out=$out/tls
  mkdir -p "$out"
  CERT=$out/cert.pem KEY=$out/key.pem
  printf '%s\n' '[req]' prompt=no distinguished_name=name x509_extensions=hosts \
    '[name]' 'CN=the suite' '[hosts]' subjectAltName=IP:127.0.0.1 > "$out/openssl.cnf"
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -config "$out/openssl.cnf" \
    -keyout "$KEY" -out "$CERT" 2> "$out/openssl.log" || { cat "$out/openssl.log" >&2; exit 3; }
  serve_with=(--tls "$CERT" "$KEY") trust=(--ca "$CERT")
fi

if [ -n "$driver" ]; then
  out=$out/$driver
  serve_with+=(--driver "$driver")
fi
exec 3< <(exec "$examples/echo_server" --listen 127.0.0.1:0 "${serve_with[@]}")
server=$!
trap 'kill "$server" ${suite:-} 2>/dev/null || true' EXIT
read -r -t 300 line <&3
AGENT=wireway "$here/run_fuzzingclient.sh" "$scheme://${line#listening on }/ws" "$out/server" "$cases"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$here/run_fuzzingserver.sh" "$port" "$out/client" "$cases" &
suite=$!
for _ in $(seq 3000); do
  (: < "/dev/tcp/127.0.0.1/$port") 2>/dev/null && break
  sleep 0.1
done
if [ $scheme = ws ] && [ -n "$driver" ]; then
  "$examples/../tests/loop_client" --driver "$driver" "127.0.0.1:$port"
else
  "$examples/ws_client" "${trust[@]}" --deflate --autobahn "$scheme://127.0.0.1:$port" 2> "$out/ws_client.log"
fi
wait "$suite"
