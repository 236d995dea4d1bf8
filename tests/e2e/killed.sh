#!/usr/bin/env bash
# If spf-policyd is killed within a session, Postfix defers, and the session goes on once it is back.
. "$(dirname "$0")/support.sh"

start_name_server
start_policyd
start_postfix
connect
say "MAIL FROM:<alice@sender.test>"
say "RCPT TO:<one@receiver.test>"
same "reply before" "250 2.1.5 Ok" "$reply"

kill -9 "$policyd_pid"
wait "$policyd_pid" 2>/dev/null || true
say "RCPT TO:<two@receiver.test>"
show "$reply"
same "reply meanwhile" \
  "451 4.3.5 <two@receiver.test>: Recipient address rejected: Server configuration problem" "$reply"

run_policyd
say "RCPT TO:<two@receiver.test>"
same "reply after" "250 2.1.5 Ok" "$reply"
say DATA
say $'Subject: to both\r\n\r\ntext\r\n.'
arrived 2
show "$(fields Received-SPF)"
# The new process does not know that the message has a field, so it may have two, which agree.
same "different fields" 1 "$(fields Received-SPF | sort -u | wc -l)"

say "MAIL FROM:<bob@victim.test>"
say "RCPT TO:<one@receiver.test>"
show "$reply"
[[ $reply == "550 5.7.23 "* ]] || fail "the next message is not refused"
