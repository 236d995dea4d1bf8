#!/usr/bin/env bash
# Fails if the layout of a source that git tracks (or would track) differs from .clang-format, or if a comment
# is wider than 100 columns; with --fix, lays the sources out. Only a person can shorten a comment.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sources() { git ls-files -z --cached --others --exclude-standard -- '*.hpp' '*.cpp' '*.h' '*.c'; }

# A line beyond 100 columns without a comment holds a string, which clang-format must not break.
wide=$({ sources | xargs -0 -r env LC_ALL=C.UTF-8 grep -HnE '^.{101,}' -- /dev/null || true; } |
  grep -E '^[^:]+:[0-9]+: *//|[;,{}] +//' || true)
if [ -n "$wide" ]; then
  printf '%s\n' "$wide" "check-format.sh: keep these comments within 100 columns" >&2
  exit 1
fi

mode=(--dry-run -Werror)
[ "${1-}" != --fix ] || mode=(-i)
# Versions format differently; version 14 decides.
formatter=$(command -v clang-format-14 || command -v clang-format || true)
if [ -z "$formatter" ] || ! "$formatter" --version | grep -q 'version 14\.'; then
  echo "check-format.sh: SKIPPED: needs clang-format 14, here is ${formatter:-none}"
  exit 0
fi

sources | xargs -0 -r "$formatter" --style=file "${mode[@]}" || {
  echo "check-format.sh: run cmake/check-format.sh --fix" >&2
  exit 1
}
