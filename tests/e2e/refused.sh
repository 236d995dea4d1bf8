#!/usr/bin/env bash
# A forged message is refused, without a configuration too (RFC 7208, 8.4; codes: RFC 7372, 3.1).
. "$(dirname "$0")/support.sh"

start_name_server
"$policyd" --nameserver 127.0.0.1 2>"$work/policyd.log" &
await_daemon $! 10045
start_postfix
client=198.51.100.7 send --from alice@sender.test
reply=$(reply_to RCPT)
show "$reply"
[[ $reply == "550 5.7.23 <user@receiver.test>: Recipient address rejected: "* ]] || fail "not refused so"
[[ $(decisions) == *action=reject*client=198.51.100.7* ]] || fail "not logged so"
[[ $reply == *" 198.51.100.7 may not send mail for sender.test. "* ]] || fail "not explained so"
[ ${#reply} -le 510 ] || fail "the reply has ${#reply} octets"

# The domain's own explanation is marked as such (RFC 7208, 6.2).
client=198.51.100.7 send --from alice@explained.test
show "$(reply_to RCPT)"
[[ $(reply_to RCPT) == *"explained.test explains: 198.51.100.7 is not ours"* ]] || fail "not explained so"
