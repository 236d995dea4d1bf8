# Sourced by the tests that need several machines: each machine is a network namespace with an
# address of its own, and a hub between them has the resolver that they share.
# shellcheck shell=bash

skip() { echo "SKIPPED: $1"; exit 0; }

# need_machines PROGRAM...: skips the test without these programs, or without the right to have
# namespaces.
need_machines() {
  [ "$(id -u)" -eq 0 ] || skip "network namespaces need root"
  local program
  for program in ip nsd unbound "$@"; do
    PATH=$PATH:/usr/sbin:/sbin
    command -v "$program" >/dev/null || skip "$program is not installed"
  done
}

work=$(mktemp -d)
id=spf$$
hub=$id-hub
machines=()
pids=()  # what else is to be ended

end_machines() {
  local pid name
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
trap end_machines EXIT

# make_machines NAME...: makes the machines, with the addresses 192.0.2.11, 192.0.2.12 and so on. The
# namespace of a machine is $id-NAME, and that of the hub, which has 192.0.2.1, is $hub.
make_machines() {
  machines=("$@")
  ip netns add "$hub" 2>"$work/why" || skip "there are no network namespaces here ($(head -n 1 "$work/why"))"
  ip netns exec "$hub" true 2>"$work/why" || skip "nothing runs in a network namespace here ($(head -n 1 "$work/why"))"
  ip -n "$hub" link set lo up
  ip -n "$hub" link add bridge type bridge 2>"$work/why" || skip "there are no bridges here ($(head -n 1 "$work/why"))"
  ip -n "$hub" link set bridge up
  ip -n "$hub" addr add 192.0.2.1/24 dev bridge
  local machine last=10
  for machine in "${machines[@]}"; do
    last=$((last + 1))
    ip netns add "$id-$machine"
    ip -n "$id-$machine" link set lo up
    ip link add "port-$machine" netns "$hub" type veth peer name eth0 netns "$id-$machine"
    ip -n "$hub" link set "port-$machine" master bridge up
    ip -n "$id-$machine" addr add "192.0.2.$last/24" dev eth0
    ip -n "$id-$machine" link set eth0 up
  done
}

# wait_for NAMESPACE NAME_SERVER DOMAIN: waits until the server answers. A resolver that did not find
# its name server would not ask it again for some time.
wait_for() {
  for ((try = 0; try < 200; ++try)); do
    ip netns exec "$1" "$spfcheck" lint "$3" --json --timeout 1 --nameserver "$2" 2>/dev/null |
      grep -q '"record":"v=spf1' && return 0
    sleep 0.1
  done
  echo "the name server $2 does not answer" >&2
  tail "$work"/*.log >&2
  exit 1
}

# start_resolver MACHINE DOMAIN: starts the owner's name server for the zone "example" in $work/zone,
# and the one resolver of the site, 192.0.2.1, before it. DOMAIN has a record in the zone.
start_resolver() {
  cat >"$work/nsd.conf" <<END
server:
  ip-address: 127.0.0.1@5300
  username: ""
  zonesdir: "$work"
  database: ""
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
  ip netns exec "$hub" nsd -c "$work/nsd.conf"
  wait_for "$hub" 127.0.0.1:5300 "$2"
  ip netns exec "$hub" unbound -c "$work/unbound.conf"
  wait_for "$id-$1" 192.0.2.1 "$2"
}
