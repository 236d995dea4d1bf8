#!/usr/bin/env bash
# Fuzzes for a given time, one target after the other, and keeps inputs that reached new code in
# fuzz/corpus/<target>/, smallest inputs first; every test run replays them from then on.
#
#   soak.sh [SECONDS [TARGET...]]   each TARGET (all of them) for SECONDS (600)
#   soak.sh --load [ROW...]         the load of spf-policyd, a table (tests/bench/README.md); needs root
#                                   and cmake/install-dependencies.sh --bench
#
# Exits with 1 if a target found something; the input is named, and the other targets still run.
set -eEuo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() { sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; }
seconds=${1-600}
case "$seconds" in
  -h | --help) usage; exit 0 ;;
  --load) ;;
  "" | 0* | *[!0-9]*) usage >&2; exit 64 ;;  # libFuzzer takes 0 for no end
esac
shift $(($# > 0 ? 1 : 0))

if [ "$seconds" = --load ]; then
  cmake --preset release -B build/load -DSPF_BUILD_BENCH=ON -DSPF_BUILD_TESTS=OFF -DSPF_BUILD_EXAMPLES=OFF >/dev/null
  cmake --build build/load --target spf-policyd policyd-load policyd-names policyd-dunno
  exec tests/bench/policyd.sh build/load/bin/spf-policyd build/load/tests/bench/policyd "$@"
fi

if ! command -v clang++ >/dev/null; then
  echo "cmake/soak.sh: fuzzing needs libFuzzer, which comes with clang, and there is no clang++ on the PATH." >&2
  echo "cmake/install-dependencies.sh installs it; every compiler replays what was found: ctest -L replay" >&2
  exit 69
fi

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
  for source in fuzz/*.cpp; do
    name=$(basename "$source" .cpp)
    [ "$name" = replay ] || targets+=("$name")
  done
fi
for target in "${targets[@]}"; do
  [ -f "fuzz/$target.cpp" ] || { echo "cmake/soak.sh: there is no fuzz/$target.cpp" >&2; exit 64; }
done

build=build/asan
cmake --preset asan >/dev/null
cmake --build "$build" --target "${targets[@]/#/fuzz_}"

found=()
for target in "${targets[@]}"; do
  fuzzer=$build/fuzz/fuzz_$target
  corpus=fuzz/corpus/$target
  work=$build/fuzz/soak/$target
  log=$work.log
  mkdir -p "$corpus" "$work"
  known=("$corpus")
  [ -d "fuzz/regressions/$target" ] && known+=("fuzz/regressions/$target")
  options=(-timeout=10 -rss_limit_mb=2048 "-artifact_prefix=$work.failed-")
  [ -f "fuzz/dictionaries/$target.dict" ] && options+=("-dict=fuzz/dictionaries/$target.dict")
  printf '%s: %s s ... ' "$target" "$seconds"
  if ! nice "$fuzzer" "${options[@]}" "-max_total_time=$seconds" "$work" "${known[@]}" >"$log" 2>&1; then
    found+=("$target: $(grep -o 'written to .*' "$log" | tail -1 || true), log in $log")
  fi
  before=$(find "$corpus" -type f | wc -l)
  nice "$fuzzer" -merge=1 -timeout=10 -rss_limit_mb=2048 "$corpus" "$work" >"$work.merge.log" 2>&1 ||
    found+=("$target: merging failed, see $work.merge.log")
  printf '%d inputs kept, %d of them new\n' "$(find "$corpus" -type f | wc -l)" \
    $(($(find "$corpus" -type f | wc -l) - before))
done

if [ ${#found[@]} -gt 0 ]; then
  printf '\ncmake/soak.sh: found something (fuzz/README.md says what to do):\n' >&2
  printf '  %s\n' "${found[@]}" >&2
  exit 1
fi
