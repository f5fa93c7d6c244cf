#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore duty`: the stack in text and JSON, parts that sum to the total, and one clear line for every mistake.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
run() { "$root/nearshore" duty "$@" >"$work/out" 2>"$work/err"; status=$?; }
refused() { [[ $status == 2 && ! -s $work/out && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }
prints() { [[ $status == 0 && ! -s $work/err ]] && grep -q -- "$1" "$work/out"; }
total_is() { # RATE as a share of value, from --json; authorities and measures sum to it
  [[ $status == 0 ]] && /usr/bin/python3 - "$work/out" "$1" <<'PY'
import json, sys
answer = json.load(open(sys.argv[1]))
expected = float(sys.argv[2])
assert abs(answer["total"] - expected) < 1e-6, answer["total"]
assert abs(sum(answer["by_authority"].values()) - answer["total"]) < 1e-12
assert abs(sum(m["rate"] for m in answer["stack"]) - answer["total"]) < 1e-12
PY
}
cd "$work" || exit 1
"$root/nearshore" --version >/dev/null 2>&1 # builds if need be
car=(--from MX --to US --sector motor_vehicles --month 2025-06 --mfn-rate 0.025 --list autos)

run --from MX --to US --sector auto_parts --month 2025-06
check "a lane's average" prints '^section_232 .*auto_parts_232 .*applies to'
run "${car[@]}" --claim --us-content 0.35
check "a car pays on its foreign content" prints '^total  *16.25 %'
run "${car[@]}" --claim --us-content 0.35 --json
check "the same in JSON" total_is 0.1625
run "${car[@]}" --json
check "without a claim" total_is 0.278464
run --from MX --to MX --sector metals --month 2025-06 --json
check "no duty at home" total_is 0
run --from US --to CA --sector metals --month 2025-10 --claim --json
check "retaliation" total_is 0.175
run --from MX --to US --sector metals --month 2026-09
check "assumptions are said" prints '^Assumed: After July 2026'
run "${car[@]}" --config configs/scenarios/no_2025_tariffs.toml --json
check "another scenario" total_is 0.028464
run "${car[@]}" --set 'measure.autos_232_north_america.rate=0.5' --json
check "--set reaches a measure" total_is 0.528464

run --from MEX --to US --sector metals --month 2025-06
check "an unknown region" refused "--from: error: unknown region 'MEX'; allowed: US, MX"
run --from MX --to US --sector metal --month 2025-06
check "an unknown sector" refused "did you mean 'metals'?"
run --from MX --to US --sector metals --month 2025-13
check "no month" refused "--month: error: '2025-13' is no month"
run "${car[@]}" --list auto
check "an unknown list" refused "did you mean 'autos'?"
run --from US --to CA --sector metals --month 2025-06 --list autos
check "lists where there are none" refused "tariff lines of CA are not known"
run --from CN --to US --sector metals --month 2025-06 --claim
check "no agreement to claim under" refused "no agreement in force between CN and US in 2025-06"
run "${car[@]}" --us-content 1.5
check "an impossible content" refused "--us-content: error:"
run --from MX --to US --sector metals
check "an argument missing" refused "--month"

[[ $failures == 0 ]]
