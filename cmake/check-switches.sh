#!/usr/bin/env bash
# Configures, builds and tests the project with each switch of cmake/options.cmake in its other
# position, and the core if no other library can be found.
#
#   check-switches.sh                    everything: some minutes for each
#   check-switches.sh --configure        only checks that each configures
#   check-switches.sh [--configure] NAME...    only these; the names are in the list below
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

absent() { printf -- '-DCMAKE_DISABLE_FIND_PACKAGE_%s=ON ' "$@"; }
declare -A switches=(
  [no_ldns]="-DSPF_WITH_LDNS=OFF $(absent ldns)"
  [no_cares]="-DSPF_WITH_CARES=OFF"
  [no_spdlog]="-DSPF_WITH_SPDLOG=OFF $(absent spdlog)"
  [no_gmime]="-DSPF_WITH_GMIME=OFF $(absent gmime-3.0)"
  [no_idn2]="-DSPF_WITH_IDN2=OFF $(absent libidn2)"
  [no_psl]="-DSPF_WITH_PSL=OFF $(absent libpsl)"
  [no_gettext]="-DSPF_WITH_GETTEXT=OFF $(absent Intl)"
  [no_policyd]="-DSPF_WITH_POLICYD=OFF $(absent tomlplusplus libmicrohttpd)"
  [no_programs]="-DSPF_BUILD_PROGRAMS=OFF $(absent CLI11 gmime-3.0 libidn2 libpsl Intl tomlplusplus libmicrohttpd)"
  [no_examples]="-DSPF_BUILD_EXAMPLES=OFF"
  [no_tests]="-DSPF_BUILD_TESTS=OFF $(absent Catch2 yaml-cpp)"
  [no_install]="-DSPF_INSTALL=OFF"
  [no_werror]="-DSPF_WERROR=OFF"
  [no_precompile]="-DSPF_PRECOMPILE=OFF"
  [unity]="-DSPF_UNITY=ON"
  [lto]="-DSPF_LTO=ON"
  [coverage]="-DSPF_COVERAGE=ON"
  [core_alone]="-DSPF_WITH_LDNS=OFF -DSPF_WITH_SPDLOG=OFF -DSPF_BUILD_PROGRAMS=OFF -DSPF_BUILD_EXAMPLES=OFF
    -DSPF_BUILD_TESTS=OFF $(absent ldns spdlog CLI11 nlohmann_json Catch2 yaml-cpp PkgConfig)"
)

only_configure=false
if [ "${1-}" = --configure ]; then only_configure=true && shift; fi
if [[ ${1-} == -* ]]; then sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | head -n -1 >&2 && exit 64; fi
if [ $# -eq 0 ]; then mapfile -t names < <(printf '%s\n' "${!switches[@]}" | sort); else names=("$@"); fi

work=${SPF_SWITCHES_DIR:-build/switches}
failed=()
for name in "${names[@]}"; do
  [ -n "${switches[$name]-}" ] || { echo "check-switches.sh: no switch is called $name" >&2; exit 64; }
  tree=$work/$name
  rm -rf "$tree"
  mkdir -p "$tree"
  read -r -d '' -a options <<<"${switches[$name]}" || true
  # Compiled quickly, and tested without the tests that build other projects.
  run() {
    cmake -S . -B "$tree" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 "${options[@]}" || return
    # The program exists without the examples, and the examples exist without the program.
    case $name in
      no_examples) ninja -C "$tree" -t query bin/spfcheck && ! ninja -C "$tree" -t query minimal || return ;;
      no_programs) ninja -C "$tree" -t query minimal && ! ninja -C "$tree" -t query spfcheck || return ;;
    esac
    ! $only_configure || return 0
    cmake --build "$tree" --parallel "$(nproc)" &&
      ctest --test-dir "$tree" --parallel "$(nproc)" --label-exclude 'consumer|build|switch' --output-on-failure
  }
  start=$SECONDS
  if run >"$tree.log" 2>&1; then
    printf 'ok      %-14s %4d s  %s\n' "$name" $((SECONDS - start)) "$(grep -o '[0-9]*% tests passed.*' "$tree.log" || true)"
  else
    printf 'FAILED  %-14s %4d s  see %s\n' "$name" $((SECONDS - start)) "$tree.log"
    failed+=("$tree")
  fi
done
if [ ${#failed[@]} -gt 0 ]; then tail -n 20 "${failed[@]/%/.log}" >&2; exit 1; fi
