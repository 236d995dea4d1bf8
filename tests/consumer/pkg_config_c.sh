#!/bin/sh
# pkg_config_c.sh FOLDER PROGRAM COMPILER [FLAG...]
# Compiles and links the program in FOLDER with one bare command line of a C compiler that pkg-config
# completes, then runs it.
set -eu
folder=$1 program=$2
shift 2
set -x
# shellcheck disable=SC2046 # the flags are meant to be split
"$@" -std=c99 -pedantic -Wall -Wextra -Werror "$folder"/main.c "$folder"/check_mail.c "$folder"/decide.c \
  "$folder"/step_by_step.c "$folder"/refuse_mistakes.c $("$PKG_CONFIG" --cflags --libs spf-c) -o "$program"
"$program"
