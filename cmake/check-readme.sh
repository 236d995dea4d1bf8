#!/usr/bin/env bash
# check-readme.sh PROGRAM_FOLDER
# Checks README.md; PROGRAM_FOLDER, where the programs are, goes on the PATH.
#   ```console   each line after "$ " is run in the project's folder, and must print (on either
#                stream) exactly the lines below it; a line "…" matches any lines
#   ```sh        is run as a whole and must exit 0
#   ```cpp       must occur, word for word, in the file that the comment above it names:
#                <!-- examples/minimal/main.cpp -->
# A block below <!-- not run: REASON --> is not checked.
# shellcheck disable=SC1003 # '\\' is one backslash here
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
PATH="$1:$PATH"
output=$(mktemp)
trap 'rm -f "$output"' EXIT
checked=0
failures=0
status=0

fail() {
  failures=$((failures + 1))
  printf 'README.md:%d: %s\n' "$number" "$1" >&2
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

number=0
language=""
note=""
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
  elif [ -n "$line" ]; then
    note=""
  fi
done <README.md

printf 'README.md: %d checked, %d wrong\n' "$checked" "$failures"
[ "$checked" -gt 0 ] && [ "$failures" -eq 0 ]
