#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore forecast` and `score`: a forecast is written once, says what it rests on, and is scored strictly.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }
refused() { [[ $status == 2 && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }
forecast() { run forecast --set run.spin_up=2 --set run.end=2024-03 --firms 1500 --from 2024-02 --until 2024-03 "$@"; }

cd "$work" || exit 1
run --version # builds if need be
forecast --seeds 4-6 -o f.csv
check "a forecast" prints '^written: f.csv$'
check "says what it rests on" test "$(grep -cE '^# (made: 2|program: |scenario: |configuration: fnv1a64 [0-9a-f]{16}$|seeds: 4-6$|law known until: |assumption: .)' f.csv)" == 7
check "every member is kept" grep -qE '^claims MX recorded,2024-02,%(,[0-9.]+){5},[0-9.]+;[0-9.]+;[0-9.]+$' f.csv
grep -v '^# made' f.csv >first
forecast --seeds 4-6 --jobs 1 --quiet -o again.csv
grep -v '^# made' again.csv >second
check "equal forecasts are equal" cmp -s first second
forecast --seeds 4-6 -o f.csv
check "it is not written over" refused "f.csv: error: a forecast is not written over"
forecast --seeds 4 -o one.csv
check "one seed makes no band" refused "at least two"
forecast --seeds 4-6 -o nowhere/f.csv
check "a folder that is not there is refused before the runs" test "$status$(cat err)" == "3--output: error: cannot write 'nowhere/f.csv': the folder 'nowhere' does not exist; allowed: a file name in a folder that exists and may be written"
run forecast --seeds 4-5 --set run.end=2024-03 --firms 1500 --from 2024-02 --until 2024-04 -o late.csv
check "months that are not run" refused "the scenario runs from 2024-01 to 2024-03"
check "refusals write nothing" test ! -e one.csv -a ! -e late.csv -a -z "$(find . -name '*.partial')"

printf 'series,month,value\nclaims MX recorded,2024-01,49\nclaims MX recorded,2024-02,49.5\nclaims MX recorded,2024-03,49.7\n' >d.csv
run score f.csv d.csv
check "a score by series, with skill" prints '^claims MX recorded +% +2 .* [0-2]/2 +-?[0-9.]+$'
check "what is not yet published is counted" prints '^2 figures scored, .* not yet published$'
run score f.csv d.csv --csv
check "as a table" test "$(head -n 1 out)" == "series,unit,months,awaited,bias,mean_absolute_error,crps,interval_score,in_band,skill"
printf 'series,month,value\nclaims MX recorded,2024-01,49\n' >early.csv
run score f.csv early.csv
check "data of no month that was forecast" refused "early.csv: error: no figure of a month that was forecast; allowed: figures of 2024-02 to "
printf 'series,month,value\nclaims MX,2024-02,49.5\n' >bad.csv
run score f.csv bad.csv
check "an unknown series is refused with its place" refused "bad.csv:2:1: error: "
printf 'series,month,value\nclaims MX recorded,2024-02,\n' >bad.csv
run score f.csv bad.csv
check "so is a missing figure" refused "bad.csv:2:28: error: "
exit $((failures > 0))
