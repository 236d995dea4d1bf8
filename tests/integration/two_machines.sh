#!/usr/bin/env bash
# Two machines and a resolver that they share, as three network namespaces: GNU parallel distributes
# checks to `spfcheck batch` on both, and the results must be those of a single machine.
#
#   two_machines.sh SPFCHECK
#
# Prints SKIPPED, with the reason, if the machine lacks something.
set -euo pipefail
spfcheck=$1
machines=(a b)
checks=600

skip() { echo "SKIPPED: $1"; exit 0; }
[ "$(id -u)" -eq 0 ] || skip "network namespaces need root"
for program in ip nsd unbound parallel; do
  PATH=$PATH:/usr/sbin:/sbin
  command -v "$program" >/dev/null || skip "$program is not installed"
done

work=$(mktemp -d)
id=spf$$
hub=$id-hub
# shellcheck disable=SC2317  # called by the trap
end() {
  local pids=() pid
  for pid in "$work/nsd.pid" "$work/unbound.pid"; do [ ! -s "$pid" ] || pids+=("$(cat "$pid")"); done
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  for name in "$hub" "${machines[@]/#/$id-}"; do ip netns del "$name" 2>/dev/null || true; done
  # A server writes its state when it ends, so the folder goes after it, and after five seconds anyway.
  for _ in {1..50}; do
    if [ ${#pids[@]} -eq 0 ] || ! kill -0 "${pids[@]}" 2>/dev/null; then break; fi
    sleep 0.1
  done
  rm -rf "$work" || true  # what the checks said is decided before
}
trap end EXIT

ip netns add "$hub" 2>"$work/why" || skip "there are no network namespaces here ($(head -n 1 "$work/why"))"
ip netns exec "$hub" true 2>"$work/why" || skip "nothing runs in a network namespace here ($(head -n 1 "$work/why"))"
ip -n "$hub" link set lo up
ip -n "$hub" link add bridge type bridge 2>"$work/why" || skip "there are no bridges here ($(head -n 1 "$work/why"))"
ip -n "$hub" link set bridge up
ip -n "$hub" addr add 192.0.2.1/24 dev bridge
last=10
for machine in "${machines[@]}"; do
  last=$((last + 1))
  ip netns add "$id-$machine"
  ip -n "$id-$machine" link set lo up
  ip link add "port-$machine" netns "$hub" type veth peer name eth0 netns "$id-$machine"
  ip -n "$hub" link set "port-$machine" master bridge up
  ip -n "$id-$machine" addr add "192.0.2.$last/24" dev eth0
  ip -n "$id-$machine" link set eth0 up
done

# The owner's name server, and the one resolver of this site before it.
cat >"$work/nsd.conf" <<END
server:
  ip-address: 127.0.0.1@5300
  username: ""
  zonesdir: "$work"
  pidfile: "$work/nsd.pid"
  xfrdfile: "$work/xfrd.state"
  zonelistfile: "$work/zone.list"
  logfile: "$work/nsd.log"
remote-control:
  control-enable: no
zone:
  name: example
  zonefile: "$work/zone"
END
cat >"$work/zone" <<END
example.             3600 IN SOA ns.example. hostmaster.example. 1 3600 600 86400 60
example.             3600 IN NS  ns.example.
ns.example.          3600 IN A   127.0.0.1
sender.example.      3600 IN TXT "v=spf1 include:_spf.relay.example a:host.example ~all"
_spf.relay.example.  3600 IN TXT "v=spf1 ip4:203.0.113.0/26 -all"
host.example.        3600 IN A   203.0.113.200
END
cat >"$work/unbound.conf" <<END
server:
  interface: 192.0.2.1
  access-control: 192.0.2.0/24 allow
  username: ""
  chroot: ""
  directory: "$work"
  pidfile: "$work/unbound.pid"
  logfile: "$work/unbound.log"
  use-syslog: no
  do-not-query-localhost: no
  module-config: "iterator"
remote-control:
  control-enable: no
stub-zone:
  name: "example"
  stub-addr: 127.0.0.1@5300
END
first='{"id": 0, "ip": "203.0.113.25", "sender": "alice@sender.example"}'
# wait_for NAMESPACE NAME_SERVER: waits until the server answers. A resolver that did not find its
# name server would not ask it again for some time.
wait_for() {
  for ((try = 0; try < 200; ++try)); do
    ! ip netns exec "$1" "$spfcheck" batch --json --nameserver "$2" <<<"$first" 2>/dev/null |
      grep -q '"result":"pass"' || return 0
    sleep 0.1
  done
  echo "the name server $2 does not answer" >&2
  tail "$work"/*.log >&2
  exit 1
}
ip netns exec "$hub" nsd -c "$work/nsd.conf"
wait_for "$hub" 127.0.0.1:5300
ip netns exec "$hub" unbound -c "$work/unbound.conf"
wait_for "$id-a" 192.0.2.1

# GNU parallel calls this as it calls ssh: [options] HOST [--] COMMAND; the host is a namespace.
cat >"$work/enter" <<'END'
#!/bin/sh
while [ "${1#-}" != "$1" ]; do
  case $1 in -l | -o | -p) shift 2 ;; *) shift ;; esac
done
host=$1
shift
[ "$1" != -- ] || shift
exec ip netns exec "$host" env SHELL=/bin/sh sh -c "$*"
END
chmod +x "$work/enter"

for ((i = 0; i < checks; ++i)); do
  printf '{"id": %d, "ip": "203.0.113.%d", "sender": "alice@sender.example"}\n' "$i" $((i % 256))
done >"$work/checks"
batch=("$spfcheck" batch --json --nameserver 192.0.2.1)
# The remaining `ttl` depends on time.
results() { sed 's/,"ttl":[0-9]*//' | sort; }

ip netns exec "$id-a" "${batch[@]}" <"$work/checks" 2>/dev/null | results >"$work/one"
parallel --will-cite --ssh "$work/enter" -S "1/$id-a,1/$id-b" --pipe --block 8k --joblog "$work/jobs" \
  "$(printf '%q ' "${batch[@]}")" <"$work/checks" 2>"$work/errors" | results >"$work/two" || {
  cat "$work/errors" >&2
  exit 1
}

# 65 of the 256 addresses may send.
[ "$(wc -l <"$work/one")" -eq $checks ]
passed=$(grep -c '"result":"pass"' "$work/one")
failed=$(grep -c '"result":"softfail"' "$work/one")
if [ "$passed" -eq 0 ] || [ $((passed + failed)) -ne $checks ]; then
  echo "one machine says pass $passed times and softfail $failed times of $checks" >&2
  exit 1
fi
cmp "$work/one" "$work/two"
for machine in "${machines[@]}"; do
  jobs=$(awk -v host="$id-$machine" '$2 == host' "$work/jobs" | wc -l)
  [ "$jobs" -gt 0 ] || { echo "$machine did nothing" >&2; cat "$work/jobs" >&2; exit 1; }
  echo "$machine: $jobs blocks"
done
echo "two machines say of $checks checks what one says"
