#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore balance`: the committed tables are what it gives; it writes a folder that it then finds equal; a changed
# file and a bad argument are refused.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
prints() { [[ $status == 0 && ! -s $work/err ]] && grep -q -- "$1" "$work/out"; }
refused() { [[ $status == 2 ]] && grep -qF -- "$1" "$work/err"; }
differs() { [[ $status == 4 ]] && grep -qF -- "$1" "$work/err"; }

cd "$work" || exit 1
run --version # builds if need be
run balance --check
check "the committed tables equal the rerun" prints "files equal the rerun"
check "it reports its targets" grep -q "targets 99 of 99 met" out
run balance --asia-share 0.52 --check
check "so does the second set" prints "world_asia52: .* files equal the rerun"

run balance --output mine
check "a folder is written" test -s mine/inputs.csv -a -s mine/us_trade_bridge.csv
check "nothing half-written is left" test -z "$(find mine -name '*.partial')"
run balance --output mine --check
check "and found equal" prints "files equal the rerun"
sed -i '2s/[0-9]*,O1/1,O1/' mine/producers.csv
run balance --output mine --check
check "a changed file is found with its line" differs "mine/producers.csv:2: differs from the rerun"

run balance --asia-share 1.5
check "an impossible share is refused" refused "above 0 and below 1"
run balance --inputs nowhere
check "a missing folder is refused" refused "nowhere/"
cp -r "$root/configs/data/sources" broken
sed -i '0,/,intermediate,/s//,intermediary,/' broken/estimate_trade.csv
run balance --inputs broken --output never
check "a fault in the sources is refused with its place" refused "broken/estimate_trade.csv:"
check "and nothing is written" test ! -e never
exit $((failures > 0))
