#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore report`: one HTML file, its numbers those of the runs, and a browser that finds it whole.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
run --version # builds if need be
# shellcheck source=tests/end_to_end/report_packages.sh
source "$root/tests/end_to_end/report_packages.sh"
succeeds() { [[ $status == 0 ]]; }
refused() { [[ $status == 2 && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }
short=(--set run.spin_up=2 --end 2025-12 --firms 1000 --seeds 1-3 --quiet)

cd "$work" || exit 1
hostile='History </script><script>alert(1)</script> & <b>"bold"</b>'
run run "${short[@]}" --set "title=$hostile" -o base.h5
check "a base" succeeds
run run configs/scenarios/no_2025_tariffs.toml "${short[@]}" -o other.h5
check "another scenario" succeeds
run report base.h5 other.h5 -o report.html --title 'Claims <&> duties'
check "a report" succeeds
check "says what it wrote" grep -qE '^written: report.html \([0-9.]+ MB\)$' out
check "no text of the data ends or begins a script" test "$(grep -oiE '</?script' report.html | wc -l)" == 4
check "the title is text" grep -qF '<title>Claims &lt;&amp;&gt; duties</title>' report.html
check "no address of a network" test -z "$(grep -oE '(src|href)="?(https?:)?//' report.html)"
check "figures are those of the runs" /usr/bin/python3 "$root/tests/end_to_end/report_figures.py" report.html base.h5 other.h5
run report base.h5 other.h5 -o again.html --title 'Claims <&> duties'
check "equal runs make equal pages" cmp -s report.html again.html
run run "${short[@]/#1-3/2-3}" -o seeds.h5
run report base.h5 seeds.h5 -o without.html
check "files of other seeds make a page" succeeds
check "without effects, and it says why" test "$(cat err)" == "effects are left out: seeds.h5: error: seeds are 2-3, and 1-3 in base.h5; allowed: the same seeds: effects are paired by seed"
run report nothing.h5
check "a file that is not there" refused "nothing.h5: error: "
run report base.h5 -o missing/report.html
check "a folder that is not there" test "$status" == 3
check "nothing half written stays" test -z "$(find . -name '*.partial')"
node "$root/tests/end_to_end/report_page.mjs" "$packages" "$work/report.html" "$work" || failures=$((failures + 1))
run run "${short[@]:0:6}" --quiet --set run.seed=4 -o one.h5
run report one.h5 -o one.html
check "a report of one run" succeeds
node "$root/tests/end_to_end/report_page.mjs" "$packages" "$work/one.html" "$work" one || failures=$((failures + 1))
check "no download address in the lock file" test "$(grep -cE '"resolved"|https?://' "$page_sources/package-lock.json")" == 0
exit $((failures > 0))
