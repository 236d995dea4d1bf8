#!/usr/bin/env bash
# While the configuration changes again and again, no message is lost or deferred, and each has one
# field, of one of the configurations.
. "$(dirname "$0")/support.sh"
messages=400

start_name_server
# The client of this test is 127.0.0.1.
local=('[skip]' 'networks = []')
start_policyd "${local[@]}"
start_postfix
smtp-source -s 8 -m $messages -f alice@local.test -t user@receiver.test 127.0.0.1 >"$work/session" 2>&1 &
source=$!
reloads=0
while kill -0 $source 2>/dev/null; do
  for headers in authentication-results received-spf; do
    configure "headers = [\"$headers\"]" "${local[@]}"
    reload
    reloads=$((reloads + 1))
  done
done
wait $source || fail "smtp-source failed"
arrived $messages
show
cat "$inbox"/* >"$work/all"
received=$(grep -ac '^Received-SPF: pass ' "$work/all" || true)
results=$(grep -ac '^Authentication-Results: mx\.receiver\.test' "$work/all" || true)
echo "$reloads reloads, $received + $results fields"
[ "$reloads" -ge 4 ] || fail "too few reloads"
[ $((received * results)) -gt 0 ] || fail "one of the configurations was never used"
same "fields" $messages $((received + results))
same "messages" $messages "$(find "$inbox" -type f | wc -l)"
! grep -aE '4\.3\.5|warning: .*policy|problem talking' "$work/mail.log" || fail "Postfix complained"
