#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore validate`: data that are kept aside, data of the user's, footnotes on the brief, skill against naive forecasts.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }
refused() { [[ $status == 2 && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }

cd "$work" || exit 1
run run --firms 1500 --set run.spin_up=2 --end 2026-02 --seeds 3-4 --quiet -o e.h5
run validate e.h5
check "data that were kept aside are said to be" prints 'recorded, July to December 2025 .* kept aside .* aside '
check "skill of Mexico's series against both naive forecasts" \
  prints 'Mexico, on MFN-dutiable lines, skill over equal gaps \([0-9.]+\) +>= 0 .* (met|MISSED) '
check "what the brief's words and its data do not agree on is said" prints '14.9 / 2.5 = 5.96 for Mexico, which is not'
check "so is the difference of the regions' shares" prints 'some 18 points; its own figures, 65 and 48, differ by 17'
check "and Europe's ratio" prints "not of Europe \(EU 53 % is below Mexico's 58 %\)"
check "the headline has one verdict" prints '^  rows marked \* that a run meets +>= 8 '
[[ $(grep -cE '^  US value added in exports of [A-Za-z]+, (total|manufacturing|motor|other|machinery)' out) == 35 ]]
check "all 35 cells of the brief's table are there" test $? == 0

{
  echo 'month,origin,sector,mfn_status,import_value_musd,usmca_claimed_musd'
  for month in 2025-{01..12} 2026-{01,02}; do
    for status in all dutiable; do echo "$month,CA,ALL,$status,100,50"; done
  done
} >mine.csv
run validate e.h5 --data mine.csv
check "the user's data are compared with" prints 'Canada .*|recorded, July to December 2025 +50 '
check "and give Canada a skill" prints 'Canada, recorded, skill over no change'
sed -i '4s/,50$/,500/' mine.csv
run validate e.h5 --data mine.csv
check "data that cannot be are refused" refused "mine.csv:4:24: error: more is claimed than was imported"
run run --firms 1500 --set run.spin_up=2 --end 2024-03 --seed 4 --quiet -o one.h5
run validate one.h5 e.h5
check "a seed that is in two files" refused "e.h5: error: the same seed as one.h5: 4; allowed: each seed once"
run validate e.h5 --data none.csv
check "a missing file is refused" refused "none.csv"
exit $((failures > 0))
