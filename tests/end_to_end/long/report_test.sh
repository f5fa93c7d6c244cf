#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# A report of six scenarios, 36 months, 20 seeds, with effects: its size, its speed, all widths, all downloads; the types of
# the page's sources.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"
run --version # builds if need be
# shellcheck source=tests/end_to_end/report_packages.sh
source "$root/tests/end_to_end/report_packages.sh"
succeeds() { [[ $status == 0 ]]; }

cd "$work" || exit 1
mkdir -p types
cp -r "$page_sources"/*.ts "$page_sources/sections" "$page_sources/tsconfig.json" types
ln -s "$packages/node_modules" node_modules
check "the page's types agree" node node_modules/typescript/bin/tsc -p types

scenarios=(no_2025_tariffs no_exemption usmca_lapses automotive_rvc_82 mexico_tariffs_50)
files=(configs/history.toml)
for s in "${scenarios[@]}"; do files+=("configs/scenarios/$s.toml"); done
run compare "${files[@]}" --seeds 1-20 --firms 1000 --end 2026-12 --over 2025-07:2025-12 --over 2026-01:2026-12 \
  --closures labour_supply,fixed_wage --quiet -o report.html
check "compare writes a report" succeeds
check "at most 5 MB" test "$(stat -c %s report.html)" -le 5000000
node "$root/tests/end_to_end/report_page.mjs" "$packages" "$work/report.html" "$work" long || failures=$((failures + 1))
exit $((failures > 0))
