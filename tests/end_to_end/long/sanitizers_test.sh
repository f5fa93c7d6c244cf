#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# The unit tests under ThreadSanitizer (preset tsan), and under AddressSanitizer with UndefinedBehaviorSanitizer (preset
# asan-ubsan), and with the latter the commands, by the scripts that run them: no report. That ThreadSanitizer would see a race is shown by two that are planted: a hidden test whose threads
# add to one sum, and the market without its atomic books, in a copy of the sources.
# Environment: SANITIZERS         by default "thread address commands"
#              SANITIZERS_SCRIPTS  of tests/end_to_end, for the commands; by default all that need neither Python's module,
#                                  a limit on memory, nor a cluster
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

# The whole program takes the place of the launcher's build of the copy.
build_commands() {
  local options=(-DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O1 -DCMAKE_CXX_COMPILER=clang++
    -DCMAKE_C_COMPILER=clang "-DCMAKE_CXX_FLAGS=-fsanitize=address,undefined" -DNEARSHORE_PRECOMPILE=ON)
  NEARSHORE_CMAKE_OPTIONS="${options[*]}" ./nearshore --version >"$work/out" 2>"$work/err"
}
script() { # NAME
  local by=bash
  if [[ $1 == *.py ]]; then by=/usr/bin/python3; fi
  rm -f "$work"/report*
  ASAN_OPTIONS=detect_leaks=1:quarantine_size_mb=8:log_path="$work/report" UBSAN_OPTIONS=halt_on_error=1:log_path="$work/report" \
    LSAN_OPTIONS=suppressions=$copy/tests/fuzz/leaks.supp:print_suppressions=0 "$by" "tests/end_to_end/$1" >"$work/out" 2>"$work/err" &&
    ! compgen -G "$work/report*" >"$work/err"
}

for kind in ${SANITIZERS-thread address commands}; do
  if [[ $kind == address ]]; then
    check "builds with AddressSanitizer and UndefinedBehaviorSanitizer" build asan-ubsan
    check "nothing is found by them in the unit tests" clean asan-ubsan
    continue
  fi
  if [[ $kind == commands ]]; then
    check "the program builds with them" build_commands
    check "and they are in it" eval 'ASAN_OPTIONS=help=1 build/nearshore --version 2>&1 | grep -q "flags for AddressSanitizer"'
    for name in ${SANITIZERS_SCRIPTS-command_line_test.sh bad_input_test.py duty_test.sh scenarios_test.sh ensemble_test.sh validation_test.sh compare_test.sh
      plot_test.sh report_test.sh restart_test.sh sweep_test.sh experiment_test.sh calibrate_test.sh forecast_test.sh import_test.sh import_claims_test.sh balance_test.sh}; do
      check "nothing is found by them in the commands of $name" script "$name"
    done
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
