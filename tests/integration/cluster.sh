#!/usr/bin/env bash
# A Dask cluster of a scheduler and two workers, each a machine of its own, with one resolver that
# they share: examples/cluster/survey.py surveys domains on it, one worker is killed in the middle,
# and the result must be that of a single machine.
#
#   cluster.sh SPFCHECK
#
# Prints SKIPPED, with the reason, if the machine lacks something.
set -euo pipefail
spfcheck=$1
domains=1500
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/integration/machines.sh
. "$here/machines.sh"

need_machines
# The packages of Debian belong to its own Python, which need not be the first one.
python=
for each in /usr/bin/python3 python3; do
  ! "$each" -c 'import distributed' 2>/dev/null || { python=$each; break; }
done
[ -n "$python" ] || skip "python3-distributed is not installed"
make_machines scheduler a b

{
  cat <<'END'
example.             3600 IN SOA ns.example. hostmaster.example. 1 3600 600 86400 3600
example.             3600 IN NS  ns.example.
ns.example.          3600 IN A   127.0.0.1
_spf.relay.example.  3600 IN TXT "v=spf1 ip4:203.0.113.0/26 -all"
host.example.        3600 IN A   203.0.113.200
END
  for ((i = 0; i < domains; ++i)); do
    case $((i % 5)) in
      0) record='v=spf1 include:_spf.relay.example a:host.example ~all' ;;
      1) record="v=spf1 ip4:192.0.2.$((i % 256)) -all" ;;
      2) record='v=spf1 include:no.example -all' ;;
      3) record='v=spf1 ip4:192.0.2.0/33 -all' ;;
      4) continue ;;  # there is no such domain
    esac
    echo "d$i.example. 3600 IN TXT \"$record\""
  done
} >"$work/zone"
for ((i = 0; i < domains; ++i)); do echo "d$i.example"; done >"$work/domains"
start_resolver a d0.example

# A resolver that has just begun fails if a busy machine lets it wait for its name server. It keeps
# what it has got, so it is asked again until it has everything.
options=(--nameserver 192.0.2.1 --questions 16)
for _ in {1..10}; do
  ip netns exec "$id-a" "$spfcheck" survey "${options[@]}" <"$work/domains" 2>/dev/null | sort >"$work/one"
  grep -q '"findings":\["dns_failure"' "$work/one" || break
  sleep 6  # a failure is kept for five seconds
done
[ "$(wc -l <"$work/one")" -eq $domains ]
grep -q '"findings":\["include_without_record"\]' "$work/one"

# start MACHINE COMMAND...: runs a part of the cluster, whose process is the last of ${pids[@]}.
start() {
  local machine=$1
  shift
  ip netns exec "$id-$machine" env OMP_NUM_THREADS=1 "$@" >"$work/$machine.log" 2>&1 &
  pids+=($!)
}
start scheduler "$python" -m distributed.cli.dask_scheduler --host 192.0.2.11 --port 8786 --no-dashboard
for machine in a b; do
  start $machine "$python" -m distributed.cli.dask_worker tcp://192.0.2.11:8786 --name $machine \
    --nthreads 1 --no-nanny --no-dashboard --local-directory "$work/$machine"
done
worker_b=${pids[-1]}

touch "$work/output"
ip netns exec "$id-scheduler" "$python" "$here/../../examples/cluster/survey.py" tcp://192.0.2.11:8786 \
  --lines 25 --program "$spfcheck" "${options[@]}" <"$work/domains" >"$work/output" 2>"$work/errors" &
client=$!
pids+=("$client")
fail() {
  echo "$1" >&2
  tail "$work/errors" "$work"/*.log >&2
  exit 1
}
# Some blocks must be done, and others must be left, when the worker dies.
until [ "$(wc -l <"$work/output")" -ge $((domains / 5)) ]; do
  kill -0 "$client" 2>/dev/null || fail "the survey has ended too early"
  sleep 0.02
done
kill -KILL "$worker_b"
at=$(wc -l <"$work/output")
wait "$client" || fail "the survey has failed"
[ "$at" -lt $domains ] || fail "the survey was over before the worker was killed"
sort "$work/output" | diff "$work/one" - >"$work/differences.log" || fail "the cluster says something else than one machine"
for machine in a b; do
  grep -q "^$machine: [1-9]" "$work/errors" || fail "$machine did nothing"
done
cat "$work/errors"
echo "a scheduler and two workers say of $domains domains what one machine says; b was killed after $at"
