#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Sweeps on one machine: the plan, wrong input, a sweep that is killed and goes on, parts, failures, one merged file.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
refused() { # the whole message, from its start on
  [[ $status == 2 && ! -s $work/out && $(wc -l <"$work/err") == 1 && $(cat "$work/err") == "$1"* ]]
}
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }
same() { /usr/bin/python3 "$root/tests/end_to_end/same_trajectory.py" "$@" >"$work/out" 2>"$work/err"; }
done_runs() { "$root/nearshore" sweep status "$1" 2>/dev/null | awk '$1 == "done" { print $2 }'; }
wait_for_runs() { # FOLDER, N, process
  for _ in {1..400}; do
    [[ $(done_runs "$1") -ge $2 ]] && return 0
    kill -0 "$3" 2>/dev/null || return 1
    sleep 0.05
  done
  return 1
}

cd "$work" || exit 1
run --version # builds if need be
cat >small.toml <<T
title = "small"
seeds = "1-2"
firms = 1000
set = ["run.start=2024-12", "run.end=2025-03", "run.reference=2024-12", "run.spin_up=1"]

[[parameter]]
key = "documentation_median"
scale = "log"
low = 0.001
high = 0.02
count = 2

[[policy]]
name = "history"

[[policy]]
name = "no_tariffs"
file = "configs/scenarios/no_2025_tariffs.toml"

[keep]
what = "variables"
variables = ["claim_share"]

[[outcome]]
name = "claims"
says = "claimed in March 2025"
variable = "claim_share"
select = { exporter = "MX", importer = "US" }
months = "2025-03"
scale = 100
unit = "%"
T
changed() { # SED EXPRESSION: the file, changed
  sed "$1" small.toml >wrong.toml
  run sweep wrong.toml --dry-run
}

changed 's/documentation_median/documentation_medain/'
check "a misspelt parameter" refused "wrong.toml:7:7: error: no number 'documentation_medain' can be set; allowed: "
changed 's/^count = 2/cuont = 2/'
check "a misspelt key" refused "wrong.toml:6:1: error: the values of the range are not said"
changed 's/high = 0.02/high = 0.2/'
check "a value out of range" refused "wrong.toml:10:8: error: parameter.0.high = 0.2; allowed: a number from 0.0001 to 0.1"
changed 's/exporter = "MX"/exporter = "XM"/'
check "an outcome's label" refused "wrong.toml:24:1: error: no 'XM' on axis exporter of claim_share"
changed 's/months = "2025-03"/months = "2026-03"/'
check "an outcome's month that no run has" refused "wrong.toml:24:1: error: 'claimed in March 2025' looks at 2026-03 to 2026-03, and the runs have 2024-12 to 2025-03"
changed 's/name = "claims"/name = "claim_share"/'
check "a name that is taken" refused "wrong.toml:25:8: error: the name 'claim_share' is taken"
changed 's/"claim_share"\]/"claim_shares"]/'
check "a variable that does not exist" refused "wrong.toml:22:14: error: "
changed '/^count/a method = "sobol"'
check "a method in the wrong place" refused "wrong.toml:12:1: error: unknown key 'method'"
run sweep "$root/configs/history.toml" --dry-run
check "a scenario" refused "$root/configs/history.toml: error: this is a scenario, not a sweep; allowed: a file with [[parameter]], e.g. configs/sweeps/paperwork.toml"
run sweep statsu
check "a misspelt command" refused "sweep: error: no file and no command 'statsu'; allowed: FILE.toml, or status, retry, merge, sensitivity; did you mean 'status'?"
run sweep small.toml --shard 3/2
check "a part that does not exist" refused "--shard: error: '3/2'; allowed: i/n, with i from 1 to n: 3/24"
run sweep small.toml --on-failure ignore
check "no failure policy" refused "--on-failure: error: 'ignore' is no failure policy; allowed: "
run sweep status small.toml
check "status of a sweep that was not begun" refused "sweeps/small: error: no sweep was begun here"
run sweep small.toml --print
check "--print without --slurm" refused "sweep: error: options for Slurm, and --slurm is missing"

cp small.toml 'a "b%c.toml'
run sweep 'a "b%c.toml' --slurm --print
check "names in the scripts are quoted" grep -qxF "#SBATCH --output=\"$PWD/sweeps/a \\\"b%%c/slurm/%A_%a.log\"" out
cp small.toml $'a\n#SBATCH --x.toml'
run sweep $'a\n#SBATCH --x.toml' -o good --slurm --print
check "a line end in a name makes no line of a script" test "$status$(grep -c '^#SBATCH --x' out)" == 00
run sweep $'a\n#SBATCH --x.toml' --slurm --print
check "and none in the folder's" refused "$PWD/sweeps/a\\n#SBATCH --x: error: a control character in the folder's name"
rm a*.toml

