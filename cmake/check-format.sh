#!/usr/bin/env bash
# Fails where a source that git tracks, or would, is not laid out as .clang-format says; with --fix, lays
# it out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=(--dry-run -Werror)
[ "${1-}" != --fix ] || mode=(-i)
# Versions differ in what they do; 14 is the one that decides.
formatter=$(command -v clang-format-14 || command -v clang-format || true)
if [ -z "$formatter" ] || ! "$formatter" --version | grep -q 'version 14\.'; then
  echo "check-format.sh: SKIPPED: needs clang-format 14, here is ${formatter:-none}"
  exit 0
fi

git ls-files -z --cached --others --exclude-standard -- '*.hpp' '*.cpp' '*.h' '*.c' | xargs -0 -r "$formatter" --style=file "${mode[@]}" || {
  echo "check-format.sh: run cmake/check-format.sh --fix" >&2
  exit 1
}
