#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# The unit tests under ThreadSanitizer (preset tsan), and under AddressSanitizer with UndefinedBehaviorSanitizer (preset
# asan-ubsan): no report. That ThreadSanitizer would see a race is shown by two that are planted: a hidden test whose threads
# add to one sum, and the market without its atomic books, in a copy of the sources.
# Environment: SANITIZERS         by default "thread address"
#              SANITIZERS_BUILDS  where the copy and the builds stay for the next time; by default a folder that is removed
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"

copy=${SANITIZERS_BUILDS:-$work/copy}
mkdir -p "$copy"
(cd "$root" && git -c safe.directory='*' ls-files -z | xargs -0 cp -u --parents --preserve=timestamps -t "$copy")
cd "$copy" || exit 1
cache=()
if command -v ccache >/dev/null; then cache=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
build() { # PRESET
  cmake --preset "$1" -G Ninja "${cache[@]}" >"$work/out" 2>"$work/err" &&
    cmake --build "build-$1" --target nearshore_tests --parallel "${NEARSHORE_JOBS:-$(nproc)}" >"$work/out" 2>"$work/err"
}
# The tests selected; a race ends them.
tests() { # PRESET, SELECTION
  NEARSHORE_ROOT=$copy TSAN_OPTIONS=halt_on_error=1 "build-$1/nearshore_tests" "$2" >"$work/out" 2>"$work/err"
}
race_in() { # SELECTION
  ! tests tsan "$1" && grep -q 'WARNING: ThreadSanitizer: data race' "$work/err"
}
clean() { # PRESET
  tests "$1" '~[.]~[long]' && ! grep -qE 'Sanitizer|runtime error' "$work/err"
}

for kind in ${SANITIZERS-thread address}; do
  if [[ $kind == address ]]; then
    check "builds with AddressSanitizer and UndefinedBehaviorSanitizer" build asan-ubsan
    check "nothing is found by them in the unit tests" clean asan-ubsan
    continue
  fi
  check "builds with ThreadSanitizer" build tsan
  check "a planted race is found: one sum for all threads" race_in '[planted_race]'
  check "no race in the unit tests" clean tsan
  perl -pi -e 's/shared\(w\.threads\(\) > 1\)/shared(w.threads() > 999)/' sim/markets.cpp
  check "the market without atomic books builds" build tsan
  check "a planted race is found: sellers' books" race_in 'any number of threads gives the same bits: 3*'
  cp "$root/sim/markets.cpp" sim/markets.cpp
done
exit $((failures > 0))
