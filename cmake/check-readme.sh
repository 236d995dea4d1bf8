#!/usr/bin/env bash
# check-readme.sh PROGRAM_FOLDER [FILE...]
# Checks README.md, or each FILE; PROGRAM_FOLDER, where the programs are, goes on the PATH.
#   ```console   each line after "$ " is run in the project's folder, and must print (on either
#                stream) exactly the lines below it; a line "…" matches any lines
#   ```sh        is run as a whole and must exit 0
#   ```cpp       must occur, word for word, in the file that the comment above it names:
#                <!-- examples/minimal/main.cpp -->
# A block below <!-- not run: REASON --> is not checked.
#   | I want to ... | command |   each `command` in the last cell of such a table must print something
#                and not be a usage error. Its questions are answered from examples/zones/example.zone,
#                its files are in examples/messages or made here.
#   | ... | ctest --preset release ... |   in any other table must select a test of PROGRAM_FOLDER/..;
#                while tests there are not built, or run in groups, it is not checked
# shellcheck disable=SC1003,SC2317 # '\\\\' is one backslash here; check_row calls its spfcheck
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
programs=$(cd "$1" && pwd) || exit
PATH="$programs:$PATH"
shift
[ $# -gt 0 ] || set -- README.md
files=("$@")
zone=$PWD/examples/zones/example.zone
output=$(mktemp)
folder=$(mktemp -d)  # where the commands of tables run
trap 'rm -rf "$output" "$folder"' EXIT
checked=0
failures=0
status=0

fail() {
  failures=$((failures + 1))
  printf '%s:%d: %s\n' "$file" "$number" "$1" >&2
}

# matches TEXT EXPECTED: line by line, "…" for any number of lines.
matches() {
  local pattern
  pattern=$(sed -e 's/[^[:alnum:][:space:]…]/\\&/g' -e 's/^…$/*/' <<<"$2")
  # shellcheck disable=SC2053 # a pattern on purpose
  [[ "$1" == $pattern ]]
}

check_console() {
  local block=$1 line command expected
  local -a lines
  mapfile -t lines <<<"$block"
  local i=0
  while [ $i -lt ${#lines[@]} ]; do
    line=${lines[$i]}
    i=$((i + 1))
    [[ "$line" == '$ '* ]] || { fail "expected a command, found: $line"; return; }
    command=${line#'$ '}
    while [[ "$command" == *'\' ]]; do
      command=${command%'\'}${lines[$i]#'> '}
      i=$((i + 1))
    done
    expected=()
    while [ $i -lt ${#lines[@]} ] && [[ "${lines[$i]}" != '$ '* ]]; do
      expected+=("${lines[$i]}")
      i=$((i + 1))
    done
    (exit $status)
    eval "$command" >"$output" 2>&1 </dev/null
    status=$?
    checked=$((checked + 1))
    if ! matches "$(cat "$output")" "$(printf '%s\n' "${expected[@]}")"; then
      fail "\"$command\" does not print what is shown, but (status $status):"
      sed 's/^/    /' "$output" >&2
    fi
  done
}

check_sh() {
  checked=$((checked + 1))
  bash -euo pipefail -c "$1" >"$output" 2>&1 </dev/null || {
    fail "these commands end with status $?:"
    printf '%s\n' "$1" | cat - "$output" | sed 's/^/    /' >&2
  }
}

check_cpp() {
  checked=$((checked + 1))
  [ -n "$2" ] || { fail "no comment names the file that this code is from"; return; }
  [ -f "$2" ] || { fail "there is no file $2"; return; }
  [[ "$(cat "$2")" == *"$1"* ]] || fail "this code is not, word for word, in $2"
}

# The last cell of a table's row, without the backticks.
last_cell() { sed -e 's/ *|$//' -e 's/.*| *//' -e 's/^`//' -e 's/`$//' <<<"$1"; }

# A command that a reader would type, answered from the zone of the examples.
check_row() {
  local command
  command=$(last_cell "$1")
  checked=$((checked + 1))
  (
    cd "$folder" || exit 99
    spfcheck() {
      case $1 in
        providers | verify | help | completion) command spfcheck "$@" ;;
        *) command spfcheck "$@" --zone "$zone" ;;
      esac
    }
    eval "$command"
  ) >"$output" 2>&1 </dev/null
  status=$?
  # 0 to 8 are answers (spfcheck(1)), 64 and above are errors.
  if [ "$status" -gt 8 ] || [ ! -s "$output" ]; then
    fail "\"$command\" ends with status $status:"
    sed 's/^/    /' "$output" >&2
  fi
}

# A promise names the tests that hold it to it.
check_promise() {
  local command
  command=$(last_cell "$1")
  [[ "$command" == "ctest --preset release "* ]] || return 0  # tests of another build are not known here
  checked=$((checked + 1))
  eval "ctest --test-dir \"$programs/..\" -N ${command#ctest --preset release }" >"$output" 2>&1
  # With sanitizers, a test of CTest is a group of test cases and has none of their names.
  grep -q '^Total Tests: [1-9]' "$output" ||
    ctest --test-dir "$programs/.." -N | grep -E 'NOT_BUILT|: unit/tests 1 to ' >"$output" ||
    fail "no test is selected by: $command"
}

check_file() {
  number=0
  language=""
  note=""
  table=""
  while IFS= read -r line; do
    number=$((number + 1))
    if [ -n "$language" ]; then
      if [ "$line" != '```' ]; then
        block+=$line$'\n'
        continue
      fi
      block=${block%$'\n'}
      case "$note" in
        "not run: "*) ;;
        *) case "$language" in
             console) check_console "$block" ;;
             sh) check_sh "$block" ;;
             cpp) check_cpp "$block" "$note" ;;
           esac ;;
      esac
      language="" note=""
    elif [[ "$line" =~ ^'<!-- '(.*)' -->'$ ]]; then
      note=${BASH_REMATCH[1]}
    elif [[ "$line" == '```'* ]]; then
      language=${line#'```'}
      language=${language:-text}
      block=""
    elif [[ "$line" == "| I want to "* ]]; then
      table=commands
    elif [[ "$line" == "| ---"* ]]; then
      table=${table:-other}
    elif [[ "$line" == "| "* ]]; then
      case $table in commands) check_row "$line" ;; other) check_promise "$line" ;; esac
    else
      table=""
      [ -z "$line" ] || note=""
    fi
  done <"$file"
}

cp examples/messages/*.eml "$folder" && printf 'example.com\ntwice.example\n' >"$folder/domains.txt" &&
  echo '192.0.2.10 alice@example.com' >"$folder/messages.txt" && cp examples/policyd/spf-policyd.toml "$folder" || exit
for file in "${files[@]}"; do check_file; done
printf '%s: %d checked, %d wrong\n' "${files[*]}" "$checked" "$failures"
[ "$checked" -gt 0 ] && [ "$failures" -eq 0 ]
