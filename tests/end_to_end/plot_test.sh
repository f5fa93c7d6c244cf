#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# `nearshore plot`: every kind in every format, and clear refusals.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
succeeds() { [[ $status == 0 ]]; }
refused() { [[ $status == 2 && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"; }
starts() { [[ $(head -c "${#2}" "$1" | tr -d '\0') == "$2" ]]; }

cd "$work" || exit 1
run run --set run.spin_up=2 --end 2025-06 --firms 1000 --seeds 1-2 --quiet --set "title=It's {a_b} \$(touch run) \`touch run\`" -o h.h5
check "runs to draw" succeeds
# What a picture must say, by kind; texts in an SVG are texts.
declare -A says=([claims]="published, recorded" [decomposition]="changed suppliers" [content]="Eastern and South|East and South-East Asia" [flows]="Rest of the")
for kind in claims decomposition content flows; do
  for format in svg png pdf; do
    run plot h.h5 --what "$kind" -o "$kind.$format"
    check "$kind as $format" succeeds
  done
  check "$kind: an SVG with its texts" grep -qE "${says[$kind]}" "$kind.svg"
  check "$kind: title, source and units are in it" test "$(grep -cE "Source: model, It.*s \{a_b\}|[0-9] (%|points)|percentage points|billion USD" "$kind.svg")" -ge 2
  check "$kind: a PNG" starts "$kind.png" $'\x89PNG'
  check "$kind: a PDF" starts "$kind.pdf" "%PDF-"
done
check "no text of the data is run" test ! -e run
run plot h.h5 --what claims --exporter CA -o canada.svg
check "another exporter is another picture" grep -q 'Canada: claims' canada.svg
run plot h.h5 --what flows --month 2024-02 -o flows2.svg
check "another month too" grep -q 'February 2024' flows2.svg
run plot h.h5 --what content --sector machinery -o machinery.svg
check "and another sector" grep -q 'exports of Machinery' machinery.svg
run plot h.h5 --what clams -o x.svg
check "an unknown kind, with the nearest" refused "did you mean 'claims'?"
run plot h.h5 --what claims -o x.gif
check "an unknown ending" refused "allowed: a name that ends in .svg, .png or .pdf"
run plot h.h5 --what claims -o nowhere/a.svg
check "a folder that is not there is status 3" test "$status" == 3
check "in one line" test "$(cat err)" == "--output: error: cannot write 'nowhere/a.svg': the folder 'nowhere' does not exist; allowed: a file name in a folder that exists and may be written"
run plot h.h5 --what claims --exporter CN -o x.svg
check "an exporter outside the agreement" refused "allowed: MX, CA"
run plot h.h5 --what flows --month 2031-01 -o x.svg
check "a month outside the run" refused "allowed: 2024-01 to 2025-06"
run plot h.h5 --what flows --month soon -o x.svg
check "no month" refused "'soon'"
check "several runs: it says what is drawn of them" grep -qF 'bands: 5 to 95 %' claims.svg
run run --set run.spin_up=2 --end 2025-01 --firms 1000 --quiet -o one.h5
for kind in claims decomposition content flows; do run plot one.h5 --what "$kind" --month 2025-01 -o "one_$kind.svg"; done
check "one run: nothing is said of medians, means and bands" test "$status" == 0 -a "$(grep -lE 'edian|means|over seeds|bands' one_*.svg | wc -l)" == 0
mkdir -p empty
PATH=$work/empty "$root/build/nearshore" plot h.h5 --what claims -o x.svg >out 2>err
status=$?
check "without gnuplot: says which package" test "$status" == 3 -a -n "$(grep -F 'gnuplot-nox' err)"
check "refusals write nothing" test ! -e x.svg -a ! -e x.gif -a -z "$(find . -name '*.partial')"
exit $((failures > 0))
