#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Seeded faults (mutations.txt): each is put into a copy of the sources, which is built and tested; some unit test must fail. MUTATIONS=REGEX: only
# those whose description matches.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"

copy=$work/copy
mkdir "$copy"
(cd "$root" && git -c safe.directory='*' ls-files -z | xargs -0 cp --parents -t "$copy")
cd "$copy" || exit 1
cache=()
if command -v ccache >/dev/null; then cache=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release "${cache[@]}" >"$work/out" 2>"$work/err"
build() { cmake --build build --target nearshore_tests --parallel "${NEARSHORE_JOBS:-$(nproc)}" >"$work/out" 2>"$work/err"; }
# The first test that fails, or nothing.
fails() {
  NEARSHORE_ROOT=$copy timeout 900 build/nearshore_tests --abort '~[long]' >"$work/out" 2>"$work/err" && return 1
  sed -n '/^----/{n;p;q}' "$work/out"
}
build
check "the copy builds" test -x build/nearshore_tests
passes() { ! fails >/dev/null; }
check "and passes as it is" passes

while IFS='|' read -r what file substitution; do
  [[ $what == \#* || -z $file ]] && continue
  what=${what% } file=${file// /}
  [[ $what =~ ${MUTATIONS-.} ]] || continue
  cp "$file" "$work/original"
  perl -0pi -e "$substitution" "$file"
  if cmp -s "$file" "$work/original"; then
    check "$what: still fits the source" false
    continue
  fi
  if build; then
    if caught=$(fails); then
      check "$what: caught by '$caught'" true
    else
      check "$what: caught" false
    fi
  else
    check "$what: builds" false
  fi
  cp "$work/original" "$file"
done <"$root/tests/end_to_end/long/mutations.txt"
exit $((failures > 0))
