# Sourced by the scripts that measure over loopback: a folder, a name server (nsd) for the zone
# bench.test, or for $zone, and relays before it that delay each answer.
# shellcheck shell=bash
nsd=$(command -v nsd || command -v /usr/sbin/nsd) || { echo "$(basename "$0"): needs nsd" >&2; exit 69; }

zone=${zone:-bench.test}
dir=$(mktemp -d)
port=$((20000 + RANDOM % 20000)) slow_port=$((port + 1))
pids=()
# Ends only the processes that it has started.
trap 'kill "${pids[@]}" 2>/dev/null; wait; rm -rf "$dir"' EXIT

# The first lines of the zone.
zone_apex() {
    echo "\$ORIGIN ${zone%.}."
    echo '$TTL 3600'
    echo '@ SOA ns hostmaster 1 3600 600 86400 600'
    echo '@ NS ns'
    echo 'ns A 127.0.0.1'
}

# start_name_server RELAY MILLISECONDS: serves $dir/zone at $port, and with the delay at $slow_port.
start_name_server() {
    cat >"$dir/nsd.conf" <<CONF
server:
    ip-address: 127.0.0.1@$port
    zonesdir: "$dir"
    pidfile: "$dir/nsd.pid"
    xfrdfile: "$dir/xfrd.state"
    zonelistfile: "$dir/zone.list"
    logfile: "$dir/nsd.log"
    username: ""
    server-count: 1
    rrl-ratelimit: 0
remote-control:
    control-enable: no
zone:
    name: $zone
    zonefile: "$dir/zone"
CONF
    "$nsd" -d -c "$dir/nsd.conf" >"$dir/nsd.out" 2>&1 &
    pids+=($!)
    start_relay "$1" "$slow_port" "$2"
}

# start_relay RELAY PORT MILLISECONDS: serves the zone with this delay at PORT, too.
start_relay() {
    "$1" "$2" "$port" "$3" &
    pids+=($!)
}
