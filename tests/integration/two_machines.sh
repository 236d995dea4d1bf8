#!/usr/bin/env bash
# Two machines and a resolver that they share, as three network namespaces: GNU parallel distributes
# checks to `spfcheck batch` on both, and the results must be those of a single machine.
#
#   two_machines.sh SPFCHECK
#
# Prints SKIPPED, with the reason, if the machine lacks something.
set -euo pipefail
spfcheck=$1
checks=600
# shellcheck source=tests/integration/machines.sh
. "$(dirname "$0")/machines.sh"

need_machines parallel
make_machines a b

# The owner's name server, and the one resolver of this site before it.
cat >"$work/zone" <<END
example.             3600 IN SOA ns.example. hostmaster.example. 1 3600 600 86400 60
example.             3600 IN NS  ns.example.
ns.example.          3600 IN A   127.0.0.1
sender.example.      3600 IN TXT "v=spf1 include:_spf.relay.example a:host.example ~all"
_spf.relay.example.  3600 IN TXT "v=spf1 ip4:203.0.113.0/26 -all"
host.example.        3600 IN A   203.0.113.200
END
start_resolver a sender.example

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
