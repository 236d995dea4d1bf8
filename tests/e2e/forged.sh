#!/usr/bin/env bash
# OpenDMARC believes an Authentication-Results field with its own authserv-id or ours, also one that the
# client wrote, so a client that brings one makes a forgery dmarc=pass. The rule for header_checks in the README of spf-policyd
# removes the field before a milter sees it, and the forgery is refused.
#
#   forged.sh SPF-POLICYD README
needs=opendmarc
. "$(dirname "$0")/support.sh"
readme=$2

start_name_server
start_policyd '[actions.mail_from]' 'fail = "mark"'
start_opendmarc
start_postfix 'smtpd_milters = inet:127.0.0.1:8893'

# forge AUTHSERV-ID: a message that victim.test does not authorise, with the field that says it does.
forge() {
  send --from boss@victim.test --header "From: boss@victim.test" \
    --add-header "Authentication-Results: $1; spf=pass smtp.mailfrom=victim.test"
}

# Without the rule: this is what the rule is for. If OpenDMARC is wiser one day, this says so.
forge mx.receiver.test
arrived 1
[[ $(fields Authentication-Results) == *"dmarc=pass "*"header.from=victim.test"* ]] ||
  fail "OpenDMARC no longer believes the field, so the README need not warn of it"

# With the rule, as it is printed.
sed -n 's/^# main.cf: header_checks = \(regexp:\)\/etc\/postfix\/\(header_checks\),.*/\1 \2/p' "$readme" >"$work/recipe"
same "the recipe's main.cf" "regexp: header_checks" "$(cat "$work/recipe")"
grep '^/^Authentication-Results:/' "$readme" >"$work/etc/header_checks" || fail "the README has no rule"
postconf -c "$work/etc" -e "header_checks = regexp:$work/etc/header_checks"
postfix -c "$work/etc" reload
for name in mx.receiver.test dmarc.receiver.test MX.receiver.test; do
  forge $name
  show "$(reply_to .)"
  same "reply to a forgery with $name" "550 5.7.1 rejected by DMARC policy for victim.test" "$(reply_to . | tail -n 1)"
done

# What OpenDMARC itself adds stays, and so does our Received-SPF.
send --from alice@sender.test --header "From: alice@sender.test" \
  --add-header "authentication-results : mx.receiver.test; spf=fail smtp.mailfrom=sender.test"
arrived 2
show "$(fields '\(Received-SPF\|Authentication-Results\)')"
[[ $(fields Authentication-Results) == *"dmarc.receiver.test; dmarc=pass "*"header.from=sender.test"* ]] || fail "no pass"
[[ $(fields Authentication-Results) != *"spf=fail"* ]] || fail "the field of the client is still there"
