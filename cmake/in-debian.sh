#!/usr/bin/env bash
# Runs a command of this project in another release of Debian: in a folder that debootstrap makes,
# with chroot, on a copy of the present sources. The build there is kept for the next time.
#
#   in-debian.sh SUITE COMMAND...     such as: in-debian.sh trixie cmake/test.sh --quick
#
# Needs root, or sudo, and the distribution's packages. Environment:
#   SPF_DEBIAN_ROOT    the folder (default: build/debian-SUITE), with the sources in spf/project
#   SPF_DEBIAN_MIRROR  where packages come from (default: http://deb.debian.org/debian)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [ $# -lt 2 ] || [[ $1 == -* ]]; then
  sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | head -n -1 >&2
  exit 64
fi
suite=$1
shift
root=${SPF_DEBIAN_ROOT:-$PWD/build/debian-$suite}
mirror=${SPF_DEBIAN_MIRROR:-http://deb.debian.org/debian}

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "in-debian.sh: needs root, or sudo" >&2; exit 1; }
  as_root=(sudo)
fi

if [ ! -e "$root/etc/debian_version" ]; then
  cmake/install-dependencies.sh --debian
  # The folder has another name until it is complete, so that an interrupted one is not taken for
  # it.
  "${as_root[@]}" rm -rf --one-file-system "$root.partial"
  mkdir -p "$(dirname "$root")"
  echo "in-debian.sh: making $root"
  "${as_root[@]}" debootstrap --variant=minbase --include=ca-certificates "$suite" "$root.partial" "$mirror" \
    >"$root.log" || { tail "$root.log" >&2; exit 1; }
  # No package that is installed there may start a service.
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$root.partial/usr/sbin/policy-rc.d" >/dev/null
  "${as_root[@]}" chmod 755 "$root.partial/usr/sbin/policy-rc.d"
  "${as_root[@]}" mv "$root.partial" "$root"
fi

# The files that git tracks, or would track, replace the previous ones. They keep their times, so
# that only changed files are built again.
project=$root/spf/project
"${as_root[@]}" mkdir -p "$project"
"${as_root[@]}" find "$project" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf --one-file-system {} +
git ls-files -z --cached --others --exclude-standard |
  tar --create --null --files-from=- --ignore-failed-read --warning=no-failed-read --file=- |
  "${as_root[@]}" tar --extract --no-same-owner --file=- --directory="$project"

# Only the command sees the mounts. They end with it, as do all processes that it leaves.
"${as_root[@]}" unshare --mount --pid --fork --kill-child bash -euc '
  root=$1 suites=$2
  shift 2
  # Chroot needs a root that is a mount, if another root is to be entered from it, as ip-netns does.
  mount --bind "$root" "$root"
  mount -t proc proc "$root/proc"
  mount -t sysfs sysfs "$root/sys"
  mount --rbind /dev "$root/dev"
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
  if [ -d "$suites" ]; then
    mkdir -p "$root/spf/shared/suites"  # where the build looks for them
    mount --bind -o ro "$suites" "$root/spf/shared/suites"
  fi
  exec chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM-dumb}" \
    bash -euc "cd /spf/project && exec \"\$@\"" bash "$@"
' bash "$root" "${SPF_SUITES_DIR-$PWD/../shared/suites}" "$@"
