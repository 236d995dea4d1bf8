#!/usr/bin/env bash
# A message that may be sent has one Received-SPF field, above that of Postfix itself, and above a
# forged one (RFC 7208, 9.1).
. "$(dirname "$0")/support.sh"

start_name_server
start_policyd
start_postfix
send --from alice@sender.test --add-header "Received-SPF: pass identity=mailfrom; receiver=mx.receiver.test"
same "reply to RCPT" "250 2.1.5 Ok" "$(reply_to RCPT)"
arrived 1
show "$(fields Received-SPF | sed -n 1p)"
same "fields" "Return-Path: X-Original-To: Delivered-To: Received-SPF: Received: " "$(trace)"
same "our field" "Received-SPF: pass (mx.receiver.test: domain of alice@sender.test designates\
 192.0.2.77 as permitted sender) client-ip=192.0.2.77; envelope-from=\"alice@sender.test\";\
 helo=mail.sender.test; identity=mailfrom; mechanism=\"ip4:192.0.2.77\"; receiver=mx.receiver.test" \
  "$(fields Received-SPF | sed -n 1p)"
