#!/usr/bin/env bash
# Asked for recipients and again for DATA, spf-policyd adds both fields, each once.
. "$(dirname "$0")/support.sh"

start_name_server
start_policyd 'headers = ["received-spf", "authentication-results"]'
start_postfix 'smtpd_data_restrictions = check_policy_service inet:127.0.0.1:10045'
send --from alice@sender.test
same "reply to DATA" "354" "$(reply_to DATA | cut -c 1-3)"
arrived 1
show "$(fields Received-SPF)" "$(fields Authentication-Results)"
same "fields" "Return-Path: X-Original-To: Delivered-To: Received-SPF: Authentication-Results: Received: " "$(trace)"
same "decisions" 1 "$(decisions | wc -l)"

send --from alice@sender.test --to one@receiver.test,two@receiver.test,three@receiver.test
arrived 4
same "fields with three recipients" \
  "Return-Path: X-Original-To: Delivered-To: Received-SPF: Authentication-Results: Received: " "$(trace)"

client=198.51.100.7 send --from alice@sender.test
[[ $(reply_to RCPT) == "550 5.7.23 "* ]] || fail "not refused"
