#!/usr/bin/env bash
# Clients with IPv6 addresses are checked, as Postfix names them with XCLIENT.
. "$(dirname "$0")/support.sh"

start_name_server
start_policyd
start_postfix
client=IPV6:2001:db8::77 send --from alice@sender.test
same "reply to RCPT" "250 2.1.5 Ok" "$(reply_to RCPT)"
arrived 1
show "$(fields Received-SPF)"
[[ $(fields Received-SPF) == "Received-SPF: pass "*"client-ip=\"2001:db8::77\";"* ]] || fail "not marked so"
client=IPV6:2001:db8::78 send --from alice@sender.test
show "$(reply_to RCPT)"
[[ $(reply_to RCPT) == "550 5.7.23 "* ]] || fail "not refused"
