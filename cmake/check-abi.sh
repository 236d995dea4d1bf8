#!/usr/bin/env bash
# What a program that is linked against the shared libraries of the last tag would notice in those of this tree.
#
#   check-abi.sh [TAG]    needs abidiff: apt-get install abigail-tools
#
# Exit status: 0 nothing or additions alone, 1 something is incompatible.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

tag=${1-$(git describe --tags --abbrev=0 2>/dev/null || true)}
if [ -z "$tag" ]; then
  echo "check-abi.sh: there is no tag to compare with"
  exit 0
fi
command -v abidiff >/dev/null || { echo "check-abi.sh: there is no abidiff; apt-get install abigail-tools" >&2; exit 1; }

work=build/abi
# libraries SOURCE BUILD
libraries() {
  cmake -S "$1" -B "$2" -G Ninja -DBUILD_SHARED_LIBS=ON -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG='-g -Og' \
    -DSPF_BUILD_TESTS=OFF -DSPF_BUILD_PROGRAMS=OFF -DSPF_BUILD_EXAMPLES=OFF -DSPF_INSTALL=OFF >/dev/null
  cmake --build "$2" --parallel "$(nproc)" >/dev/null
}
mkdir -p "$work/$tag"
git archive "$tag" | tar -x -C "$work/$tag"
libraries "$work/$tag" "$work/$tag-build"
libraries . "$work/this"

changed=0
for old in "$work/$tag-build"/lib/libspf*.so; do
  name=$(basename "$old")
  echo "== $name, from $tag"
  abidiff --headers-dir1 "$work/$tag/include" --headers-dir2 include --drop-private-types \
    "$old" "$work/this/lib/$name" || [ $(($? & 8)) -eq 0 ] || changed=1
done
exit "$changed"
