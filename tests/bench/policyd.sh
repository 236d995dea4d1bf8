#!/usr/bin/env bash
# policyd.sh SPF-POLICYD DIRECTORY-OF-POLICYD-LOAD [ROW...]
#
# Measures spf-policyd under load and prints one table. Everything that a ratio compares runs alternately
# in this one run, and the best of $BENCH_ROUNDS (3) counts. Client, name server and policy server share
# the processors. ROW: cached, cold, memory, postfix, restarts; all if none is given.
# shellcheck source-path=SCRIPTDIR/../e2e disable=SC2034,SC2154,SC1091  # variables that support.sh reads or sets
needs="smtp-source policyd-spf"
. "$(dirname "$0")/../e2e/support.sh"
here=$(dirname "$0")/policyd
load=$2/policyd-load names=$2/policyd-names dunno=$2/policyd-dunno
shift 2
rounds=${BENCH_ROUNDS:-3}
requests=${BENCH_REQUESTS:-100000}

wanted() { # wanted ROW
  [ -n "$rows" ] || return 0
  [[ " $rows " == *" $1 "* ]]
}
rows=$*

row() { printf '%-62s%14s  %s\n' "$1" "${2-}" "${3-}"; }
of() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" <<<"$2"; }  # of KEY LINE
calculate() { awk "BEGIN { printf \"$1\", $2 }"; }      # calculate FORMAT EXPRESSION
highest() { printf '%s\n' "$@" | sort -g | tail -n 1; }
lowest() { printf '%s\n' "$@" | sort -g | sed -n 1p; }

# run PORT OPTION...: its line, which is also kept for the end.
run() {
  local line
  line=$("$load" "$@") || fail "policyd-load $*: $line"
  echo "policyd-load $*: $line" >>"$work/raw"
  echo "$line"
}

start_names() { # start_names MICROSECONDS
  "$names" 53 "$1" &
  names_pid=$!
}
stop() { # stop PROCESS
  kill "$1"
  wait "$1" 2>/dev/null || true
}
memory() { # memory FIELD-OF-STATUS PROCESS: in MiB
  awk -v field="$1:" '$1 == field { printf "%.1f", $2 / 1024 }' "/proc/$2/status"
}

python_port=10046
start_python() {
  cp /etc/postfix-policyd-spf-python/policyd-spf.conf "$work/policyd-spf.conf"
  "$here/inetd.py" $python_port policyd-spf "$work/policyd-spf.conf" 2>"$work/python.log" &
  python_pid=$!
  await_daemon $python_pid $python_port
}

# Answers that are in the cache: 50 connections; the Python daemon has one process for each, so one.
cached() {
  local line limits=() ours=() pythons=() first
  "$dunno" 10047 &
  local dunno_pid=$!
  await_daemon $dunno_pid 10047
  start_names 0
  start_policyd
  start_python
  first=$(run 10045 --requests 1000 --domains 1000)
  first=$(run $python_port --connections 1 --requests 200 --domains 1000)
  for ((round = 0; round < rounds; ++round)); do
    line=$(run 10047 --dunno --requests "$requests"); limits+=("$(of per_second "$line")")
    line=$(run 10045 --requests "$requests" --domains 1000 --first 1000); ours+=("$(of per_second "$line")")
    line=$(run $python_port --connections 1 --requests $((requests / 100)) --domains 1000)
    pythons+=("$(of per_second "$line")")
  done
  local limit our python
  limit=$(highest "${limits[@]}") our=$(highest "${ours[@]}") python=$(highest "${pythons[@]}")
  row "answers cached, 50 connections, requests/s"
  row "  a server that answers DUNNO (the limit)" "$limit"
  row "  spf-policyd" "$our"
  row "  policyd-spf-python, one process" "$python"
  row "  spf-policyd / limit" "$(calculate %.2f "$our / $limit")" ">= 0.60"
  row "  spf-policyd / policyd-spf-python" "$(calculate %.1f "$our / $python")" ">= 10"
  stop $dunno_pid
  stop "$names_pid"
  stop "$policyd_pid"
  stop "$python_pid"
}

