#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# A sweep of 24 runs as an array of a real Slurm: tasks are cancelled, killed and requeued half-way, the merge is killed too.
# It still ends complete, and the merged file has the bits of a local sweep's outside /run.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"
# shellcheck source=tests/end_to_end/slurm.sh
source "$(dirname "$(readlink -f "$0")")/../slurm.sh"
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }
same() { /usr/bin/python3 "$root/tests/end_to_end/same_trajectory.py" "$@" >"$work/out" 2>"$work/err"; }
running() { # JOB: waits until it runs
  for _ in {1..600}; do
    [[ -n $(squeue -h -t running -j "$1" 2>/dev/null) ]] && return 0
    sleep 0.05
  done
  return 1
}
begun() { # waits until the sweep's part has begun a run
  for _ in {1..200}; do
    [[ $(stat -c %s "cluster/slices/$(printf %05d "$1")-of-00006.runs" 2>/dev/null) -gt 300 ]] && return 0
    sleep 0.05
  done
  return 1
}
submit() { # the sweep, as often as need be; gives the ids of array and merge
  run sweep small.toml -o cluster --slurm --array-size 6
  array=$(awk '$1 == "array" { print $2 + 0 }' out)
  merge=$(awk '$1 == "merge" { print $2 + 0 }' out)
}

if missing=$(slurm_missing); then
  if [[ $(id -u) == 0 ]]; then
    echo "not ok Slurm ($missing)"
    exit 1
  fi
  echo "ok # skipped: Slurm is $missing; as root: apt-get install slurm-wlm munge"
  exit 0
fi
trap 'slurm_stop; rm -rf "$work"' EXIT
cd "$work" || exit 1
run --version # builds if need be
cat >small.toml <<T
title = "small"
seeds = "1-3"
firms = 3000
set = ["run.start=2024-07", "run.end=2025-06", "run.reference=2024-12", "run.spin_up=6"]
[design]
method = "latin_hypercube"
points = 4
[[parameter]]
key = "documentation_median"
scale = "log"
low = 0.001
high = 0.02
[[parameter]]
key = "run.firms"
low = 1000
high = 4000
[[policy]]
name = "history"
[[policy]]
name = "no_tariffs"
file = "configs/scenarios/no_2025_tariffs.toml"
[keep]
what = "file"
[[outcome]]
name = "claims"
says = "claimed in June 2025"
variable = "claim_share"
select = { exporter = "MX", importer = "US" }
months = "2025-06"
T
run sweep small.toml -o local --quiet
check "a local sweep" test "$status" == 0
run sweep merge local --quiet
check "and its merged file" test "$status" == 0

check "a Slurm of two nodes" slurm_start 2 1
submit
check "an array of six tasks is submitted" prints '^array [0-9]+: parts 1-6 of 6, 24 runs to make$'
running "${array}_1" && begun 1 && scancel "${array}_1"
check "one task is cancelled half-way" test $? == 0
running "${array}_2" && begun 2 && scancel --signal=KILL --batch "${array}_2"
check "one is killed" test $? == 0
running "${array}_3" && begun 3 && slurm_requeue "${array}_3"
check "one is requeued" test $? == 0
check "all jobs end" slurm_wait 300
check "the merge says that the sweep is not complete" grep -q 'runs are not done' cluster/slurm/merge-"$merge".log
check "and writes nothing" test ! -e cluster/merged.h5
run sweep status cluster
before=$(awk '$1 == "done" { print $2 }' out)
check "some runs are left" test "$before" -gt 8 -a "$before" -lt 24

submit
check "the same command submits the parts that are left" prints "^array [0-9]+: parts 1-2 of 6, $((24 - before)) runs to make$"
running "$merge"
for _ in {1..200}; do compgen -G 'cluster/merged.h5.partial-*' >/dev/null && break; sleep 0.02; done
scancel --signal=KILL --batch "$merge"
check "the merge is killed while it writes" compgen -G 'cluster/merged.h5.partial-*'
check "the jobs have ended" slurm_wait 300
check "a half-written file has no name" test ! -e cluster/merged.h5
run sweep status cluster
check "all runs are done" prints '^  done +24$'
submit
check "now only the merge is left to submit" test -z "$array" -a -n "$merge"
check "and ends" slurm_wait 100
check "nothing is left beside it" test "$(find cluster -name '*.partial*' | wc -l)" == 0
check "the merged file has the bits of the local sweep's" same local/merged.h5 cluster/merged.h5
begun_twice=$(cat cluster/slices/*.runs | grep -ac 'version 0')
check "tasks went on in $begun_twice sessions" test "$begun_twice" -ge 9
exit $((failures > 0))
