#!/usr/bin/env bash
# analyses.sh SLOW-RELAY SPFCHECK...
#
# Measures over loopback how long the analyses of spfcheck take for a domain whose tree has 83
# questions, if a name server (nsd) delays each answer by 150 ms; and how long `whose` takes for the
# includes of all services, each with a tree of six questions, if the delay is 50 ms. Prints a table
# with one column for each program, so that builds can be compared. BENCH_DELAY and
# BENCH_WHOSE_DELAY are the delays in milliseconds.
set -euo pipefail

relay=$1 delay=${BENCH_DELAY:-150} whose_delay=${BENCH_WHOSE_DELAY:-50} zone=.
shift
. "$(dirname "$0")/name_server.sh"

# Of the 83 questions, 7 are for TXT, 4 for MX, and 72 for the addresses of 36 hosts. Four answers
# depend on each other: TXT of the domain, TXT of an include, MX, A. No check needs more than ten
# lookups, so that all analyses finish.
{
    zone_apex
    echo '$ORIGIN bench.test.'
    printf '@ TXT "v=spf1'
    printf ' include:%s.bench.test' a b c d
    echo ' -all"'
    for each in a b c d; do
        below=
        [[ $each == [cd] ]] || below="include:$each$each.bench.test "
        echo "$each TXT \"v=spf1 ${below}mx:m$each.bench.test ?all\""
        echo "$each$each TXT \"v=spf1 ip4:198.51.100.0/24 ?all\""
        for ((i = 0; i < 9; i++)); do
            echo "m$each MX 10 h$i.$each"
            echo "h$i.$each A 192.0.2.$i"
            echo "h$i.$each AAAA 2001:db8::$i"
        done
    done
    echo 'relay A 203.0.113.7'
    : >"$dir/empty"
    # The exit status says that no include is in the empty zone.
    { "$1" providers --verify --json --zone "$dir/empty" || true; } | grep -o '"include":"[^"]*"' | cut -d'"' -f4 |
        while read -r name; do
            echo "$name. TXT \"v=spf1 include:_n1.$name include:_n2.$name ~all\""
            echo "_n1.$name. TXT \"v=spf1 ip4:198.51.100.0/25 ip4:198.51.100.192/26 ~all\""
            echo "_n2.$name. TXT \"v=spf1 include:_n3.$name a:out.$name ~all\""
            echo "_n3.$name. TXT \"v=spf1 ip6:2001:db8:1::/48 ~all\""
            echo "out.$name. A 192.0.2.10"
            echo "out.$name. AAAA 2001:db8::10"
        done
} >"$dir/zone"
start_name_server "$relay" "$delay"
whose_port=$((port + 2))
start_relay "$relay" "$whose_port" "$whose_delay"

ask() { # ask PROGRAM PORT COMMAND...: the answer of a command, with all its questions logged
    local program=$1 server=127.0.0.1:$2
    shift 2
    "$program" "$@" --nameserver "$server" --json --timeout 60
}
for _ in {1..50}; do
    ask "$1" "$port" networks bench.test >"$dir/output" 2>&1 && break
    sleep 0.1
done

printf '%-34s%10s' "$delay ms per answer" questions
for program; do printf '%16s' "$(basename "$(dirname "$(dirname "$program")")")"; done
echo
programs=("$@")
measure() { # measure PORT COMMAND...: prints a row
    local through=$1
    shift
    local command=("$@")
    asked=$(ask "${programs[0]}" "$port" "${command[@]}" -vv 2>&1 >/dev/null | grep -c ': DNS ' || true)
    printf '%-34s%10s' "${command[0]}" "$asked"
    for program in "${programs[@]}"; do
        begin=$EPOCHREALTIME status=0
        ask "$program" "$through" "${command[@]}" >"$dir/output" 2>&1 || status=$?
        [ "$status" -le 1 ] || { cat "$dir/output"; exit "$status"; }
        awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%14.2f s", b - a }'
    done
    echo
}

for words in "networks bench.test" "flatten bench.test" "authorize bench.test relay.bench.test" \
    "fix bench.test" "lint bench.test" "overview bench.test"; do
    read -ra command <<<"$words"
    measure "$slow_port" "${command[@]}"
done
echo
echo "$whose_delay ms per answer"
measure "$whose_port" whose 203.0.113.7
measure "$whose_port" whose 203.0.113.7 2001:db8::10 8.8.8.8
