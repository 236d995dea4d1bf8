#!/usr/bin/env bash
# Fails if a source that git tracks, or would track, is not formatted as .clang-format says; with
# --fix, formats it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=(--dry-run -Werror)
[ "${1-}" != --fix ] || mode=(-i)
# Versions format differently; version 14 decides.
formatter=$(command -v clang-format-14 || command -v clang-format || true)
if [ -z "$formatter" ] || ! "$formatter" --version | grep -q 'version 14\.'; then
  echo "check-format.sh: SKIPPED: needs clang-format 14, here is ${formatter:-none}"
  exit 0
fi

git ls-files -z --cached --others --exclude-standard -- '*.hpp' '*.cpp' '*.h' '*.c' | xargs -0 -r "$formatter" --style=file "${mode[@]}" || {
  echo "check-format.sh: run cmake/check-format.sh --fix" >&2
  exit 1
}
