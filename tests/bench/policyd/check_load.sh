#!/usr/bin/env bash
# check_load.sh POLICYD-LOAD POLICYD-DUNNO
#
# Tests the load generator with a server whose answers are known: DUNNO is right if it is expected, and
# wrong otherwise. Without the server, all requests are lost.
set -euo pipefail
load=$1 dunno=$2

for ((try = 0; try < 20; ++try)); do
  port=$((20000 + RANDOM % 10000))
  "$dunno" "$port" 2>/dev/null &
  server=$!
  trap 'kill $server 2>/dev/null || true' EXIT
  until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || ! kill -0 $server 2>/dev/null; do sleep 0.01; done
  ! kill -0 $server 2>/dev/null || break
done

# counts STATUS WRONG LOST OPTION...
counts() {
  local status=0 line
  line=$("$load" "$port" --requests 1000 --retry-ms 1 "${@:4}" 2>/dev/null) || status=$?
  echo "$line"
  if [ "$status" -ne "$1" ] || [[ $line != *" wrong=$2 lost=$3 "* ]]; then
    echo "expected: status $1, wrong=$2 lost=$3; the status is $status" >&2
    exit 1
  fi
}
counts 0 0 0 --dunno
counts 0 0 0 --dunno --kill-every 10
counts 1 1000 0
kill "$server"
wait "$server" 2>/dev/null || true
counts 1 0 1000 --dunno