run sweep small.toml --dry-run
check "the plan counts the runs" prints '^runs +8: 0 done, 0 failed, 8 to make$'
check "and predicts time, memory and disk" test "$(grep -cE '^(time|memory|disk) +about ' out)" == 3
run sweep small.toml --slurm --array-size 3 --partition short --time 10 --account me --print
check "the scripts for Slurm" test "$(grep -cxE '#SBATCH --(array=1-3|partition=short|time=10|account=me|requeue)' out)" -ge 6
# shellcheck disable=SC2016 # as it stands in the script
check "which call the program with a part" grep -q 'sweep .*/sweeps/small --shard "$SLURM_ARRAY_TASK_ID/3" --jobs 1 --quiet$' out
check "nothing was written" test ! -e sweeps

# Killed half-way, twice: once between writes, once with a record half-written.
"$root/nearshore" sweep small.toml --jobs 1 --quiet >out 2>err &
pid=$!
wait_for_runs sweeps/small 2 $pid
kill -9 $pid
wait $pid 2>/dev/null
before=$(done_runs sweeps/small)
check "a killed sweep has some runs" test "$before" -ge 2 -a "$before" -lt 8
truncate -s -7 sweeps/small/slices/00001-of-00001.runs
check "a half-written run does not count" test "$(done_runs sweeps/small)" -ge $((before - 1))
before=$(done_runs sweeps/small)
run sweep small.toml --jobs 2
check "it goes on where it stopped" grep -q "^small: 8 runs, $before done before, $((8 - before)) to make, 2 at a time" err
check "to the end" prints '^8 of 8 runs are done, 0 failed: sweeps/small$'
cp sweeps/small/slices/00001-of-00001.runs finished
run sweep sweeps/small
check "a finished run is never redone" cmp -s finished sweeps/small/slices/00001-of-00001.runs
sed 's/0.02/0.015/' small.toml >other.toml
run sweep other.toml -o sweeps/small
check "another sweep in its place" refused "sweeps/small: error: the sweep was begun with another sweep.toml: 'high = 0.02', and now 'high = 0.015'"

run sweep merge sweeps/small
check "one file of all" prints '^written: sweeps/small/merged.h5$'
run reproduce sweeps/small/merged.h5
check "which is not to be reproduced" refused "sweeps/small/merged.h5: error: a merged sweep cannot be reproduced; allowed: a file of \`run\`"
run sweep merge sweeps/small
check "which is not written over unasked" refused "sweeps/small/merged.h5: error: the file is there already"
for part in 2/3 1/3; do run sweep small.toml -o parts --shard $part --quiet; done
run sweep merge parts
check "what is not complete is not merged" test "$status" == 11
run sweep merge parts --partial --to partial.h5
check "unless it is asked for" prints '^written: partial.h5$'
run sweep parts --shard 3/3 --jobs 1 --quiet
run sweep merge parts --quiet
check "parts anywhere make the same bytes" same sweeps/small/merged.h5 parts/merged.h5
"$root/nearshore" run sweeps/small/policies/no_tariffs.toml --set parameters.documentation_median=0.02 --seed 2 -o one.h5 --quiet
check "with the bits of the single run, and quantiles over seeds" /usr/bin/python3 -c '
import numpy, xarray
m, one = xarray.open_dataset("sweeps/small/merged.h5"), xarray.open_dataset("one.h5")
part = xarray.open_dataset("partial.h5")
cell = m.sel(policy="no_tariffs", seed=2).isel(point=1)
assert cell.documentation_median == 0.02
assert numpy.array_equal(cell.claim_share.values, one.claim_share.values, equal_nan=True)
assert cell.claims == 100 * one.claim_share.sel(exporter="MX", importer="US", time="2025-03").item()
assert numpy.allclose(m.claims.median("seed"), m.claims_quantile.sel(quantile=0.5))
assert numpy.isfinite(m.claims).all() and numpy.isnan(part.claims).sum() == int(part.missing_runs) > 0
assert numpy.array_equal(part.claims.values[numpy.isfinite(part.claims)], m.claims.values[numpy.isfinite(part.claims)])
'

# With checkpoints a killed run goes on within itself.
"$root/nearshore" sweep small.toml --set checkpoint_every=1 -o kept --jobs 1 --quiet >out 2>err &
pid=$!
for _ in {1..400}; do # held still to look at it
  kill -STOP $pid
  compgen -G 'kept/checkpoints/*.checkpoint' >/dev/null && break
  kill -CONT $pid
  sleep 0.02
