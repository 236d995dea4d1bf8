#!/usr/bin/env bash
# wire.sh SPFCHECK SLOW-RELAY OUT-DIRECTORY
#
# Measures over loopback, with a name server (nsd) and a generated zone: how many questions per
# second it answers to dnsperf and, in the same run, to `spfcheck batch`; and how long one check
# with nine includes takes if every answer is delayed by 20 ms. Writes wire.json.
set -euo pipefail

spfcheck=$1 relay=$2 out=$3
domains=${BENCH_DOMAINS:-60000} rounds=${BENCH_ROUNDS:-3} delay=20
. "$(dirname "$0")/name_server.sh"
command -v dnsperf >/dev/null || { echo "wire.sh: needs dnsperf" >&2; exit 69; }

# Many domains with three includes of their own, matched in the last one, so that a check asks four
# questions and no cache helps; and one domain with nine includes.
{
    zone_apex
    awk -v n="$domains" 'BEGIN {
        for (i = 0; i < n; i++) {
            printf "d%d TXT \"v=spf1 include:d%da.bench.test include:d%db.bench.test", i, i, i
            printf " include:d%dc.bench.test -all\"\n", i
            printf "d%da TXT \"v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/25 ~all\"\n", i
            printf "d%db TXT \"v=spf1 ip4:198.51.100.0/24 ip4:203.0.113.0/25 ~all\"\n", i
            printf "d%dc TXT \"v=spf1 ip4:198.51.100.0/24 ip4:192.0.2.0/25 ~all\"\n", i
        }
    }'
    printf 'nine TXT "v=spf1'
    printf ' include:i%d.bench.test' {1..9}
    echo ' -all"'
    printf 'i%d TXT "v=spf1 ip4:198.51.100.0/24 ?all"\n' {1..8}
    echo 'i9 TXT "v=spf1 ip4:192.0.2.0/24 ?all"'
} >"$dir/zone"
awk -v n="$domains" 'BEGIN {
    for (i = 0; i < n; i++) {
        printf "d%d.bench.test TXT\nd%da.bench.test TXT\n", i, i
        printf "d%db.bench.test TXT\nd%dc.bench.test TXT\n", i, i
    }
}' >"$dir/questions"
check='{"id":%s,"ip":"192.0.2.10","sender":"bob@%s.bench.test","helo":"mail.bench.test"}\n'
for ((i = 0; i < domains; i++)); do printf "$check" "$i" "d$i"; done >"$dir/checks"
printf "$check" 0 nine >"$dir/nine"

start_name_server "$relay" "$delay"

single() { # single PORT: the blocking check
    "$spfcheck" check --ip 192.0.2.10 --sender bob@nine.bench.test --helo mail.bench.test \
        --nameserver "127.0.0.1:$1" --json
}
batch() { # batch PORT FILE
    "$spfcheck" batch --json --jobs 2 --no-cache --nameserver "127.0.0.1:$1" <"$dir/$2"
}
seconds() { # seconds COMMAND...: how long it takes; its output goes to $dir/output
    local begin=$EPOCHREALTIME
    "$@" >"$dir/output" || { echo "wire.sh: failed: $*" >&2; return 1; }
    awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.6f", b - a }'
}
least() { sort -g | head -1; }
expect_passes() { # expect_passes COUNT: in the latest output
    local passes
    passes=$(grep -Ec '"result": ?"pass"' "$dir/output" || true)
    [ "$passes" = "$1" ] || { echo "wire.sh: $passes of $1 checks passed" >&2; exit 1; }
}

for _ in {1..50}; do
    single "$port" >"$dir/output" 2>&1 && break
    sleep 0.1
done
expect_passes 1

has_batch=yes
"$spfcheck" --help | grep -qw batch || has_batch=no

# Questions per second, measured alternately.
perf_best=0 batch_best=null ratio=null
for ((round = 0; round < rounds; round++)); do
    qps=$(dnsperf -s 127.0.0.1 -p "$port" -d "$dir/questions" -n 1 -q 256 2>&1 |
        awk '/Queries per second/ { print $4 }')
    perf_best=$(printf '%s\n' "$perf_best" "$qps" | sort -g | tail -1)
    [ $has_batch = yes ] || continue
    taken=$(seconds batch "$port" checks)
    expect_passes "$domains"
    qps=$(awk -v n="$domains" -v t="$taken" 'BEGIN { print 4 * n / t }')
    batch_best=$(printf '%s\n' "${batch_best/null/0}" "$qps" | sort -g | tail -1)
done
[ $batch_best = null ] ||
    ratio=$(awk -v a="$batch_best" -v b="$perf_best" 'BEGIN { printf "%.3f", a / b }')

# Round trips: the time that the delay adds to a check, divided by the delay.
trips() { # trips COMMAND... with PORT as the last but one word
    local fast slow
    fast=$(for ((i = 0; i < rounds; i++)); do seconds "${@//PORT/$port}"; echo; done | least)
    slow=$(for ((i = 0; i < rounds; i++)); do seconds "${@//PORT/$slow_port}"; echo; done | least)
    expect_passes 1
    awk -v a="$slow" -v b="$fast" -v d="$delay" 'BEGIN { printf "%.1f", (a - b) * 1000 / d }'
}
plain=$(trips single PORT)
hinted=null
[ $has_batch = no ] || hinted=$(trips batch PORT nine)

row() { printf '%-52s%12s\n' "$1" "$2"; }
row "over the wire" ""
row "  dnsperf, questions per second" "$perf_best"
row "  spfcheck batch, questions per second" "${batch_best/null/-}"
row "  spfcheck batch / dnsperf" "${ratio/null/-}"
row "  nine includes, round trips: check (one by one)" "$plain"
row "  nine includes, round trips: batch (with hints)" "${hinted/null/-}"
cat >"$out/wire.json" <<JSON
{"domains": $domains, "delay_ms": $delay, "dnsperf_per_second": $perf_best,
 "batch_per_second": $batch_best, "batch_over_dnsperf": $ratio,
 "nine_includes_round_trips": {"check": $plain, "batch": $hinted}}
JSON
