#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `run --dry-run`: the plan, memory and file size against real runs, and runs that do not fit. Times are not checked here.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
prints() { [[ $status == 0 && ! -s $work/err ]] && grep -qE -- "$1" "$work/out"; }
none() { [[ -z $(find "$work" -name '*.h5*') ]]; }
predicted() { # LINE -> bytes
  awk -v line="$1" '$1 == line { v = $3 * ($4 ~ /^GB/ ? 1e9 : 1e6); printf "%d\n", v; exit }' "$work/out"
}
within_30_percent() { # PREDICTED, REAL
  echo "# predicted $1, real $2"
  [[ -n $1 && -n $2 ]] && (($1 * 100 > $2 * 70 && $1 * 100 < $2 * 130))
}
peak() { # ARGUMENTS -> bytes of the real run
  /usr/bin/python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$root/nearshore" "$@" --quiet
}

cd "$work" || exit 1
run --version # builds if need be
cat >short.toml <<T
title = "short"
extends = "$root/configs/history.toml"
[run]
end = "2024-05"
reference = "2024-01"
spin_up = 2
T

run run short.toml --firms 40000 --threads 1 -o one.h5 --dry-run
check "it prints the plan" prints '^runs +1 \(1 seed\), 1 at a time on 1 thread each$'
check "with the months" prints '^months +5 \(2024-01 to 2024-05\) after 2 of spin-up$'
check "and a time" prints '^time +about [0-9.]+ s$'
check "and writes nothing" none
memory=$(predicted memory) file=$(predicted file)
real=$(peak run short.toml --firms 40000 --threads 1 -o one.h5)
check "memory within 30 % of a real run, 40,000 firms" within_30_percent "$memory" "$real"
check "size of the file too" within_30_percent "$file" "$(stat -c %s one.h5)"
rm one.h5

run run short.toml --firms 8000 --seeds 1-9 --jobs 3 --threads 1 -o all.h5 --dry-run
check "an ensemble" prints '^runs +9 \(9 seeds\), 3 at a time on 1 thread each$'
memory=$(predicted memory) file=$(predicted file)
real=$(peak run short.toml --firms 8000 --seeds 1-9 --jobs 3 --threads 1 -o all.h5)
check "its memory" within_30_percent "$memory" "$real"
check "its file" within_30_percent "$file" "$(stat -c %s all.h5)"
rm all.h5
run run short.toml --seeds 1-3 --paired short.toml --no-output --dry-run
check "a pair of policies, without a file" prints '^runs +6 \(3 seeds, 2 policies\), '
check "has no line for the file" test "$(grep -c ^file out)" == 0
run run short.toml --threads 1 --set run.spin_up=0 --end 2024-01 --dry-run -o none.h5
check "no spin-up and a single month" prints '^months +1 \(2024-01 to 2024-01\) after 0 of spin-up$'
check "nothing was written" none

run run short.toml --firms 10 --dry-run
check "wrong input is status 2" test "$status" == 2
for dry in --dry-run ''; do
  ( ulimit -v 900000; "$root/nearshore" run short.toml --firms 2000000 $dry >out 2>err ); status=$?
  check "a run that cannot fit is refused beforehand${dry:+, with $dry}" test "$status" == 6
  check "with both figures" grep -qE '^run.firms: error: the run needs about [0-9.]+ GiB of memory for 2000000 firms, and this process may have 0.86 GiB; allowed: ' err
done
( ulimit -v 900000; "$root/nearshore" run short.toml --firms 400000 --seeds 1-9 --jobs 4 >out 2>err ); status=$?
check "an ensemble too" grep -qE '^run.firms: error: 4 runs at a time need about [0-9.]+ GiB of memory for 400000 firms each' err
check "and nothing was written" none
exit $((failures > 0))
