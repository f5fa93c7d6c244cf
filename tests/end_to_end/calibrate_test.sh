#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# calibrate: the plan, a fit, its files, stopping and going on, a parameter set and runs over it, wrong ways to ask.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
refused() { # part of the one line
  [[ $status == 2 && ! -s $work/out && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"
}
says() { [[ $status == 0 ]] && grep -qF -- "$1" "$work/out"; }
same() { cmp -s "$1" "$2"; }
python() { /usr/bin/python3 -c "$@"; }

cd "$work" || exit 1
run --version # builds if need be
cat >fit.toml <<T
title = "small"
seeds = "1-2"
firms = 1000
[method]
global_evaluations = 4
local_evaluations = 8
shape_steps = 1
set_tolerance = 20
[[scenario]]
name = "history"
file = "configs/history.toml"
end = "2025-02"
set = ["run.start=2025-01", "run.reference=2025-01", "run.spin_up=2"]
[[parameter]]
key = "documentation_median"
scale = "log"
low = 0.001
high = 0.02
[[parameter]]
key = "sectors.auto_parts.documentation_factor"
low = 0.5
high = 3
start = 1.6
[[target]]
says = "claims on dutiable lines"
variable = "claim_share_dutiable"
select = { exporter = "MX", importer = "US" }
months = ["2025-01", "2025-02"]
scale = 100
unit = "%"
data = 80.9
tolerance = 2
source = "USITC DataWeb"
[[target]]
says = "North America"
from = "configs/validation_targets.toml"
section = "Exports of intermediate goods that stay in the region, mean of 2024"
tolerance = 50
T

run calibrate fit.toml --dry-run
check "the target of another year is read from the other file" says "North America"
check "the plan is printed and nothing is written" test ! -e calibrated_log.h5
run calibrate fit.toml -o a --quiet
check "a target without months in the run is refused at its place" refused "the target 'North America' has no figure at the start"
sed -i '/^says = "North America"/,$d' fit.toml
sed -i '$d' fit.toml # its [[target]]
rm -f a_log.h5

run calibrate fit.toml -o fits/whole --set 3 --draws 8
check "a fit prints its targets" says "claims on dutiable lines, %"
check "and what the data tell apart" says "The data determine "
for file in whole.toml whole_fit.csv whole_shape.csv whole_log.h5 whole_set.toml; do
  check "it writes $file" test -s "fits/$file"
done
check "it leaves nothing half-written" test -z "$(find . -name '*.partial')"

timeout -s INT 2 "$root/nearshore" calibrate fit.toml -o fits/parts --set 3 --draws 8 >"$work/out" 2>"$work/err"
cp fits/parts_log.h5 stopped.h5 # whole, wherever it was stopped
run calibrate fit.toml -o fits/parts --set 3 --draws 8 --resume
for file in .toml _fit.csv _shape.csv _set.toml; do
  check "stopped and resumed: the same bytes in PREFIX$file" same "fits/whole$file" "fits/parts$file"
done
check "the log opens with labels, and differs in /run alone" python '
import xarray, sys
a, b = (xarray.open_dataset(f) for f in ("fits/whole_log.h5", "fits/parts_log.h5"))
assert a.identical(b)
assert list(a.parameter.values) == ["parameters.documentation_median", "sectors.auto_parts.documentation_factor"]
best = a.isel(evaluation=int(a.objective.argmin()))
assert (best.value == a.best_value).all()
fit = ((a.figure.mean("seed") - 80.9) / 2) ** 2
assert abs(fit.sum("target") - a.objective).max() < 1e-9
assert xarray.open_dataset("fits/whole_log.h5", group="run").wall_seconds.min() > 0
xarray.open_dataset("stopped.h5")'

run calibrate fit.toml -o fits/whole
check "a log is not written over" refused "--resume to go on with it, --restart to write over it"
sed 's/tolerance = 2/tolerance = 3/' fit.toml >other.toml
run calibrate other.toml -o fits/whole --resume
check "a log of another calibration is refused" refused "belongs to another calibration"
run calibrate fit.toml -o fits/none --resume
check "no log to resume" refused "there is no log to resume"
run calibrate fit.toml -o fits/none --resume --restart
check "--resume and --restart" refused "are both given"
run calibrate fit.toml --seeds 1,101
check "seeds for checking are not fitted to" refused "--seeds: error: the seed 101 may not be used in a fit"
run calibrate fit.toml --set 1
check "a set of one" refused "--set: error: '1'; allowed: a whole number from 2"
run calibrate nowhere.toml
check "no file" refused "nowhere.toml"

cat >fitted.toml <<T
extends = ["$root/configs/history.toml", "fits/whole.toml"]
title = "fitted"
[run]
firms = 1000
start = "2025-01"
reference = "2025-01"
end = "2025-02"
spin_up = 2
T
run run fitted.toml --seeds 1-2 -o fitted.h5 --quiet
check "the fitted parameters are what was run" python '
import xarray
run, log = xarray.open_dataset("fitted.h5"), xarray.open_dataset("fits/whole_log.h5")
figure = 100 * run.claim_share_dutiable.sel(exporter="MX", importer="US").mean("time")
best = log.isel(evaluation=int(log.objective.argmin())).figure.squeeze()
assert abs(figure - best).max() < 1e-4, (figure, best)'
run run fitted.toml --seeds 1-2 --parameter-set fits/whole_set.toml -o band.h5
check "a band over the set is printed" says "3 vectors of parameters, 2 seeds (1-2): median [5th and 95th percentile]"
check "the file has the axis member, and its first is the fit" python '
import numpy as np, xarray
band, one = xarray.open_dataset("band.h5"), xarray.open_dataset("fitted.h5")
assert band.claim_share.dims[:3] == ("member", "seed", "time")
same = lambda m: np.array_equal(band.claim_share.isel(member=m).values, one.claim_share.values, equal_nan=True)
assert [same(m) for m in range(3)] == [True, False, False]
assert "[[member]]" in band.attrs["parameter_set"]'
run validate band.h5 --csv
check "validate pools the runs of a set" test "$status" = 0
run run fitted.toml --parameter-set fits/whole_set.toml --paired fitted.toml --seeds 1-2
check "--paired and --parameter-set" refused "are both given"
run run fitted.toml --parameter-set fitted.toml
check "no set of parameters" test "$status" = 2
exit $((failures > 0))
