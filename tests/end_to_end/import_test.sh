#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore import-icio`: a made-up table in the published layout becomes a world on which the model runs; faults are
# refused and leave nothing behind.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
well() { [[ $status == 0 ]] && grep -q -- "$1" "$work/out"; }
refused() { [[ $status == 2 && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }

cd "$work" || exit 1
run --version # builds if need be
/usr/bin/python3 "$root/tests/end_to_end/made_up_icio.py" 2022_SML.csv || exit 1

run import-icio 2022_SML.csv --year 2022 -o world
check "a table becomes a world" well "850 rows of industries, 929 columns"
check "the report is kept" cmp -s <(head -n 3 world/import_report.md) <(head -n 3 out)
check "every cell names its source" test -z "$(grep -hE ',(,no|,yes)?$' world/producers.csv world/inputs.csv world/final_demand.csv)"
check "nothing half-written is left" test -z "$(find . -name '*.partial*')"
check "export processing is kept" grep -q '^MX,processing,motor_vehicles,' world/producers.csv
run run --firms 1500 --set run.world=world -o imported.h5
check "the model runs on it" well "written: imported.h5"

run import-icio 2022_SML.csv --year 2021 -o never
check "a wrong year is refused" refused "the table is of 2022 by its name, not of 2021"
run import-icio 2022_SML.csv -o never
check "no year is refused" refused "--year"
run import-icio 2022_SML.csv --year 2022 --rest RWW -o never
check "an unknown region is refused with the nearest" refused "did you mean 'RW'?"
sed 's/USA_/USB_/g' 2022_SML.csv >other.csv
run import-icio other.csv --year 2022 -o never
check "an unknown country is refused with its place and the nearest" refused "other.csv:1:4: error: unknown country 'USB'"
run import-icio other.csv --year 2022 --rest US -o rest
check "unless the user says where it goes" well "countries not in the concordance, put into US: USB"
sed '/^KOR_C29,/d' 2022_SML.csv >short.csv
run import-icio short.csv --year 2022 -o never
check "a missing row is refused" refused "no row 'KOR_C29'"
run import-icio nowhere.csv --year 2022 -o never
check "a missing file is refused" refused "nowhere.csv: error: cannot be read"
run import-icio 2022_SML.csv --year 2022 -o "$root/configs/data/world"
check "the committed world is not replaced" refused "--output"
check "refusals write nothing" test ! -e never
exit $((failures > 0))
