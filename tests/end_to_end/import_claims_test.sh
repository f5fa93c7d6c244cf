#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore import-claims`: a made-up table of imports whose sums are known by hand becomes a table that `validate --data` takes.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }
refused() { [[ $status == 2 && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }

cd "$work" || exit 1
run --version # builds if need be
{
  echo 'HTS Number,Country,Year,Month,Customs Value,claimed,MFN'
  for month in {1..12}; do
    echo "8703.23.01.10,Canada,2025,$month,2000000,1500000,2.5"
    echo "2709.00.10.00,Canada,2025,$month,6000000,600000,0.1"
    echo "4901.99.00.00,Canada,2025,$month,2000000,0,Free"
  done
} >table.csv
run import-claims table.csv --year 2025 -o claims.csv
check "a table becomes claims" prints '^36 rows of 2025, 12 months \(2025-01 to 2025-12\)$'
check "sums as by hand" grep -qx '2025-07,CA,ALL,all,10.000000,2.100000,0.2100' claims.csv
check "by MFN status" grep -qx '2025-07,CA,ALL,dutiable,8.000000,2.100000,0.2625' claims.csv
check "by sector" grep -qx '2025-07,CA,energy_minerals,dutiable,6.000000,0.600000,0.1000' claims.csv
run run --firms 1500 --set run.spin_up=2 --end 2025-12 --quiet -o r.h5
run validate r.h5 --data claims.csv
check "validate takes them" prints 'recorded, July to December 2025 +21 '
check "also without energy" prints 'without energy, on MFN-dutiable lines, April to December 2025 +75 '

run import-claims table.csv --year 2024 -o never.csv
check "a wrong year is refused with its place" refused "table.csv:2:22: error: a row of 2025, not of 2024"
run import-claims table.csv -o never.csv
check "no year is refused" refused "--year"
sed '2s/Canada/Canda/' table.csv >bad.csv
run import-claims bad.csv --year 2025 -o never.csv
check "an unknown country is refused with the nearest" refused "did you mean 'canada'?"
run import-claims bad.csv --year 2025 --rest RW -o rest.csv
check "unless the user says where it goes" prints 'put into RW: Canda'
sed '2s/8703.23.01.10/0003.23.01.10/' table.csv >bad.csv
run import-claims bad.csv --year 2025 -o never.csv
check "an unknown tariff line is refused" refused "bad.csv:2:1: error: tariff line '0003230110' is in no sector"
sed '3s/600000,0.1/-600000,0.1/' table.csv >bad.csv
run import-claims bad.csv --year 2025 -o never.csv
check "a negative cell is refused" refused "bad.csv:3:37: error: a negative value of -600000"
sed '1s/Customs Value/what/' table.csv >bad.csv
run import-claims bad.csv --year 2025 -o never.csv
check "a missing column is refused" refused "no column for the value"
run import-claims bad.csv --year 2025 --value what -o named.csv
check "unless the user names it" cmp -s <(grep -v '^#' named.csv) <(grep -v '^#' claims.csv)
check "refusals write nothing" test ! -e never.csv -a -z "$(find . -name '*.partial')"
exit $((failures > 0))
