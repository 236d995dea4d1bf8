#!/usr/bin/env bash
# A message to twenty recipients is checked once and has one field; a refusal is repeated for each.
. "$(dirname "$0")/support.sh"

recipients=$(seq -s , -f 'user%g@receiver.test' 20)
start_name_server
start_policyd
start_postfix
send --from alice@sender.test --to "$recipients"
arrived 20
show "$(fields Received-SPF)"
same "decisions" 1 "$(decisions | wc -l)"
for message in "$inbox"/*; do
  same "number of fields" 1 "$(fields Received-SPF | wc -l)"
done

client=198.51.100.7 send --from alice@sender.test --to "$recipients"
show "$(reply_to RCPT | tail -n 1)"
same "decisions" 2 "$(decisions | wc -l)"
same "refusals" 20 "$(reply_to RCPT | grep -c '^550 5\.7\.23 <user[0-9]*@receiver\.test>')"
