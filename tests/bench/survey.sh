#!/usr/bin/env bash
# survey.sh SPFCHECK [OUT-DIRECTORY]
#
# Measures over loopback, with a name server (nsd) and a generated zone, how many questions per
# second the server answers to dnsperf and, in the same run, to `spfcheck survey`, and how much
# memory the survey needs. Prints a table, and writes survey.json into OUT-DIRECTORY.
#
# BENCH_DOMAINS (100000), BENCH_ROUNDS (3) and BENCH_JOBS (1) change what is measured.
set -euo pipefail

spfcheck=$1 out=${2:-}
domains=${BENCH_DOMAINS:-100000} rounds=${BENCH_ROUNDS:-3} jobs=${BENCH_JOBS:-1}
. "$(dirname "$0")/name_server.sh"
for program in dnsperf python3; do
    command -v $program >/dev/null || { echo "survey.sh: needs $program" >&2; exit 69; }
done

# Records as domains have them: most name their mail server and one or two of forty services, each of
# which includes two records with networks; a tenth of the domains have no record.
{
    zone_apex
    awk -v n="$domains" 'BEGIN {
        for (i = 0; i < n; i++) {
            k = i % 10; s = i % 40; t = (i * 7 + 3) % 40
            if (k < 4) r = "mx include:_spf" s ".bench.test ~all"
            else if (k < 6) r = "a mx ip4:192.0.2." i % 256 " -all"
            else if (k < 8) r = "include:_spf" s ".bench.test include:_spf" t ".bench.test -all"
            else if (k < 9) r = "ip4:198.51.100." i % 256 " ip4:203.0.113.0/28 -all"
            if (k < 9) printf "d%d TXT \"v=spf1 %s\"\n", i, r
            else printf "d%d TXT \"something else\"\n", i
            printf "d%d A 192.0.2.%d\nd%d MX 10 m%d\nm%d A 198.51.100.%d\n", i, i % 256, i, i, i, i % 256
        }
        for (s = 0; s < 40; s++) {
            printf "_spf%d TXT \"v=spf1 include:_a%d.bench.test include:_b%d.bench.test ~all\"\n", s, s, s
            printf "_a%d TXT \"v=spf1", s
            for (j = 0; j < 8; j++) printf " ip4:10.%d.%d.0/24", s, 2 * j
            printf " ~all\"\n_b%d TXT \"v=spf1", s
            for (j = 0; j < 4; j++) printf " ip6:2001:db8:%d:%d::/64", s, 2 * j
            printf " ~all\"\n"
        }
    }'
} >"$dir/zone"
awk -v n="$domains" 'BEGIN { for (i = 0; i < n; i++) printf "d%d.bench.test\n", i }' >"$dir/domains"

start_name_server true 0 # no relay
# Runs a command, and writes its seconds and the most memory that it had, in KiB, to $dir/used.
measured() {
    python3 - "$dir/used" "$@" <<'PY'
import resource, subprocess, sys, time
begin = time.monotonic()
status = subprocess.run(sys.argv[2:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.monotonic() - begin, used.ru_maxrss, used.ru_utime + used.ru_stime, file=open(sys.argv[1], "w"))
sys.exit(status)
PY
}
survey() {
    measured "$spfcheck" survey "$dir/domains" --jobs "$jobs" --nameserver "127.0.0.1:$port" \
        >"$dir/output" 2>"$dir/summary"
}

# The survey itself says which questions it asks, so that dnsperf can ask the same ones.
for _ in {1..50}; do
    head -1 "$dir/domains" | "$spfcheck" survey --timeout 1 --nameserver "127.0.0.1:$port" 2>/dev/null |
        grep -q '"record":"v=spf1' && break
    sleep 0.1
done
"$spfcheck" survey "$dir/domains" -vv --nameserver "127.0.0.1:$port" 2>&1 >/dev/null |
    sed -n 's/.*debug: DNS \([A-Z]*\) \([^ :]*\): .*/\2 \1/p' >"$dir/questions"
asked=$(wc -l <"$dir/questions")

perf_best=0 survey_best=0 memory=0 rate=0 cpu=0
for ((round = 0; round < rounds; round++)); do
    qps=$(dnsperf -s 127.0.0.1 -p "$port" -d "$dir/questions" -n 1 -q 256 2>&1 |
        awk '/Queries per second/ { print $4 }')
    survey || { echo "survey.sh: the survey failed" >&2; cat "$dir/summary" >&2; exit 1; }
    lines=$(wc -l <"$dir/output")
    [ "$lines" = "$domains" ] || { echo "survey.sh: $lines of $domains lines" >&2; exit 1; }
    ! grep -q dns_failure "$dir/output" || { echo "survey.sh: DNS failed" >&2; exit 1; }
    read -r seconds peak used <"$dir/used"
    own=$(awk -v n="$asked" -v t="$seconds" 'BEGIN { printf "%.0f", n / t }')
    printf 'round %d: dnsperf %s, survey %s questions per second, %s s, %s s of CPU\n' \
        $((round + 1)) "$qps" "$own" "$seconds" "$used" >&2
    perf_best=$(printf '%s\n' "$perf_best" "$qps" | sort -g | tail -1)
    [ "$own" -le "${survey_best%.*}" ] || { survey_best=$own rate=$(awk -v n="$domains" -v t="$seconds" \
        'BEGIN { printf "%.0f", n / t }') cpu=$used; }
    [ "$peak" -le "$memory" ] || memory=$peak
done
ratio=$(awk -v a="$survey_best" -v b="$perf_best" 'BEGIN { printf "%.3f", a / b }')

row() { printf '%-52s%12s\n' "$1" "$2"; }
row "survey of $domains domains, $jobs thread(s)" ""
row "  questions" "$asked"
row "  dnsperf, questions per second" "$perf_best"
row "  spfcheck survey, questions per second" "$survey_best"
row "  spfcheck survey / dnsperf" "$ratio"
row "  domains per second" "$rate"
row "  CPU time of the survey, microseconds per domain" "$(awk -v n="$domains" -v t="$cpu" 'BEGIN { printf "%.1f", 1e6 * t / n }')"
row "  most memory, MiB" "$(awk -v k="$memory" 'BEGIN { printf "%.1f", k / 1024 }')"
[ -z "$out" ] || cat >"$out/survey.json" <<JSON
{"domains": $domains, "jobs": $jobs, "questions": $asked, "dnsperf_per_second": $perf_best,
 "survey_per_second": $survey_best, "survey_over_dnsperf": $ratio, "domains_per_second": $rate,
 "peak_kib": $memory}
JSON
