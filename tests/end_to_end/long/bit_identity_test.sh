#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# The same bits from g++ and clang++, on every level of x86-64 that the machine has, with any number of threads: a history
# of 3,000 firms, all datasets and attributes outside /run. The reference is the program as the launcher builds it, whose
# kernels choose by processor; the others have each kernel once, for their level. Builds the program eight times (ccache
# shortens that).
# Environment: NEARSHORE_BIT_BUILDS     where the builds go and stay, for the next time; by default a folder that is removed
#              NEARSHORE_BIT_COMPILERS  by default "g++ clang++"
#              NEARSHORE_BIT_LEVELS     by default "x86-64 x86-64-v2 x86-64-v3 x86-64-v4"
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
builds=${NEARSHORE_BIT_BUILDS:-$work}
failures=0
ok() { echo "ok $1"; }
not_ok() { # WHAT, file with the reason
  echo "not ok $1"
  tail -n 15 "$2" | sed 's/^/    /'
  failures=$((failures + 1))
}

# The dynamic linker knows which levels the processor has.
machine_has() { # LEVEL
  [[ $1 == x86-64 ]] && return 0
  local linker=/lib64/ld-linux-x86-64.so.2
  [[ -x $linker ]] && "$linker" --help 2>/dev/null | grep -q "^  $1 (supported"
}

build() { # COMPILER, LEVEL -> $program
  local folder=$builds/build-$1-$2 options=(-DCMAKE_BUILD_TYPE=Release "-DCMAKE_CXX_COMPILER=$1")
  options+=("-DCMAKE_CXX_FLAGS=-march=$2 -DNEARSHORE_PLAIN_KERNELS")
  if [[ $1 == clang* ]]; then options+=(-DCMAKE_C_COMPILER="${1/++/}"); fi
  if command -v ninja >/dev/null; then options+=(-G Ninja); fi
  if command -v ccache >/dev/null; then options+=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  program=$folder/nearshore
  cmake -S "$root" -B "$folder" "${options[@]}" >"$work/log" 2>&1 &&
    cmake --build "$folder" --target nearshore_program --parallel "${NEARSHORE_JOBS:-$(nproc)}" >"$work/log" 2>&1
}

history() { # THREADS, FILE
  NEARSHORE_ROOT=$root "$program" run "$root/configs/history.toml" --firms 3000 --threads "$1" --quiet -o "$2" >"$work/log" 2>&1
}

reference=$work/reference.h5
program=$root/build/nearshore
"$root/nearshore" --version >"$work/log" 2>&1 # builds it where it is missing or old
if history 1 "$reference"; then
  ok "the reference: as the launcher builds it, 1 thread"
else
  not_ok "the reference: as the launcher builds it, 1 thread" "$work/log"
  exit 1
fi

read -r -a compilers <<<"${NEARSHORE_BIT_COMPILERS:-g++ clang++}"
read -r -a levels <<<"${NEARSHORE_BIT_LEVELS:-x86-64 x86-64-v2 x86-64-v3 x86-64-v4}"
for compiler in "${compilers[@]}"; do
  if ! command -v "$compiler" >/dev/null; then
    echo "# $compiler: skipped, not installed"
    continue
  fi
  for level in "${levels[@]}"; do
    if ! machine_has "$level"; then
      echo "# $compiler, $level: skipped, this processor does not have it"
      continue
    fi
    what="$compiler $("$compiler" -dumpversion), $level"
    if ! build "$compiler" "$level"; then
      not_ok "$what: builds" "$work/log"
      continue
    fi
    for threads in 1 2 3 8 16; do
      file=$work/$compiler-$level-$threads.h5
      if ! history "$threads" "$file"; then
        not_ok "$what, $threads threads: runs" "$work/log"
      elif NEARSHORE_ROOT=$root "$root/build/nearshore" compare --exact "$reference" "$file" >"$work/log" 2>&1; then
        ok "$what, $threads threads: the same bits"
      else
        not_ok "$what, $threads threads: the same bits" "$work/log"
      fi
      rm -f "$file"
    done
  done
done

# The comparison itself can fail: another seed is another history, and so is one number changed.
NEARSHORE_ROOT=$root "$root/build/nearshore" run "$root/configs/history.toml" --firms 3000 --seed 2 --quiet -o "$work/other.h5" >"$work/log" 2>&1
if NEARSHORE_ROOT=$root "$root/build/nearshore" compare --exact "$reference" "$work/other.h5" >"$work/log" 2>&1; then
  not_ok "another seed is told apart" "$work/log"
else
  ok "another seed is told apart"
fi
cp "$reference" "$work/other.h5"
/usr/bin/python3 -c 'import h5py, sys, numpy
with h5py.File(sys.argv[1], "r+") as f:
  x = f["gross_output"]
  x[0, 0, 0] = numpy.nextafter(x[0, 0, 0], numpy.float32(numpy.inf))' "$work/other.h5"
if NEARSHORE_ROOT=$root "$root/build/nearshore" compare --exact "$reference" "$work/other.h5" >"$work/log" 2>&1; then
  not_ok "one last digit is told apart" "$work/log"
else
  ok "one last digit is told apart"
fi
exit $((failures > 0))
