#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Seeded faults (mutations.txt): each is put into a copy of the sources, which is built and tested; some unit test must
# fail. The tests that concern it are tried first, all others (but the long ones) where those let it pass.
# Environment: MUTATIONS        only those whose description matches this regular expression
#              MUTATIONS_COPY   where the copy and its build stay for the next time; by default a folder that is removed
#              MUTATIONS_PASSED  any text: it is known that the copy passes as it is, and not tried
#              MUTATIONS_TABLE  a file to which the table "fault | file | first test that fails" is appended
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"

copy=${MUTATIONS_COPY:-$work/copy}
mkdir -p "$copy"
# Dates are kept, so that a build that stayed there is still good.
(cd "$root" && git -c safe.directory='*' ls-files -z | xargs -0 cp -u --parents --preserve=timestamps -t "$copy")
cd "$copy" || exit 1
cache=()
if command -v ccache >/dev/null; then cache=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release "${cache[@]}" >"$work/out" 2>"$work/err"
build() { cmake --build build --target nearshore_tests --parallel "${NEARSHORE_JOBS:-$(nproc)}" >"$work/out" 2>"$work/err"; }
# The first test of those selected that fails; status 1 if none does. Time is the processor's, so that a busy machine makes
# no test fail.
fails() { # SELECTION
  (ulimit -t 1800 && NEARSHORE_ROOT=$copy exec build/nearshore_tests --abort "$1") >"$work/out" 2>"$work/err" && return 1
  # Without a report it crashed or ran out of time.
  awk '/^----/ { if (++rules == 2) exit; next } rules == 1 { name = name (name ? " " : "") $0 } END { gsub(/ +/, " ", name); print name ? name : "none: it ended without a report" }' "$work/out"
}
build
check "the copy builds" test -x build/nearshore_tests
others='~[.]~[long]~[speed]' # a fault that only slows is none
passes() { ! fails "$others" >/dev/null; }
if [[ -z ${MUTATIONS_PASSED-} ]]; then check "and passes as it is" passes; fi

while IFS='|' read -r what file first substitution; do
  [[ $what == \#* || -z $file ]] && continue
  what=${what% } file=${file// /} first=${first# }
  first=${first% }
  [[ $what =~ ${MUTATIONS-.} ]] || continue
  cp -p "$file" "$work/original"
  perl -0pi -e "$substitution" "$file"
  if cmp -s "$file" "$work/original"; then
    check "$what: still fits the source" false
    continue
  fi
  caught=nothing
  if build; then
    if caught=$(fails "${first//,/$others,}$others" || fails "$others"); then
      check "$what: caught by '$caught'" true
    else
      check "$what: caught" false
    fi
  else
    check "$what: builds" false
  fi
  # shellcheck disable=SC2016 # backquotes of Markdown
  if [[ -n ${MUTATIONS_TABLE-} ]]; then printf '| %s | `%s` | %s |\n' "$what" "$file" "$caught" >>"$MUTATIONS_TABLE"; fi
  cp "$work/original" "$file"
done <"$copy/tests/end_to_end/long/mutations.txt"
exit $((failures > 0))
