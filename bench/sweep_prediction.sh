#!/usr/bin/env bash
# A sweep against the time that its dry run predicts. Usage: bench/sweep_prediction.sh [RUNS [SWEEP.toml]]; 1000 runs of 10,000
# firms and 36 months by default. Exit status 0 if the real time is within 30 % of the prediction.
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/.." && pwd)
runs=${1:-1000}
sweep=${2:-$root/configs/sweeps/thousand.toml}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
set -- "$sweep" -o made --set "design.points=$((runs / 4))" # four seeds a point
"$root/nearshore" --version >/dev/null # builds if need be
"$root/nearshore" sweep "$@" --dry-run | tee plan
predicted=$(sed -n 's/^time .*(\([0-9]*\) s).*/\1/p;' plan)
predicted=${predicted:-$(awk '$1 == "time" { print $3; exit }' plan)}
start=$(date +%s.%N)
"$root/nearshore" sweep "$@"
end=$(date +%s.%N)
awk -v p="$predicted" -v a="$start" -v b="$end" -v n="$runs" 'BEGIN {
  real = b - a
  printf "predicted %.0f s, real %.1f s: %+.0f %%; %.0f runs an hour\n", p, real, 100 * (real / p - 1), 3600 * n / real
  exit !(real > 0.7 * p && real < 1.3 * p)
}'