done
kill -9 $pid
wait $pid 2>/dev/null
check "a killed run leaves its checkpoint" compgen -G 'kept/checkpoints/*.checkpoint'
run sweep kept --quiet
run sweep merge kept --quiet
check "and what goes on from it has the same bits" /usr/bin/python3 -c '
import xarray
a, b = (xarray.open_dataset(f + "/merged.h5") for f in ("kept", "sweeps/small"))
assert a.claim_share.identical(b.claim_share) and a.headlines.identical(b.headlines)'
check "checkpoints of finished runs are gone" test -z "$(ls kept/checkpoints)"

# Another program, or other data, than the sweep began with.
cp -r parts mixed
sed -i 's/^program = .*/program = "0123456789abcdef"/' mixed/manifest.toml
run sweep mixed
check "another program does not go on with it" refused "mixed: error: the sweep was begun by version "
run sweep merge mixed --force
check "results of several programs are not merged" refused "mixed: error: 8 runs were made by another program than the sweep began with"
run sweep merge mixed --force --mixed --quiet
check "unless it is asked for" test "$status" == 0

# A file system that goes away for a while: runs fail, with what repeats them; then they are made again.
cp -r "$root/configs/data/world" world
cat >away.toml <<T
title = "away"
seeds = "1-5"
firms = 1000
set = ["run.start=2024-12", "run.end=2025-03", "run.reference=2024-12", "run.spin_up=1", "run.world=world"]
[[parameter]]
key = "measure.us_processing_fee.rate"
values = [0.001, 0.002]
T
"$root/nearshore" sweep away.toml --jobs 1 >out 2>err &
pid=$!
wait_for_runs sweeps/away 1 $pid
mv world elsewhere
wait $pid
status=$?
check "failed runs end the sweep with status 11" test "$status" == 11
run_status() { run sweep status sweeps/away; }
mv elsewhere world
run_status
check "status shows why" prints "^run [0-9]+ failed \(2\): sweeps/away/policies/base.toml:.*run.world = 'world' is no folder"
failed=$(awk '$1 == "failed" { print $2; exit }' out)
command=$(grep -m 1 '^  ./nearshore run ' out)
check "and the command that repeats it" test -n "$command"
# shellcheck disable=SC2086 # words of the command
"$root/nearshore" ${command#*nearshore} --quiet >out 2>err
check "which works" test -s run_*.h5
run sweep sweeps/away
check "failed runs are not made again unasked" grep -q "$failed failed: sweeps/away" out
check "and are not forgotten" test "$status" == 11
run sweep retry sweeps/away
check "retry makes them again" prints '^[0-9]+ of [0-9]+ runs are done, 0 failed: sweeps/away$'

# Sensitivity of a few runs; the estimators are tested against exact indices in tests/sweep/.
cat >morris.toml <<T
extends = "small.toml"
[design]
method = "morris"
points = 2
[[parameter]]
key = "documentation_median"
scale = "log"
low = 0.001
high = 0.02
[[parameter]]
key = "switching_cost_origin"
low = 0.01
high = 0.05
T
run sweep morris.toml --set seeds=1 --set 'policy=[]' --quiet
run sweep sensitivity sweeps/morris --csv s.csv
check "effects of each parameter" prints '^  documentation_median  +[0-9.]+ \[[0-9.]+, [0-9.]+\] '
check "as data too" grep -q '^base,claims,switching_cost_origin,mean_absolute,[0-9.e-]*,' s.csv
run sweep sensitivity sweeps/morris --outcome claim
check "an outcome that does not exist" refused "--outcome: error: 'claim' is none of the sweep's; allowed: claims; did you mean 'claims'?"

# Stopped by a signal: what has ended counts.
"$root/nearshore" sweep small.toml --set seeds=1-50 -o stopped --jobs 1 --quiet >out 2>err &
pid=$!
wait_for_runs stopped 1 $pid
"$root/nearshore" sweep stopped --quiet >out2 2>err2
check "two processes on one part" grep -q '^stopped/slices/00001-of-00001.runs: error: another process is running this slice' err2
kill -TERM $pid
wait $pid
status=$?
check "a signal stops it with status 5" test "$status" == 5
check "and it says which" grep -qx 'stopped by SIGTERM: the same command goes on' err
printf '\0\0\0' | dd of=sweeps/small/slices/00001-of-00001.runs bs=1 seek=4000 conv=notrunc status=none
run sweep merge sweeps/small --force
check "damaged results are refused" test "$status" == 2
run sweep sweeps/small --verify --quiet
run sweep merge sweeps/small --force
check "and made again with --verify" same sweeps/small/merged.h5 parts/merged.h5
exit $((failures > 0))
