#!/usr/bin/env bash
# Runs every test with counters and prints which share of the lines of lib/ and include/ they reach.
#
#   coverage.sh            the table
#   coverage.sh --html     also build/coverage/html/index.html, line by line
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake/install-dependencies.sh --coverage
cmake --preset coverage
cmake --build --preset coverage --parallel "$(nproc)"
find build/coverage -name '*.gcda' -delete
ctest --preset coverage --parallel "$(nproc)"

options=(--root . --filter 'lib/' --filter 'include/' --exclude-throw-branches
  --exclude-unreachable-branches --print-summary)
if [ "${1-}" = --html ]; then
  mkdir -p build/coverage/html
  options+=(--html-details build/coverage/html/index.html)
fi
gcovr "${options[@]}" build/coverage
