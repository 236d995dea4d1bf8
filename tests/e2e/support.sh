# shellcheck shell=bash
# What the scenarios share: a receiving mail server in namespaces of its own, where nothing meets
# another test or the machine's services. nsd answers at 127.0.0.1:53 and is the resolver of all,
# Postfix listens at 127.0.0.1:25, spf-policyd at 127.0.0.1:10045.
#
#   . support.sh    in a scenario, which is called: SCENARIO.sh SPF-POLICYD
#
# Prints SKIPPED, with the reason, if the machine lacks something. When the scenario ends, in whatever
# way, its processes end and its files are removed.
set -euo pipefail
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL=C  # octets, also where text is UTF-8

# --- The namespaces: the scenario runs again within them, as process 1.
if [ -z "${SPF_E2E_WORK-}" ]; then
  skip() { echo "SKIPPED: $1"; exit 0; }
  [ "$(id -u)" -eq 0 ] || skip "Postfix and namespaces need root"
  # Further programs that a scenario needs are in $needs.
  for program in ip nsd postfix swaks unshare ${needs-}; do
    command -v "$program" >/dev/null || skip "$program is not installed"
  done
  id -u postfix >/dev/null 2>&1 || skip "there is no user postfix"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  apart=(unshare --net --mount --pid --fork --kill-child --mount-proc)
  "${apart[@]}" ip link set lo up 2>"$work/why" || skip "there are no namespaces here ($(head -n 1 "$work/why"))"
  SPF_E2E_WORK=$work "${apart[@]}" "$BASH" "$0" "$@"
  exit
fi
work=$SPF_E2E_WORK
policyd=$1
chmod 755 "$work"
ip link set lo up
echo "nameserver 127.0.0.1" >"$work/resolv.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf

# --- What scenarios say.

# fail TEXT: ends the scenario, and shows what the daemons said.
fail() {
  {
    echo "FAILED: $1"
    for log in session policyd.log mail.log nsd.log opendmarc.log; do
      [ ! -s "$work/$log" ] || { echo "--- $log"; tail -n 40 "$work/$log"; }
    done
  } >&2
  exit 1
}

# wait_until COMMAND...: waits for the command to succeed.
wait_until() {
  local deadline=$((SECONDS + 20))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || fail "waited in vain for: $*"
    sleep 0.02
  done
}

# await_daemon PROCESS PORT: waits until it listens there.
await_daemon() {
  wait_until listens_or_has_ended "$@"
  kill -0 "$1" 2>/dev/null || fail "the daemon for port $2 has ended"
}
listens_or_has_ended() { has_ended "$1" || (exec 3<>"/dev/tcp/127.0.0.1/$2"); }
has_ended() { ! kill -0 "$1"; }

