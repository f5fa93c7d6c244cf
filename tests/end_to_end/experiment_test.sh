#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore experiment`: shipped ones by name, one's own as a file, equal results for any number of jobs, wrong input.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }
refused() { [[ $status == 2 && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }

cd "$work" || exit 1
run experiment --list
check "the experiments are listed" prints '^configs/validation/laffer.toml$'
run experiment lafer
check "a misspelt name" refused "no experiment 'lafer'; allowed: a file, or one of "
check "with the nearest one" refused "did you mean 'laffer'?"
run experiment firm_size --seeds 4,5 --firms 1500 --jobs 2
check "a shipped experiment, with seeds and firms of the user's" prints 'Mexico, share of firms that claim, 2024 .* report '
check "its spread" prints 'of 2 runs'
check "its progress" grep -q '2 of 2 runs done' err
cp out first
run experiment firm_size --seeds 4,5 --firms 1500 --jobs 1 --quiet
check "any number of jobs gives the same" cmp -s out first
check "quiet says nothing" test ! -s err
run experiment firm_size --seeds 4 --firms 1500 --strict --csv --quiet
check "--strict fails where a figure is missed, --csv is a table" test "$status $(head -c 14 out)" == "4 section,target"

cat >own.toml <<T
title = "own"
says = "a fee of a tenth"
seeds = "7"
firms = 1500
[[run]]
name = "fee"
scenario = "$root/configs/scenarios/frozen_policy.toml"
set = ["run.end=2024-02", "run.spin_up=2", "measure.us_processing_fee.rate={}"]
values = [0.001, 0.1]
[[figure]]
says = "claims rise with the fee"
variable = "duty_collected"
select = { origin = "MX", destination = "US", sector = "*", authority = "mpf" }
run = "fee"
compare = "peak"
low = 0.1
kind = "predicted"
source = "none"
T
run experiment own.toml --quiet
check "one's own" prints 'claims rise with the fee .* 0.100 .* met '
sed -i 's/us_processing_fee.rate/us_procesing_fee.rate/' own.toml
run experiment own.toml --quiet
check "a misspelt key of a run names the run and the nearest key" refused "did you mean 'us_processing_fee'?"
run experiment laffer --jobs 0
check "no jobs" refused "--jobs: error: '0'; allowed: a whole number from 1 to 1024"
exit $((failures > 0))
