#!/usr/bin/env bash
# If the name server of a domain is broken, the message is accepted and marked; or deferred, if the
# site wants that (RFC 7208, 8.6; codes: RFC 7372, 3.2).
. "$(dirname "$0")/support.sh"

start_name_server
start_policyd
start_postfix
send --from alice@broken.test
same "reply to RCPT" "250 2.1.5 Ok" "$(reply_to RCPT)"
arrived 1
show "$(fields Received-SPF)"
[[ $(fields Received-SPF) == "Received-SPF: temperror "* ]] || fail "not marked so"

configure '[actions.mail_from]' 'temperror = "defer"'
reload
send --from alice@broken.test
show "$(reply_to RCPT)"
[[ $(reply_to RCPT) == "451 4.7.24 <user@receiver.test>: Recipient address rejected: "* ]] || fail "not deferred so"