# same WHAT EXPECTED FOUND
same() { [ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"; }

# --- The name server.

zone() {
  cat <<'END'
.                    3600 IN SOA ns.test. hostmaster.test. 1 3600 600 86400 60
.                    3600 IN NS  ns.test.
ns.test.             3600 IN A   127.0.0.1
mail.sender.test.    3600 IN A   192.0.2.77
sender.test.         3600 IN TXT "v=spf1 ip4:192.0.2.77 ip6:2001:db8::77 -all"
local.test.          3600 IN TXT "v=spf1 ip4:127.0.0.1 -all"
explained.test.      3600 IN TXT "v=spf1 -all exp=why.explained.test"
why.explained.test.  3600 IN TXT "%{i} is not ours"
; An explanation in Latin-1.
latin1.test.         3600 IN TXT "v=spf1 -all exp=why.latin1.test"
why.latin1.test.     3600 IN TXT "caf\233"
; In a U-label: buecher, with u-umlaut.
xn--bcher-kva.test.  3600 IN TXT "v=spf1 ip4:192.0.2.77 -all"
victim.test.         3600 IN TXT "v=spf1 -all"
_dmarc.victim.test.  3600 IN TXT "v=DMARC1; p=reject"
_dmarc.sender.test.  3600 IN TXT "v=DMARC1; p=reject"
END
}

# broken.test has no file, so the server answers SERVFAIL.
start_name_server() {
  zone >"$work/zone"
  cat >"$work/nsd.conf" <<END
server:
  ip-address: 127.0.0.1@53
  server-count: 1
  rrl-ratelimit: 0
  username: ""
  chroot: ""
  database: ""
  zonesdir: "$work"
  pidfile: "$work/nsd.pid"
  xfrdfile: "$work/xfrd.state"
  xfrdir: "$work"
  zonelistfile: "$work/zone.list"
  logfile: "$work/nsd.log"
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: "zone"
zone:
  name: "broken.test"
  zonefile: "missing"
END
  nsd -c "$work/nsd.conf"
  wait_until dns_answers
}

# A question for the root's SOA record, by TCP: any answer will do.
dns_answers() (
  exec 3<>/dev/tcp/127.0.0.1/53
  printf '\0\x11\0\x01\0\0\0\x01\0\0\0\0\0\0\0\0\x06\0\x01' >&3
  IFS= read -r -t 5 -n 1 -d '' -u 3
)

stop_name_server() {
  local pid
  pid=$(cat "$work/nsd.pid")
  kill "$pid"
  wait_until has_ended "$pid"
}
# --- The policy server.

# configure [SETTING...]: writes the configuration, from lines of TOML.
configure() {
  printf '%s\n' 'listen = ["127.0.0.1:10045"]' 'nameservers = ["127.0.0.1"]' \
    'receiver = "mx.receiver.test"' "$@" >"$work/policyd.toml"
}

# start_policyd [SETTING...]
start_policyd() {
  configure "$@"
  run_policyd
}
run_policyd() {
  "$policyd" --config "$work/policyd.toml" 2>>"$work/policyd.log" &
  policyd_pid=$!
  await_daemon $policyd_pid 10045
}
# reload: takes the configuration that was written last.
reload() {
  local before
  before=$(reloads)
  kill -HUP "$policyd_pid"
  wait_until has_reloaded_after "$before"
}
has_reloaded_after() { [ "$(reloads)" -gt "$1" ]; }
reloads() { grep -ac reloaded "$work/policyd.log" || true; }
# decisions: the lines that the policy server has logged on decisions.
decisions() { grep -a 'action=' "$work/policyd.log"; }

# --- Postfix.

asks_policyd='smtpd_recipient_restrictions = reject_unauth_destination, check_policy_service inet:127.0.0.1:10045'

# start_opendmarc: a milter at port 8893 that trusts the fields of spf-policyd, and rejects what fails DMARC.
start_opendmarc() {
  cat >"$work/opendmarc.conf" <<END
AuthservID dmarc.receiver.test
TrustedAuthservIDs mx.receiver.test
Socket inet:8893@127.0.0.1
PidFile $work/opendmarc.pid
RejectFailures true
SPFIgnoreResults false
SPFSelfValidate false
Syslog false
END
  opendmarc -c "$work/opendmarc.conf" -f >"$work/opendmarc.log" 2>&1 &
  await_daemon $! 8893
}

# start_postfix [SETTING...]: with further lines of main.cf. Mail for receiver.test is delivered to files
# in $inbox, and there is no other mail.
inbox=$work/box/inbox/new
start_postfix() {
  mkdir "$work"/{etc,queue,data,box}
  chown postfix "$work/data"
  chown nobody "$work/box"
  cat >"$work/etc/main.cf" <<END
compatibility_level = 3.6
queue_directory = $work/queue
data_directory = $work/data
maillog_file = $work/mail.log
maillog_file_prefixes = $work
myhostname = mx.receiver.test
mydestination =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = all
local_recipient_maps =
alias_maps =
alias_database =
default_transport = error:no outbound mail here
relay_transport = error:no outbound mail here
virtual_mailbox_domains = receiver.test
virtual_mailbox_base = $work/box
virtual_mailbox_maps = static:inbox/
virtual_minimum_uid = 1
virtual_uid_maps = static:$(id -u nobody)
virtual_gid_maps = static:$(id -g nobody)
smtpd_peername_lookup = no
disable_dns_lookups = yes
smtpd_authorized_xclient_hosts = 127.0.0.1
smtpd_error_sleep_time = 0
smtpd_hard_error_limit = 1000
END
  # ${chroot-n}: whether smtpd sees only its queue directory.
  cat >"$work/etc/master.cf" <<END
25      inet        n - ${chroot-n} - - smtpd
cleanup unix        n - n - 0 cleanup
qmgr    unix        n - n 300 1 qmgr
rewrite unix        - - n - - trivial-rewrite
bounce  unix        - - n - 0 bounce
defer   unix        - - n - 0 bounce
error   unix        - - n - - error
anvil   unix        - - n - 1 anvil
postlog unix-dgram  n - n - 1 postlogd
virtual unix        - n n - - virtual
END
  postconf -c "$work/etc" -e "$asks_policyd"
  [ $# -eq 0 ] || postconf -c "$work/etc" -e "$@"
  postfix -c "$work/etc" start-fg >"$work/postfix.out" 2>&1 &
  await_daemon $! 25
}

# --- A client.

# send OPTION-OF-SWAKS...: one message from $client; what both said is then in $work/session.
client=192.0.2.77
send() {
  swaks --server 127.0.0.1 --helo mail.sender.test --to user@receiver.test \
    --xclient "ADDR=$client NAME=[UNAVAILABLE]" "$@" >"$work/session" 2>&1 || true
}
# reply_to COMMAND: what Postfix answered to each such command of that session.
reply_to() {
  awk -v command=" -> $1" 'index($0, command) == 1 { asked = 1; next }
    asked { sub(/^<(-|\*\*) */, ""); print; asked = 0 }' "$work/session"
}

# connect: opens a session from $client, for one command at a time.
connect() {
  exec 9<>/dev/tcp/127.0.0.1/25
  answer
  say "XCLIENT ADDR=$client NAME=[UNAVAILABLE]"
  say "EHLO mail.sender.test"
  same "reply to EHLO" 250 "${reply%% *}"
}
# say COMMAND: sends it; the last line of the reply is then in $reply.
say() {
  printf '%s\r\n' "$1" >&9
  answer
}
answer() {
  while IFS= read -r -t 60 -u 9 reply; do
    reply=${reply%$'\r'}
    [[ $reply =~ ^[0-9]{3}- ]] || return 0
  done
  fail "Postfix has closed the session"
}

# --- What has arrived.

# arrived NUMBER: waits for that number of messages in all; the latest is then $message.
arrived() {
  wait_until has_messages "$1"
  message=$(find "$inbox" -type f -printf '%T@ %p\n' | sort -n | tail -n 1)
  message=${message#* }
}
has_messages() { [ "$(find "$inbox" -type f | wc -l)" -ge "$1" ]; }

# header: the header fields of $message, without folding.
header() {
  awk '/^[ \t]/ { sub(/^[ \t]+/, " "); line = line $0; next }
    NR > 1 { print line } /^$/ { exit } { line = $0 }' "$message"
}
# trace: the names of the fields at the top of $message, down to that of Postfix itself.
trace() { header | grep -ao '^[A-Za-z-]*:' | sed '/^Received:/q' | tr '\n' ' '; }
# fields NAME: the fields of that name.
fields() { header | grep -ai "^$1:" || true; }

# show: the latest decision as logged, and what the client saw or the message has.
show() {
  echo "log:    $(decisions | tail -n 1)"
  [ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/        /'
}
