#!/usr/bin/env bash
# While the name server is down, messages are deferred without delay. When it is back, they are
# checked again within seconds.
. "$(dirname "$0")/support.sh"

start_name_server
start_policyd '[actions.mail_from]' 'temperror = "defer"'
start_postfix
send --from alice@sender.test
arrived 1
stop_name_server

# This domain is not in the cache.
client=198.51.100.7 send --from bob@victim.test
show "$(reply_to RCPT)"
[[ $(reply_to RCPT) == "451 4.7.24 <user@receiver.test>: Recipient address rejected: "* ]] || fail "not deferred"
# This one is, and DNS allows that its record is used for an hour.
send --from alice@sender.test
same "reply about a domain in the cache" "250 2.1.5 Ok" "$(reply_to RCPT)"
arrived 2

start_name_server
# A failure is kept for 2 s (RFC 2308, 7).
is_refused() {
  client=198.51.100.7 send --from bob@victim.test
  [[ $(reply_to RCPT) == "550 5.7.23 "* ]]
}
wait_until is_refused
show "$(reply_to RCPT)"
