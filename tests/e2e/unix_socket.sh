#!/usr/bin/env bash
# A chrooted Postfix reaches spf-policyd by a UNIX socket in its queue directory.
. "$(dirname "$0")/support.sh"

start_name_server
chroot=y
start_postfix 'smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service unix:private/spf-policyd'
configure
sed -i "s|^listen = .*|listen = [\"unix:$work/queue/private/spf-policyd\"]|" "$work/policyd.toml"
"$policyd" --config "$work/policyd.toml" 2>"$work/policyd.log" &
wait_until test -S "$work/queue/private/spf-policyd"
chown postfix "$work/queue/private/spf-policyd"
send --from alice@sender.test
same "reply to RCPT" "250 2.1.5 Ok" "$(reply_to RCPT)"
arrived 1
show "$(fields Received-SPF)"
[[ $(fields Received-SPF) == "Received-SPF: pass "* ]] || fail "not marked so"
