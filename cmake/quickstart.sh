#!/usr/bin/env bash
# From a fresh clone to a first answer: installs what the build needs, builds, checks one mail.
# Run it from anywhere; needs no network but the distribution's packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake/install-dependencies.sh --build
# A configured tree keeps its options (cmake/test.sh builds the tests into the same tree).
[ -f build/release/CMakeCache.txt ] || cmake --preset release -DSPF_BUILD_TESTS=OFF
cmake --build --preset release --target spfcheck --parallel "$(nproc)"

spfcheck=build/release/bin/spfcheck
command=(check --zone examples/zones/example.zone --ip 192.0.2.10 --sender alice@example.com)
printf '\n$ %s %s\n' "$spfcheck" "${command[*]}"
"$spfcheck" "${command[@]}"

cat <<EOF

It works. What to try next:
  $spfcheck check --ip 192.0.2.10 --sender you@YOUR-DOMAIN --trace   # asks your DNS
  $spfcheck lint --record 'v=spf1 ip4:192.0.2.0/33 -all'             # says what is wrong, and where
  $spfcheck --help
  cmake/test.sh                                                      # builds and runs every test
  cmake --build build/release && cmake --install build/release --prefix ~/.local
EOF
