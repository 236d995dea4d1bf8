#!/bin/sh
# pkg_config.sh MODULE SOURCE PROGRAM COMPILER [FLAG...]
# Compiles and links SOURCE with one bare command line that pkg-config completes, then runs it.
set -eu
module=$1 source=$2 program=$3
shift 3
set -x
# shellcheck disable=SC2046 # the flags are meant to be split
"$@" -std=c++20 "$source" $("$PKG_CONFIG" --cflags --libs "$module") -o "$program"
"$program"