# Names that were never asked for: the name server takes 5 ms for each answer.
cold() {
  local line ours=() late=() pythons=() first=0 fitting processes private
  start_names 5000
  start_policyd
  start_python
  line=$(run $python_port --connections 1 --requests 10)
  exec 8<>/dev/tcp/127.0.0.1/$python_port
  printf '%s\n' request=smtpd_access_policy protocol_state=RCPT protocol_name=ESMTP instance=1.2 \
    client_address=192.0.2.10 helo_name=mx.load.test sender=alice@d1.load.test recipient=user@receiver.test '' >&8
  read -r -t 10 -u 8 || fail "policyd-spf-python does not answer"
  private=$(private_of_child "$python_pid")
  exec 8>&-
  processes=$((4 * 1024 * 1024 / private))
  fitting=$processes
  processes=$((processes < 500 ? processes : 500))
  row "cold names, 5 ms name server" ""
  row "  private memory of a process of policyd-spf-python, MiB" "$(calculate %.1f "$private / 1024")"
  row "  such processes in 4 GiB" "$fitting"
  for ((round = 0; round < rounds; ++round)); do
    line=$(run 10045 --connections 500 --requests "$requests" --first $first)
    first=$((first + requests))
    ours+=("$(of per_second "$line")")
    late+=("$(of p99_ms "$line")")
    # The first request of a process includes its start.
    line=$(run $python_port --connections "$processes" --warm-up 2 --requests $((processes * 100)) --first $first)
    first=$((first + processes * 100))
    pythons+=("$(of per_second "$line")")
  done
  local our python
  our=$(highest "${ours[@]}") python=$(highest "${pythons[@]}")
  row "  spf-policyd, 500 connections, requests/s" "$our"
  row "  policyd-spf-python, $processes processes, requests/s" "$python"
  row "  spf-policyd / policyd-spf-python" "$(calculate %.1f "$our / $python")" ">= 20"
  row "  spf-policyd, 99th percentile, ms" "$(lowest "${late[@]}")" "<= 40 (DNS: 2 x 5 ms)"
  stop "$names_pid"
  stop "$policyd_pid"
  stop "$python_pid"
}
private_of_child() { # of the only child of a process, in KiB
  local child
  read -r child _ <"/proc/$1/task/$1/children"
  awk '/^Private_/ { sum += $2 } END { print sum }' "/proc/$child/smaps_rollup"
}

# The memory of a daemon that keeps 100,000 answers, three for each domain; and of one with the default
# size of the cache that has met three times as many names.
memory_row() {
  start_names 0
  row "memory, 500 connections"
  memory_with 33400 'cache_mebibytes = 256'
  row "  $entries names in the cache, MiB" "$most" "<= 64"
  memory_with 100000
  row "  default size of the cache, $entries names, MiB" "$most"
  stop "$names_pid"
}
memory_with() { # memory_with DOMAINS [LIMIT...]
  local line
  start_policyd '[metrics]' 'listen = "127.0.0.1:10048"' '[limits]' "${@:2}"
  line=$(run 10045 --connections 500 --requests "$1")
  most=$(memory VmHWM "$policyd_pid")
  entries=$(metric cache_entries)
  stop "$policyd_pid"
}
metric() { # metric NAME
  exec 3<>/dev/tcp/127.0.0.1/10048
  printf 'GET /metrics HTTP/1.0\r\n\r\n' >&3
  awk -v name="spf_policyd_$1" '$1 == name { print $2 }' <&3
  exec 3>&-
}

