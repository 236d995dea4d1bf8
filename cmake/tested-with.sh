#!/usr/bin/env bash
# Says with which versions this machine builds and tests, as a row of the table in README.md.
#
#   tested-with.sh            the row
#   tested-with.sh --check    fails where README.md does not have it
#   tested-with.sh --update   puts it there
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# shellcheck source=/dev/null
system=$(. /etc/os-release 2>/dev/null && printf '%s %s' "$NAME" "${VERSION_ID-}") || system=
case $system in
  "Debian GNU/Linux "[0-9]*) system="Debian ${system##* }" ;;
  *) echo "tested-with.sh: SKIPPED: README.md lists releases of Debian only" && exit 0 ;;
esac

# Major and minor version that a command prints; a dash if it is not installed.
version() { { "$@" 2>/dev/null || true; } | grep -oE '[0-9]+(\.[0-9]+)+' | head -n 1 | cut -d. -f1,2 | grep . || echo -; }
# shellcheck disable=SC2016  # dpkg-query expands it
package() { version dpkg-query -W -f '${Version}' "$1"; }

row="| $system | $(version g++ --version) | $(version cmake --version) | $(package libldns-dev) | $(package libspdlog-dev) | $(package libgmime-3.0-dev) | $(package catch2) |"
case "${1-}" in
  "") printf '%s\n' "$row" ;;
  --check)
    grep -qxF "$row" README.md || {
      printf 'README.md does not have this row; run cmake/tested-with.sh --update here:\n%s\n' "$row" >&2
      exit 1
    } ;;
  --update)
    grep -q "^| $system |" README.md || { echo "tested-with.sh: README.md has no row for $system" >&2; exit 1; }
    sed -i "s/^| $system |.*/$row/" README.md ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | head -n -1 >&2; exit 64 ;;
esac
