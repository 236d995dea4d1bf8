#!/usr/bin/env bash
# Octets beyond US-ASCII, in an internationalized address (RFC 6531) or in the explanation of a
# domain (not allowed there: RFC 7208, 6.2), never make Postfix take the answer for a failure (451 4.3.5).
. "$(dirname "$0")/support.sh"

start_name_server
start_policyd
start_postfix
connect

# Postfix passes U-labels on; SPF looks up A-labels (RFC 8616, 4).
say $'MAIL FROM:<j\xc3\xb6rg@b\xc3\xbccher.test> SMTPUTF8'
say "RCPT TO:<user@receiver.test>"
same "reply about U-labels" "250 2.1.5 Ok" "$reply"
say DATA
say $'Subject: test\r\n\r\ntext\r\n.'
arrived 1
show "$(fields Received-SPF)"
[[ $(fields Received-SPF) == "Received-SPF: pass "* ]] || fail "not marked so"
[[ $(fields Received-SPF) != *[^\ -~]* ]] || fail "octets beyond US-ASCII in the field"

say "MAIL FROM:<alice@latin1.test>"
say "RCPT TO:<user@receiver.test>"
show "$reply"
[[ $reply == "550 5.7.23 <user@receiver.test>: Recipient address rejected: "*"latin1.test"* ]] ||
  fail "not refused so"
[[ $reply != *[^\ -~]* ]] || fail "octets beyond US-ASCII in the reply"

say RSET
say $'MAIL FROM:<j\xc3\xb6rg@victim.test> SMTPUTF8'
say "RCPT TO:<user@receiver.test>"
show "$reply"
[[ $reply == "550 5.7.23 "* ]] || fail "not refused so"
! grep -a '4\.3\.5\|malformed' "$work/mail.log" || fail "Postfix complained"