# One Postfix at three ports: without a policy server, with spf-policyd, and with the server that does
# nothing, whose difference is what Postfix itself takes for asking.
postfix_row() {
  local port messages=2000 dunno_pid
  "$dunno" 10047 &
  dunno_pid=$!
  start_names 0
  start_policyd '[skip]' 'networks = []'
  start_postfix 'smtpd_recipient_restrictions = reject_unauth_destination'
  for port in 10045 10047; do
    postconf -c "$work/etc" -M "$((port + 100))/inet=$((port + 100)) inet n - n - - smtpd"
    postconf -c "$work/etc" -P "$((port + 100))/inet/smtpd_recipient_restrictions=\
reject_unauth_destination,check_policy_service,inet:127.0.0.1:$port"
  done
  postfix -c "$work/etc" reload
  await_daemon $$ 10145
  await_daemon $$ 10147
  local plain=() ours=() asked=() without with asking
  for ((round = 0; round < 3 * rounds; ++round)); do
    seconds_of 25 $messages; plain+=("$seconds")
    seconds_of 10145 $messages; ours+=("$seconds")
    seconds_of 10147 $messages; asked+=("$seconds")
  done
  echo "postfix, s: without ${plain[*]}; spf-policyd ${ours[*]}; DUNNO ${asked[*]}" >>"$work/raw"
  without=$(lowest "${plain[@]}") with=$(lowest "${ours[@]}") asking=$(lowest "${asked[@]}")
  row "Postfix, $messages messages from smtp-source, s"
  row "  without policy server" "$without"
  row "  with a server that answers DUNNO" "$asking"
  row "  with spf-policyd" "$with"
  row "  spf-policyd longer than without, %" "$(calculate %.1f "100 * ($with / $without - 1)")" "<= 3"
  row "  spf-policyd longer than DUNNO, %" "$(calculate %.1f "100 * ($with / $asking - 1)")"
  stop "$names_pid"
  stop "$policyd_pid"
  stop $dunno_pid
}
# seconds_of PORT MESSAGES: the time is then in $seconds.
seconds_of() {
  local begin=$EPOCHREALTIME
  smtp-source -s 20 -m "$2" -f alice@local.load.test -t user@receiver.test "127.0.0.1:$1" >"$work/session" 2>&1 ||
    fail "smtp-source failed"
  seconds=$(calculate %.3f "$EPOCHREALTIME - $begin")
  wait_until is_drained
}
is_drained() { ! find "$work"/queue/{incoming,active,maildrop,deferred} -type f | grep -q .; }

# Restarts, kills, reloads and clients that disappear, as fast as the load takes.
restarts() {
  start_names 1000
  configure
  "$here/activate.py" 10045 "$work/policyd.pid" "$policyd" --config "$work/policyd.toml" 2>"$work/policyd.log" &
  local keeper=$! line times=0
  await_daemon $keeper 10045
  "$load" 10045 --connections 100 --requests 100000 --domains 20000 --kill-every 50 >"$work/restarts" &
  local loader=$! signals=(HUP TERM HUP KILL)
  while kill -0 $loader 2>/dev/null; do
    kill "-${signals[times % 4]}" "$(cat "$work/policyd.pid")" 2>/dev/null || true
    times=$((times + 1))
    sleep 0.2
  done
  wait $loader || fail "answers were wrong or lost: $(cat "$work/restarts")"
  line=$(cat "$work/restarts")
  echo "restarts: $line" >>"$work/raw"
  row "100,000 requests, $times signals (reload, stop, kill), clients killed" "$(of killed "$line")"
  row "  requests repeated" "$(of repeated "$line")"
  row "  wrong answers" "$(of wrong "$line")" "0"
  row "  lost answers" "$(of lost "$line")" "0"
  stop $keeper
  stop "$names_pid"
}

row "$(nproc) processors, $("$policyd" --version 2>/dev/null | head -n 1)" "found" "reach"
! wanted cached || cached
! wanted cold || cold
! wanted memory || memory_row
! wanted postfix || postfix_row
! wanted restarts || restarts
echo
cat "$work/raw"
