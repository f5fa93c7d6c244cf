#!/usr/bin/env bash
# What the end-to-end scripts share; to be sourced. Sets root and work (a folder thrown away at the end), counts failures.
# shellcheck disable=SC2034 # used by who sources it
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0
status=0

check() { # WHAT, command that must succeed
  if "${@:2}"; then
    echo "ok $1"
  else
    echo "not ok $1"
    printf '    status %s\n' "$status"
    tail -n 40 "$work/out" "$work/err" 2>/dev/null | sed 's/^/    /'
    failures=$((failures + 1))
  fi
}
run() { "$root/nearshore" "$@" >"$work/out" 2>"$work/err"; status=$?; }
is() { [[ $1 == "$2" ]]; }
