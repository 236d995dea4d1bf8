#!/usr/bin/env bash
# Installs what building and testing need, from the distribution's own packages. Safe to repeat: if
# everything is installed, it does nothing and prints nothing.
#
#   install-dependencies.sh              everything: build and all tests
#   install-dependencies.sh --build      only what the library and the programs need
#   install-dependencies.sh --tests      build, and what the tests need with one compiler
#   install-dependencies.sh --debian     what cmake/in-debian.sh needs
#   install-dependencies.sh --coverage   everything, and gcovr for cmake/coverage.sh
#   install-dependencies.sh --bench      build, and what the benchmarks need, the rival included
#   install-dependencies.sh --manual     build, and what the manual needs
set -euo pipefail

build=(g++ cmake ninja-build pkg-config libldns-dev libspdlog-dev libcli11-dev nlohmann-json3-dev
  libidn2-dev libpsl-dev libgmime-3.0-dev libtomlplusplus-dev libmicrohttpd-dev gettext)
tests=(git catch2 libyaml-cpp-dev nsd unbound parallel iproute2 python3-jsonschema)
clang=(clang clang-format clang-tidy)
people=(zsh fish mandoc groff-base python3-distributed)  # completion, manuals, the cluster
mail=(postfix swaks opendmarc dbconfig-no-thanks)  # the last one: opendmarc without a database

case "${1-}" in
  "") packages=("${build[@]}" "${tests[@]}" "${clang[@]}" "${people[@]}" "${mail[@]}") ;;
  --build) packages=("${build[@]}") ;;
  --tests) packages=("${build[@]}" "${tests[@]}") ;;
  --debian) packages=(debootstrap) ;;
  --bench) packages=("${build[@]}" libbenchmark-dev libspf2-dev nsd dnsperf
    postfix postfix-policyd-spf-python) ;;
  --manual) packages=("${build[@]}" doxygen) ;;
  --coverage) packages=("${build[@]}" "${tests[@]}" gcovr) ;;
  *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 64 ;;
esac

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else
    echo "install-dependencies.sh: needs root, or sudo, to run: $*" >&2
    exit 1
  fi
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# On other systems, names the packages; succeeds if what they provide is installed.
other_system() {
  local missing=() tool
  for tool in c++ cmake ninja pkg-config msgfmt; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  if command -v pkg-config >/dev/null; then
    for tool in ldns spdlog libidn2 libpsl gmime-3.0 tomlplusplus libmicrohttpd; do
      pkg-config --exists "$tool" || missing+=("$tool")
    done
  fi
  [ ${#missing[@]} -gt 0 ] || return 0
  cat >&2 <<EOF
install-dependencies.sh: installs by itself on Debian and Ubuntu only. Missing here: ${missing[*]}
The packages are called (build; then tests):
  Fedora    gcc-c++ cmake ninja-build pkgconf ldns-devel spdlog-devel cli11-devel json-devel libidn2-devel libpsl-devel
            gmime30-devel tomlplusplus-devel libmicrohttpd-devel gettext; catch2-devel yaml-cpp-devel nsd parallel python3-jsonschema clang clang-tools-extra compiler-rt
  Arch      gcc cmake ninja pkgconf ldns spdlog cli11 nlohmann-json libidn2 libpsl gmime3
            tomlplusplus libmicrohttpd gettext;
            catch2 yaml-cpp nsd parallel python-jsonschema clang compiler-rt
  Alpine    g++ cmake samurai pkgconf ldns-dev spdlog-dev cli11-dev nlohmann-json libidn2-dev libpsl-dev gmime-dev
            tomlplusplus-dev libmicrohttpd-dev gettext musl-libintl;
            catch2 yaml-cpp-dev nsd parallel py3-jsonschema clang clang-extra-tools compiler-rt
  Homebrew  cmake ninja pkgconf ldns spdlog cli11 nlohmann-json libidn2 libpsl gmime
            tomlplusplus libmicrohttpd gettext;
            catch2 yaml-cpp nsd parallel llvm
EOF
  exit 1
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  other_system
  exit 0
fi

# Postfix would replace another mail server. The tests that need it say SKIPPED without it.
other_mta=$(dpkg-query -W -f='${db:Status-Status} ${Package} ${Provides}\n' |
  awk '$1 == "installed" && $2 != "postfix" && /mail-transport-agent/ { found = $2 } END { print found }')
missing=()
for package in "${packages[@]}"; do
  [[ -z $other_mta || $package != postfix* ]] || continue
  is_installed "$package" || missing+=("$package")
done
# clang's run-time libraries (sanitizers, libFuzzer) are in a separate package, named by version.
needs_clang_rt=false
if [[ " ${packages[*]} " == *" clang "* ]] && ! compgen -G '/usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a' >/dev/null; then
  needs_clang_rt=true
fi
if [ ${#missing[@]} -eq 0 ] && ! $needs_clang_rt; then
  exit 0
fi

as_root apt-get update -qq
if $needs_clang_rt; then
  version=$(apt-cache depends clang | sed -n 's/.*Depends: clang-\([0-9]\+\)$/\1/p' | head -n 1)
  if [ -n "$(apt-cache search --names-only "^libclang-rt-$version-dev\$")" ]; then
    missing+=("libclang-rt-$version-dev")
  fi
fi

# The tests start their own servers on loopback ports; the packaged services must remain off, now
# (policy-rc.d) and after a restart (disable).
policy=/usr/sbin/policy-rc.d
services=()
for package in nsd unbound postfix opendmarc; do
  [[ " ${missing[*]} " != *" $package "* ]] || services+=("$package")
done
keeps_services_off=false
if [ ${#services[@]} -gt 0 ] && [ ! -e "$policy" ]; then
  keeps_services_off=true
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  trap 'as_root rm -f "$policy"' EXIT
fi
echo "install-dependencies.sh: installing ${missing[*]}"
as_root env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends "${missing[@]}"
if $keeps_services_off && [ -d /run/systemd/system ]; then
  as_root systemctl disable "${services[@]}" >/dev/null 2>&1 || true
fi
