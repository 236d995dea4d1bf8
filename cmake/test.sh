#!/usr/bin/env bash
# Installs, builds and runs every test there is; ends at the first step that fails.
#
#   test.sh           format, quickstart, release (g++), then clang with sanitizers and fuzzing
#   test.sh --quick   without the sanitizers and the fuzzing, and without the tests of the build itself
#   test.sh --other   what another compiler, Catch2 or library may change, with little optimisation: the
#                     libraries, the programs and the unit tests
set -eEuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

quick=false
other=false
case "${1-}" in
  "") ;;
  --quick) quick=true ;;
  --other) other=true ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac

jobs=$(nproc)
step=start
trap 'printf "\ncmake/test.sh: FAILED at: %s\n" "$step" >&2' ERR
begin() {
  step=$1
  printf '\n=== %s (after %d s)\n' "$step" "$SECONDS"
}
# build_and_test PRESET: builds everything in the preset, then runs all its tests.
build_and_test() {
  begin "$1: configure"
  cmake --preset "$1"
  begin "$1: build"
  cmake --build --preset "$1" --parallel "$jobs"
  begin "$1: test"
  local skip=()
  if $quick; then skip=(--label-exclude 'build|switch|consumer|e2e'); fi
  ctest --preset "$1" --parallel $((jobs + 1)) "${skip[@]}"  # many wait for name servers rather than compute
}

if $other; then
  begin "install dependencies"
  cmake/install-dependencies.sh --tests
  begin "other: build"
  cmake --preset release -D CMAKE_CXX_FLAGS_RELEASE="-O1 -DNDEBUG" -D SPF_UNITY=ON
  cmake --build --preset release --parallel "$jobs" --target spfcheck spf-policyd minimal epoll unit
  begin "other: test"
  ctest --preset release --parallel $((jobs + 1)) --label-regex '^(unit|readme)$'
  exit
fi

begin "install dependencies"
if $quick; then cmake/install-dependencies.sh --tests; else cmake/install-dependencies.sh; fi
begin "format"
cmake/check-format.sh
begin "quickstart, as the README says"
cmake/quickstart.sh
build_and_test release
$quick || build_and_test asan  # CTest's summary comes last
