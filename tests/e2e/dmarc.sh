#!/usr/bin/env bash
# OpenDMARC, after spf-policyd, reads our field and gets DMARC right: pass for the domain in From that
# SPF authorised, and rejection where SPF authorised another domain (RFC 7489, 3.1.2).
#
#   dmarc.sh SPF-POLICYD HEADER      received-spf or authentication-results
needs=opendmarc
. "$(dirname "$0")/support.sh"
header=$2

start_name_server
start_policyd "headers = [\"$header\"]"
start_opendmarc
start_postfix 'smtpd_milters = inet:127.0.0.1:8893'

send --from alice@sender.test --header "From: alice@sender.test"
arrived 1
show "$(fields '\(Received-SPF\|Authentication-Results\)')"
[[ $(fields Authentication-Results) == *"dmarc=pass (p=reject dis=none) header.from=sender.test"* ]] || fail "no pass"

# SPF authorises mail of sender.test, and the author is said to be of victim.test. The field that the
# client brings says pass for that.
send --from mallory@sender.test --header "From: boss@victim.test" \
  --add-header "Received-SPF: pass client-ip=192.0.2.77; envelope-from=\"boss@victim.test\"; identity=mailfrom"
show "$(reply_to .)"
same "reply to the message" "550 5.7.1 rejected by DMARC policy for victim.test" "$(reply_to . | tail -n 1)"
