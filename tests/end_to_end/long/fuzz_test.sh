#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Damaged inputs without end: builds the libFuzzer programs (build-fuzz, clang++ with ASan and UBSan) and runs each from its corpus,
# 1,000,000 times for text, 100,000 for what is binary, and the unit tests under the same sanitizers. FUZZ_RUNS=N: N times each;
# FUZZ_TARGETS="table study": those alone; FUZZ_FOUND=FOLDER keeps what was found (failing inputs, logs, the grown corpus).
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"

found=${FUZZ_FOUND:-$work/found}
mkdir -p "$found"
cd "$root" || exit 1
if ! clang++ -fsanitize=fuzzer -x c++ - -o "$work/probe" <<<'extern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return 0; }' \
  2>"$work/err"; then
  echo "not ok the fuzzer's runtime is there: install clang and libclang-rt-14-dev"
  cat "$work/err"
  exit 1
fi
cache=()
if command -v ccache >/dev/null; then cache=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
cmake --preset fuzz -G Ninja "${cache[@]}" >"$work/out" 2>"$work/err"
cmake --build --preset fuzz --target fuzz nearshore_tests --parallel "${NEARSHORE_JOBS:-$(nproc)}" >"$work/out" 2>"$work/err"
status=$?
check "the targets are built" is $status 0

# Leaks are looked for once, at the end of each program; short stacks of allocations are twice as fast.
export NEARSHORE_ROOT=$root
export ASAN_OPTIONS=detect_leaks=1:malloc_context_size=2:quarantine_size_mb=8
export UBSAN_OPTIONS=print_stacktrace=1 LSAN_OPTIONS=suppressions=$root/tests/fuzz/leaks.supp:print_suppressions=0

fuzz() { # TARGET RUNS LONGEST
  local target=$1 runs=${FUZZ_RUNS:-$2} begun=$SECONDS
  mkdir -p "$found/$target"
  build-fuzz/fuzz_"$target" -runs="$runs" -max_len="$3" -timeout=60 -rss_limit_mb=4096 -malloc_limit_mb=2048 \
    -detect_leaks=0 -entropic=0 -print_funcs=0 -print_final_stats=1 \
    -dict=tests/fuzz/words.dict -artifact_prefix="$found/$target-" "$found/$target" tests/fuzz/corpus/"$target" \
    </dev/null >"$work/out" 2>"$found/$target.log"
  status=$?
  tail -n 30 "$found/$target.log" >"$work/err"
  printf '%s: %s executions, %d s\n' "$target" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$found/$target.log")" \
    $((SECONDS - begun))
  return "$status"
}

for target in ${FUZZ_TARGETS-configuration study table source import checkpoint records slice run_file}; do
  case $target in
    run_file) runs=100000 longest=250000 ;;
    checkpoint | records | slice) runs=100000 longest=40000 ;;
    *) runs=1000000 longest=2048 ;;
  esac
  check "$target" fuzz "$target" $runs $longest
done
if [[ -z ${FUZZ_TARGETS-} ]]; then
  build-fuzz/nearshore_tests '~[.]~[long]' >"$work/out" 2>"$work/err"
  status=$?
  check "the unit tests, with sanitizers" is $status 0
fi
exit $((failures > 0))
