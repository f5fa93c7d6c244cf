#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# 10,000 runs merge in less than 1 GiB: few points with many seeds, and many points.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"
peak() { # ARGUMENTS -> MiB at the peak
  /usr/bin/python3 -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)' "$root/nearshore" "$@"
}
sweep() { # NAME, SEEDS, POINTS
  cat >"$1.toml" <<T
seeds = "$2"
firms = 1000
set = ["run.start=2024-01", "run.end=2026-12", "run.spin_up=0"]
[design]
method = "sobol"
points = $3
[[parameter]]
key = "documentation_median"
[keep]
what = "variables"
variables = ["claim_share", "us_imports", "employment"]
T
}
cd "$work" || exit 1
run --version # builds if need be
sweep few 1-2 1
run sweep few.toml --quiet
check "a few runs" test "$status" == 0
for shape in '1-10 1000' '1-5000 2'; do
  read -r seeds points <<<"$shape"
  sweep many "$seeds" "$points"
  rm -rf sweeps/many
  run sweep many.toml --shard 20000/20000 --quiet # begins the folder; this part has no run
  run sweep many.toml --shard 1/20000 --quiet
  /usr/bin/python3 "$root/tests/end_to_end/long/many_runs.py" sweeps/few/slices/00001-of-00001.runs \
    sweeps/many/slices/00001-of-20000.runs 10000
  start=$SECONDS
  used=$(peak sweep merge sweeps/many --quiet)
  echo "# 10,000 runs ($points points, seeds $seeds): $used MiB, $((SECONDS - start)) s, $(stat -c %s sweeps/many/merged.h5) bytes"
  check "10,000 runs merge in less than 1 GiB ($points points, seeds $seeds)" test "$used" -lt 1024
  check "and are all there" /usr/bin/python3 -c 'import numpy, xarray
d = xarray.open_dataset("sweeps/many/merged.h5")
assert d.headlines.shape[1] * d.headlines.shape[2] == 10000 and not numpy.isnan(d.headlines.values[..., 0]).any()'
done
exit $((failures > 0))
