#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Ensembles: one file with the axis `seed`, the bits of the single runs, bands, and every wrong way to ask for one.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
refused() { # the whole message, from its start on
  [[ $status == 2 && ! -s $work/out && $(wc -l <"$work/err") == 1 && $(cat "$work/err") == "$1"* ]]
}
none() { [[ -z $(find "$work" -name '*.h5*') ]]; }
same_values() { # two files, whatever their number of jobs
  /usr/bin/python3 -c 'import sys, xarray
a, b = (xarray.open_dataset(f) for f in sys.argv[1:])
sys.exit(not a.identical(b))' "$1" "$2"
}
memory() { # KiB at the peak of a run with so many seeds
  /usr/bin/python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' \
    "$root/nearshore" run small.toml --end 2024-12 --jobs 2 --quiet -o memory.h5 --seeds "1-$1"
}
prints() { [[ $status == 0 ]] && grep -q -- "$1" "$work/out"; }

cd "$work" || exit 1
run --version # builds if need be
cat >small.toml <<T
title = "small"
extends = "$root/configs/history.toml"
[run]
firms = 1500
start = "2024-11"
end = "2025-04"
reference = "2024-12"
spin_up = 2
T

run run small.toml --seeds 5-1
check "a range that runs backwards" refused "--seeds: error: '5-1': the range 5-1 runs backwards; allowed: 1-5"
run run small.toml --seeds x
check "no list of seeds" refused "--seeds: error: 'x': 'x' is no seed and no range of seeds; allowed: "
run run small.toml --seeds 1,1
check "a seed twice" refused "--seeds: error: '1,1': the seed 1 is given twice; allowed: each seed once"
run run small.toml --seed 3 --seeds 1-2
check "--seed and --seeds" refused "run: error: --seed and --seeds are both given; allowed: "
for jobs in 0 -1 x 1.5; do
  run run small.toml --seeds 1-2 --jobs="$jobs"
  check "--jobs '$jobs'" refused "--jobs: error: '$jobs'; allowed: a whole number from 1 to "
done
run run small.toml --jobs 2
check "--jobs without --seeds" refused "run: error: --jobs is for ensembles, and --seeds is missing; allowed: "
run run small.toml --paired small.toml
check "--paired without --seeds" refused "run: error: --paired compares ensembles, and --seeds is missing; allowed: "
run run small.toml --seeds 4 --paired small.toml
check "--paired with one seed" refused "--seeds: error: --paired and a single seed; allowed: at least two seeds"
run run small.toml --seeds 1-2 --paired "$root/configs/history.toml"
check "--paired with another grid" refused "--paired $root/configs/history.toml: error: run.start is 2024-01, and 2024-11 in small.toml; allowed: "
run run small.toml --seeds 1-2 --paired none.toml
check "--paired with a missing file" refused "none.toml: error: cannot read: No such file or directory"
run run small.toml --seeds 1-2 --set run.frims=3
check "a misspelt key" refused "--set run.frims=3: error: unknown key 'frims'"
check "nothing was written" none
run run small.toml --seeds 1-2 -o none/e.h5
check "a folder that does not exist is status 3" test "$status" == 3

run run small.toml --seeds 101,3-5 --jobs 2 -o e.h5
check "an ensemble" prints 'written: e.h5'
check "its summary says what it is" prints '^4 seeds (101,3-5): median \[5th and 95th percentile\]$'
check "its progress counts runs and months" grep -q '^4 of 4 runs done, month 32 of 32, [0-9.]* months/s' err
cp out summary
run run small.toml --seed 4 -o s4.h5
check "xarray, ncdump and R open it, and a seed has the bits of its single run" \
  /usr/bin/python3 "$root/tests/end_to_end/ensemble_readers.py" e.h5 s4.h5 summary
run run small.toml --seeds 101,3-5 --jobs 4 --threads 2 --quiet -o e2.h5
check "quiet prints nothing" test "$status$(cat out err)" == 0
check "any number of jobs and threads gives the same" same_values e.h5 e2.h5
run run small.toml --seeds 7 --no-output
check "an ensemble of one, without a file" prints '^seed 7$'

for seed in 101 3 4 5; do run run small.toml --seed $seed --quiet -o s$seed.h5; done
run validate e.h5
cp out from_ensemble
check "validate shows the spread of an ensemble" prints '\[5th to 95th percentile\] of 4 runs'
run validate s101.h5 s3.h5 s4.h5 s5.h5
check "and the same for the four files" cmp -s out from_ensemble
run validate e.h5 s4.h5
check "a seed counts once" grep -qF "s4.h5: error: the same seed as e.h5: 4;" err
run run small.toml --seed 9 --quiet -o s9.h5
run validate e.h5 s9.h5
check "files of both kinds may be mixed" prints 'of 5 runs'

few=$(memory 4) many=$(memory 32)
status="memory of 4 seeds $few KiB, of 32 $many KiB"
check "memory does not grow with the number of seeds" test $((many * 4)) -lt $((few * 5))

printf 'extends = ["small.toml", "%s"]\ntitle = "none"\n' "$root/configs/scenarios/no_2025_tariffs.toml" >none.toml
cat >>none.toml <<T
[run]
firms = 1500
start = "2024-11"
end = "2025-04"
reference = "2024-12"
spin_up = 2
T
run run small.toml --seeds 3-5 --paired none.toml -o pair.h5
check "a pair of policies" prints '^Effect of "small" against "none", mean of 2024-11 to 2025-04, 3 seeds (3-5)$'
cp out effects
check "with both errors and their ratio" prints '^The paired error is at least 5 times smaller than the unpaired one for [0-9]* of 85 outcomes'
check "xarray opens both policies and the effects, and these agree" \
  /usr/bin/python3 "$root/tests/end_to_end/effect_readers.py" pair.h5 s4.h5 effects
run run small.toml --seeds 3-4 --paired small.toml --set measure.us_processing_fee.rate=0.1 --no-output
check "--set changes FILE only, and is told" prints '^Effect of "small, measure.us_processing_fee.rate=0.1" against "small"'
run validate pair.h5
check "validate refuses a file of two policies" refused "pair.h5: error: the file holds several policies: baseline, reform; allowed: "

( ulimit -f 200; trap '' XFSZ; "$root/nearshore" run small.toml --seeds 1-4 -o full.h5 >out 2>err ); status=$?
check "no room for the file: status 8" test "$status" == 8
check "one message, that names the run" test "$(grep -c '^full.h5: error: seed [1-4]: cannot write ' err)" == 1
check "and no half-written file" test ! -e full.h5 -a ! -e full.h5.partial
exit $((failures > 0))
