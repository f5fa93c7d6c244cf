#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Comparison of policies and a firm's story: from configurations and from files, and every wrong way to ask.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
refused() { # the one line; that a file changed here has lost its seal is said before it
  sed -i '/: it has no seal (any more): /d' "$work/err"
  [[ $status == 2 && ! -s $work/out && $(wc -l <"$work/err") == 1 && $(cat "$work/err") == "$1"* ]]
}
prints() { [[ $status == 0 ]] && grep -q -- "$1" "$work/out"; }
says() { grep -q -- "$1" "$work/out"; }
# Copies a file and changes it: CHANGE is a Python line on the open file f.
changed() { cp "$1" "$2" && /usr/bin/python3 -c 'import sys, h5py
with h5py.File(sys.argv[1], "r+") as f:
    exec(sys.argv[2])' "$2" "$3"; }

cd "$work" || exit 1
run --version # builds if need be
settings='[run]
firms = 1200
start = "2024-11"
end = "2025-04"
reference = "2024-12"
spin_up = 2'
printf 'title = "small"\nextends = "%s"\n%s\n' "$root/configs/history.toml" "$settings" >small.toml
printf 'title = "none"\nextends = ["small.toml", "%s"]\n%s\n' "$root/configs/scenarios/no_2025_tariffs.toml" "$settings" >none.toml

run compare small.toml
check "one argument" refused "compare: error: nothing to compare with small.toml; allowed: "
run compare small.toml none.toml --seeds 3
check "one seed: no interval is made up" refused "--seeds: error: one seed only: nothing says how far an effect is luck; allowed: at least two seeds"
run compare small.toml none.toml --what clams
check "a misspelt topic" refused "--what: error: unknown topic 'clams'; allowed: claims, "
run compare small.toml none.toml --closures fixed
check "a misspelt closure" refused "--closures: error: unknown closure 'fixed'"
run compare small.toml none.toml --over 2025-04:2025-01
check "a period that runs backwards" refused "--over: error: '2025-04:2025-01' runs backwards; allowed: 2025-01:2025-04"
run compare small.toml small.toml --seeds 3-4 --runs runs
check "a configuration twice" refused "small.toml: error: the same configuration twice"
run compare small.toml none.toml -o effects.txt
check "an output of another kind" refused "-o: error: 'effects.txt'; allowed: "
run compare small.toml none.h5
check "a file that is not there" refused "none.h5: error: there is no such file"

run compare small.toml none.toml --seeds 3-5 --runs runs --closures labour_supply,fixed_wage --months 2025-04 --over 2025-01:2025-04 -o effects.csv
check "two configurations" prints '^1 policy against small: 3 seeds (3-5), 1200 firms, closure labour supply$'
check "with the price of an exemption" says 'on trade that already qualified'
check "and over the closures" says '^Effect on employment and balances over the closures$'
check "progress counts ensembles" grep -q '^ensemble 4 of 4: none, fixed_wage, seeds 3-5$' err
cp out first
base=$(echo runs/small-labour_supply-*.h5) policy=$(echo runs/none-labour_supply-*.h5)
check "the table holds what the files hold" /usr/bin/python3 "$root/tests/end_to_end/comparison_readers.py" effects.csv "$base" "$policy"
run compare small.toml none.toml --seeds 3-5 --runs runs --closures labour_supply,fixed_wage --months 2025-04 --over 2025-01:2025-04 -o again.csv
check "the next time the runs are found" test ! -s err
check "with the same result" cmp -s first <(sed 's/again.csv/effects.csv/' out)
check "to the bit" cmp -s effects.csv again.csv
run compare "$base" "$policy" runs/*-fixed_wage-*.h5 --months 2025-04 --over 2025-01:2025-04 -o files.csv
check "files of two closures are two policies" prints 'over the closures'
check "and give the same effects" cmp -s <(cut -d, -f2- effects.csv) <(cut -d, -f2- files.csv)
run compare "$base" "$policy" --what claims --quiet -o claims.csv
check "quiet with a table for programs" test "$status$(cat out err)" == 0
check "only the topics asked for" test "$(tail -n +2 claims.csv | cut -d, -f3 | sort -u)" == claims

run compare "$base" "$base"
check "a file twice" refused "$base: error: the same file twice"
run compare "$base" runs/none-fixed_wage-*.h5
check "other closures" refused "$(echo runs/none-fixed_wage-*.h5): error: run.closure is fixed_wage, and labour_supply in $base"
run compare "$base" "$policy" --months 2027-01
check "a month that is not there" refused "--months: error: 2027-01 is not among the months of the runs; allowed: 2024-11 to 2025-04"
run run none.toml --seeds 3-4 --quiet -o two.h5
run compare "$base" two.h5
check "other seeds" refused "two.h5: error: seeds are 3-4, and 3-5 in $base; allowed: the same seeds"
run run none.toml --seeds 3-5 --end 2025-03 --quiet -o short.h5
run compare "$base" short.h5
check "other months" refused "short.h5: error: months are 2024-11 to 2025-03, and 2024-11 to 2025-04 in $base"
run run small.toml --seed 3 --quiet -o one.h5
run compare "$base" one.h5
check "a file of one seed" refused "one.h5: error: one seed only"
changed "$policy" old.h5 'f.attrs.modify("program_version", b"0.0.9")'
run compare "$base" old.h5
check "another version" refused "old.h5: error: program_version is 0.0"
run compare "$base" old.h5 --other-versions --what claims
check "another version, when asked for" prints 'claim share recorded'

# A configuration beside a file: as the file was run, and what does not fit is refused before the first run.
run compare "$base" none.toml --runs others --what claims
check "a configuration takes seeds, firms and closure of a file" prints '^1 policy against .*: 3 seeds (3-5), 1200 firms, closure labour supply$'
check "and runs nothing else" test "$(grep '^ensemble' err)" == "ensemble 1 of 1: none, labour_supply, seeds 3-5"
run compare "$base" none.toml --seeds 3-4
check "seeds that are not the file's" refused "$base: error: seeds are 3-5, and 3-4 in none.toml; allowed: the same seeds"
run compare "$base" none.toml --firms 1100
check "another number of firms" refused "$base: error: firms are 1200, and 1100 in none.toml; allowed: runs of as many firms"
run compare "$base" none.toml --end 2025-03
check "other months than the file's" refused "$base: error: months are 2024-11 to 2025-04, and 2024-11 to 2025-03 in none.toml"
run compare "$base" none.toml --closures fixed_wage
check "a closure that the file has not" refused "$base: error: run.closure is labour_supply, and fixed_wage in none.toml"
run compare "$base" none.toml --closures labour_supply,fixed_wage
check "nor one among others" refused "--closures: error: no file of every policy has the closure 'fixed_wage'; allowed: labour_supply"
run compare "$base" small.toml
check "a configuration that the file holds" refused "$base: error: holds the same runs as small.toml: equal configurations"
run compare small.toml none.toml --over 2026-01:2026-12
check "a period outside the months" refused "--over: error: 2026-01 to 2026-12 is not among the months of the runs; allowed: 2024-11 to 2025-04"
run compare small.toml none.toml -o nowhere/effects.csv
check "a folder that is not there is status 3, before the runs" test "$status$(cat err)" == "3--output: error: cannot write 'nowhere/effects.csv': the folder 'nowhere' does not exist; allowed: a file name in a folder that exists and may be written"

run compare --exact "$base" "$policy"
check "--exact: other bits are status 4" test "$status" == 4
check "and the first differences are named" says 'attribute title differs'
changed "$base" same.h5 'f["run"].attrs["host"] = "elsewhere"'
run compare --exact "$base" same.h5
check "--exact: the same bits but /run" prints '^the same bits: '
changed "$base" zero.h5 'd = f["duty_collected"]; i = tuple(x[0] for x in (d[()] == 0).nonzero()); d[i] = -0.0'
run compare --exact "$base" zero.h5
check "--exact: 0 and -0 differ" grep -q '^duty_collected: 1 of [0-9]* values differ, the first at \[' out
for pair in "$policy" same.h5 zero.h5; do # a second opinion, of another language
  run compare --exact "$base" "$pair"
  /usr/bin/python3 "$root/tests/end_to_end/same_trajectory.py" "$base" "$pair" >/dev/null 2>&1
  opinion=$?
  check "--exact: a script of its own says the same of ${pair%-*}" test "$status" == $((opinion == 0 ? 0 : 4))
done
run compare --exact "$base" same.h5 --months 2025-04 -o effects2.csv
check "--exact beside what it would ignore" refused "--months, --output: error: would be ignored beside --exact; allowed: compare --exact A.h5 B.h5 alone"
run compare "$base" "$policy" --firms 5000 --set run.seed=3
check "files alone, and options of runs" refused "--firms, --set: error: would be ignored: only files are compared, and nothing is run; allowed: "
run compare --exact "$base"
check "--exact wants two files" refused "compare: error: --exact and 1 arguments"

run explain "$base" --seed 4 --sample 2 --exporter MX --sector auto_parts --switched
check "stories of firms that switched" prints '^Firm [0-9]*: MX, auto parts'
check "with the plans that they weighed" says 'reviews its suppliers: under USMCA (.*) origin is worth .* % of its price; '
check "the run made again is the file's" says '^Seed 4; the run made again gives every value of the file'
firm=$(sed -n 's/^Firm \([0-9]*\):.*/\1/p' out | head -n 1)
sed -n "/^Firm $firm:/,/^\$/p" out >story
run explain one.h5 --firm 1
check "of a file of one run" prints '^Firm 1: '
run explain "$base" --seed 4 --firm "$firm"
check "a firm by its number has the same story" cmp -s story <(sed -n "/^Firm /,/^\$/p" out)
run explain "$base" --firm "$firm" --json
check "as JSON, with every month" /usr/bin/python3 -c 'import json, sys
story = json.load(open("out"))[0]
sys.exit(len(story["months"]) != 6 or not abs(sum(s["share"] for s in story["months"][0]["suppliers"]) - 1) < 1e-6)'
run explain "$base" --firm "$firm" --csv
check "and as CSV" prints "^$firm,MX,auto_parts,2025-04,margin,"
run explain "$base" --firm 99999999
check "no such firm" refused "--firm: error: no firm 99999999; allowed: 0 to "
run explain "$base" --exporter MEX
check "no such region" refused "--exporter: error: unknown region 'MEX'"
run explain "$base" --seed 9 --firm 1
check "no such seed" refused "$base: error: the file holds no seed 9; allowed: 3, 4, 5"
changed one.h5 forged.h5 'f["gross_output"][2, 0, 0] *= 1.01'
run explain forged.h5 --firm 1
check "a file that the run does not give again" refused "forged.h5: error: run again, gross_output of 2025-01 is not what the file holds; "
exit $((failures > 0))
