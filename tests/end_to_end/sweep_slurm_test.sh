#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# A sweep as an array of a real Slurm, started here on the loopback: one task is killed half-way and requeued, and the merged
# file is that of a local sweep. The whole of it, with more of everything, is long/sweep_slurm_test.sh.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
# shellcheck source=tests/end_to_end/slurm.sh
source "$(dirname "$(readlink -f "$0")")/slurm.sh"
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }
same() { /usr/bin/python3 "$root/tests/end_to_end/same_trajectory.py" "$@" >"$work/out" 2>"$work/err"; }

if missing=$(slurm_missing); then
  if [[ $(id -u) == 0 ]]; then # the launcher installs them for root
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
firms = 1000
set = ["run.start=2024-12", "run.end=2025-02", "run.reference=2024-12", "run.spin_up=1"]
[[parameter]]
key = "documentation_median"
values = [0.002, 0.01]
[[outcome]]
name = "claims"
says = "claimed in February 2025"
variable = "claim_share"
select = { exporter = "MX", importer = "US" }
months = "2025-02"
T
check "a Slurm of two nodes" slurm_start 2 1
run sweep small.toml -o local --quiet
run sweep merge local --quiet
run sweep small.toml -o cluster --slurm --array-size 2 --time 5 --sbatch=--hold # until the second submission was refused
check "an array and a merge job are submitted" prints '^array [0-9]+: parts 1-2 of 2, 6 runs to make$'
array=$(awk '$1 == "array" { print $2 + 0 }' out)
merge=$(awk '$1 == "merge" { print $2 + 0 }' out)
run sweep cluster --slurm --array-size 2
check "not twice at a time" grep -q '^cluster: error: jobs of this sweep are queued or run: ' err
scontrol release "$array" "$merge"
for _ in {1..200}; do [[ $(squeue -h -t running -j "${array}_1" 2>/dev/null) ]] && break; sleep 0.05; done
check "a task is requeued while it runs" slurm_requeue "${array}_1"
check "the jobs end" slurm_wait 60
run sweep status cluster
check "all runs are done" prints '^  done +6$'
check "the merged file has the bits of the local sweep's" same local/merged.h5 cluster/merged.h5
exit $((failures > 0))
