#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `bench`: what it prints and writes, not how fast this machine is; and every wrong way to ask for it.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
run() { TMPDIR=$work "$root/nearshore" "$@" >"$work/out" 2>"$work/err"; status=$?; }
refused() { # the whole message, from its start on
  [[ $status == 2 && ! -s $work/out && $(wc -l <"$work/err") == 1 && $(cat "$work/err") == "$1"* ]]
}
prints() { [[ $status == 0 ]] && grep -qE -- "$1" "$work/out"; }

cd "$work" || exit 1
run --version # builds if need be
cat >small.toml <<T
title = "small"
extends = "$root/configs/history.toml"
[run]
end = "2024-02"
reference = "2024-01"
spin_up = 2
T

for firms in 10 x 1e5 "" 2000,,3000 3000000; do
  run bench --firms "$firms"
  check "--firms '$firms'" refused "--firms: error: "
done
run bench --firms 2000,1000,2000
check "a size given twice" refused "--firms: error: 2000 is given twice; allowed: each number once"
for threads in 0 -1 two 5000; do
  run bench --threads="$threads"
  check "--threads $threads" refused "--threads: error: '$threads'; allowed: a whole number from 1 to "
done
run bench --months 0
check "no month" refused "--months: error: '0'; allowed: a whole number from 1 to 1200"
run bench --spin-up=-1
check "a negative spin-up" refused "--spin-up: error: '-1'; allowed: a whole number from 0 to 1200"
run bench --start 2025-13
check "no such month" refused "--start: error: '2025-13'; allowed: a month, YYYY-MM"
run bench --seed x
check "no such seed" refused "--seed: error: 'x'; allowed: a whole number from 0 to "
run bench --frims 2000
check "a misspelt option" refused "bench: error: unknown option '--frims'"
run bench nothing.toml
check "a missing scenario" refused "nothing.toml: error: cannot read"
run bench small.toml --firms 1000 --threads 1 --months 1 --spin-up 0 --json none/bench.json
check "JSON that cannot be written is status 3" test "$status" == 3

run bench small.toml --firms 1000,1500 --threads 1,2 --months 3 --spin-up 1 --json bench.json
check "a table with a verdict for every target" test "$status$(grep -cE '(met|missed|goal reached|not measured)$' out)" == 09
check "it says what the load is" prints '^Load: small.toml, 2025-01 to 2025-03 after 1 months of spin-up'
check "every pass has a line" prints '^decomposition +[0-9.]+ +[0-9.]+ +[0-9.]+ +[0-9.]+$'
check "progress is on standard error" grep -q '^bench: months, 1500 firms, 2 threads$' err
cat >shape.py <<'P'
import json, sys
b = json.load(open(sys.argv[1]))
assert {"program_version", "git_commit", "machine", "load", "triad", "measurements", "whole_processes", "targets"} <= set(b)
m = b["measurements"]
assert [(x["firms"], x["threads"]) for x in m] == [(1000, 1), (1000, 2), (1500, 1), (1500, 2)]
for x in m:
    assert list(x["pass_seconds"]) == ["duties", "prices", "origin", "claims", "sourcing", "markets", "capacity", "accounts",
                                       "decomposition", "sellers", "output"]
    parts = sum(x["pass_seconds"].values())
    assert 0.95 * x["month_seconds"] <= parts <= 1.001 * x["month_seconds"], (parts, x["month_seconds"])
    assert all(seconds > 0 for seconds in x["pass_seconds"].values())
    assert abs(x["firm_months_per_second"] * x["month_seconds"] / x["firm_months"] - 1) < 1e-9
    months = x["firm_months"] / x["worlds"] / x["firms"]
    assert 2.8 <= months <= 3, months  # dormant firms are no firm-months
    assert x["links_per_firm"] > x["inputs_per_firm"] > 2
    assert 0.02 < x["share_reviewing"] < 0.4, x["share_reviewing"]
    assert 300 < x["state_bytes_per_firm"] < 3000
    assert x["peak_resident_bytes"] > 1000 * x["state_bytes_per_firm"]
    assert x["processor_seconds"] > 0 and x["world_seconds"] > 0
# What is counted does not depend on the threads.
for one, two in (m[:2], m[2:]):
    for key in ("firm_months", "links_per_firm", "share_reviewing", "state_bytes_per_firm"):
        assert one[key] == two[key], key
assert [t["threads"] for t in b["triad"]] == [1, 2] and all(t["bytes_per_second"] > 1e8 for t in b["triad"])
whole = b["whole_processes"]
assert [(w["firms"], w["at_once"]) for w in whole] == [(1000, 1), (1500, 1), (1000, 1), (1000, 2)]
assert all(w["months"] == 2 and w["spin_up"] == 2 and w["wall_seconds"] > 0 for w in whole)
assert len(b["targets"]) == 9 and all(t["verdict"] == "not measured" for t in b["targets"])  # other sizes have no bounds
P
check "JSON holds the same: passes sum to the months, counts do not depend on threads" /usr/bin/python3 shape.py bench.json
run bench small.toml --firms 1000 --threads 1 --months 1 --spin-up 0 --json -
check "--json - prints JSON alone" /usr/bin/python3 -c 'import json; json.load(open("out"))'
check "nothing is left behind" test -z "$(find "$work" -name 'nearshore-bench-*')"
exit $((failures > 0))
