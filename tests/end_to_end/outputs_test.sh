#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Files that commands other than `run` write: whole or not at all, and never over what they did not make.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
export NEARSHORE_ROOT=$root
program=$root/build/nearshore
run --version # builds if need be
cd "$work" || exit 1
mkdir in good # what the checks look at is elsewhere
few() { "$program" "$@" >out 2>err; status=$?; }
says() { [[ $(wc -l <err) == 1 ]] && grep -qF -- "$1" err; }
as_it_was() { diff -r good "$1"; }

scenario() { # EXTENDS, TITLE
  printf 'title = "%s"\nextends = "%s/configs/%s.toml"\n[run]\nfirms = 1000\nstart = "2025-01"\nreference = "2025-01"\nend = "2025-03"\nspin_up = 1\n' "$2" "$root" "$1"
}
# shellcheck disable=SC2016 # to be expanded by nobody
odd='x]]>y <&> a_b^c \ @{ %d '"'q'"' "d" $(touch ran) `touch ran` é'
written=${odd//\\/\\\\}
scenario history "${written//\"/\\\"} \\u0001\\u007f\\u0085\\uffff" >in/a.toml
scenario scenarios/no_2025_tariffs small >in/b.toml
few run in/a.toml --seeds 1-2 --quiet -o in/a.h5
check "a run" is "$status" 0
few run in/b.toml --seeds 1-2 --quiet -o in/b.h5
check "runs to write of" test -s in/a.h5 -a -s in/b.h5

# Commands, @ for the folder in which they write.
writers=(
  "plot in/a.h5 --what claims -o @/p.svg"
  "plot in/a.h5 --what content -o @/p.png"
  "report in/a.h5 -o @/r.html"
  "compare in/a.h5 in/b.h5 --quiet -o @/c.csv"
  "compare in/a.h5 in/b.h5 --quiet -o @/c.html"
  "balance --output @/world"
)
fresh="forecast --firms 1000 --seeds 101,102 --quiet --from 2024-02 --until 2024-02 --set run.end=2024-02 --set run.spin_up=1 -o @/f.csv"
each() { # FOLDER, STATUS, WHAT IT SAYS, LIMIT, COMMANDS: that all of them give it and leave the folder as it was
  local folder=$1 expected=$2 words=$3 limit=$4 command
  for command in "${@:5}"; do
    # shellcheck disable=SC2086 # words
    ($limit && exec "$program" ${command//@/$folder} >out 2>err)
    status=$?
    [[ $status == "$expected" ]] && says "$words" && ! grep -q '^written' out && as_it_was "$folder" && continue
    echo "    ${command//@/$folder}: status $status" && return 1
  done
}
each_writes() {
  local command
  for command; do
    # shellcheck disable=SC2086
    few ${command//@/good}
    [[ $status == 0 ]] || { echo "    $command" && return 1; }
  done
}
check "each command writes its file" each_writes "${writers[@]}"
check "and writes over its own" each_writes "${writers[0]}" "${writers[2]}" "${writers[3]}" "${writers[5]}"
check "with nothing left over" is "$(find good -name '*.partial' -o -name '*.lock')" ""

cp -r good limited
check "a limit on the size of files: status 8, the old file as it was, nothing left over" \
  each limited 8 "File too large" "ulimit -f 4" "${writers[@]}"
check "a new file too" each limited 8 "File too large" "ulimit -f 1" "$fresh"
mkdir disk
if [[ $(id -u) == 0 ]] && mount -t tmpfs -o size=16m tmpfs disk 2>/dev/null; then
  trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
  cp -r good/. disk
  head -c 20M /dev/zero >disk/filler 2>/dev/null
  cp disk/filler good
  check "a full disk: status 7, the old file as it was, nothing left over" each disk 7 "No space left on device" : "${writers[@]}" "$fresh"
  rm good/filler disk/filler
  mount -o remount,ro disk
  check "a read-only folder: status 3, in one line" each disk 3 "Read-only file system" : "${writers[@]}" "$fresh"
else
  echo "ok (no permission to mount: full disk and read-only file system are not tested here)"
fi

refused() { [[ $status == "$1" ]] && says "$2"; }
cp in/a.h5 own.h5
ln -s own.h5 soft.html
ln own.h5 hard.html
for name in own.h5 soft.html hard.html; do
  few report own.h5 -o "$name"
  check "$name: what is read is not written over, by whatever name" refused 2 "cannot write '$name': this command reads it"
done
ln own.h5 beside.html.partial
few report own.h5 -o beside.html
check "nor by the name of what is written beside" refused 2 "this command reads it"
check "the run is as it was" cmp -s in/a.h5 own.h5
rm beside.html.partial hard.html soft.html
foreign() { # EXPECTED WORDS, FILE, COMMAND: that a file of another kind is refused and stays
  echo "month,sales" >"$2"
  few "${@:3}"
  refused 3 "cannot write '$2': it exists and is no $1" && is "$(<"$2")" "month,sales" && rm "$2"
}
check "a table of the user's is no comparison" foreign "table with these columns" own.csv compare in/a.h5 in/b.h5 -o own.csv
check "nor claims" foreign "table with these columns" own.csv import-claims own.csv.in --year 2025 -o own.csv
check "nor a page" foreign "page that nearshore made" own.html report in/a.h5 -o own.html
check "also of compare" foreign "page that nearshore made" own.html compare in/a.h5 in/b.h5 -o own.html
check "nor a picture" foreign "SVG" own.svg plot in/a.h5 --what claims -o own.svg
check "of another format" foreign "PNG" own.png plot in/a.h5 --what claims -o own.png
check "nor a measurement" foreign "JSON of nearshore bench" own.json bench --json own.json
check "nor a fit" foreign "result of a calibration" fit.toml calibrate -o fit --max-evaluations 0
cp "$root/configs/calibration/baseline.toml" fit.toml
few calibrate fit.toml -o fit --max-evaluations 0
check "and not the file that says what to fit" refused 2 "cannot write 'fit.toml': this command reads it"
mkdir world
foreign_world() { foreign "table with these columns" world/regions.csv balance --output world && is "$(ls -A world)" ""; }
check "nor a world's list; then none of its files is written" foreign_world
few report in/a.h5 -o /dev/null
check "nor a device" refused 3 "cannot write '/dev/null': it exists and is no page that nearshore made"
check "which is one still" test -c /dev/null
: >empty.svg
few plot in/a.h5 --what claims -o empty.svg
check "an empty file is" is "$status" 0

"$program" run in/a.toml --end 2026-12 --quiet -o busy.html &
running=$!
until [[ -s busy.html.lock ]]; do sleep 0.01; done
kill -STOP $running
few report in/a.h5 -o busy.html
check "a name that a run is writing is status 10" refused 10 "another run is writing it (process $running on "
kill -KILL $running
wait $running 2>/dev/null
rm -f busy.html*

few plot in/a.h5 --what claims -o '|touch ran;.svg'
check "a name that gnuplot would run is a name" test "$status" == 0 -a -s '|touch ran;.svg'
check "nothing was run" test ! -e ran
well_formed() {
  local kind
  for kind in claims decomposition content flows; do
    few plot in/a.h5 --what "$kind" -o odd.svg
    /usr/bin/python3 - "$odd" <<'P' || return 1
import sys, xml.etree.ElementTree as tree
text = "".join("".join(tree.parse("odd.svg").getroot().itertext()).split())
sys.exit("".join(sys.argv[1].split()) not in text)
P
  done
}
check "an SVG with odd texts is well-formed, and they can be read in it" well_formed
mkdir half
printf '#!/bin/sh\ncat >/dev/null\necho "<?xml version=\\"1.0\\"?><svg>"\n' >half/gnuplot
chmod +x half/gnuplot
cp odd.svg before.svg
PATH=$work/half:$PATH few plot in/a.h5 --what claims -o odd.svg
check "half of a picture from a gnuplot that ends well is refused" refused 3 "gnuplot: error: the picture that it made is not complete"
check "and the older one stays" cmp -s before.svg odd.svg
few report in/a.h5 --title '/*NEARSHORE-DATA*/ NEARSHORE-TITLE' -o marks.html
check "marks of the page in a title" is "$status" 0
check "are text" grep -qF '<title>/*NEARSHORE-DATA*/ NEARSHORE-TITLE</title>' marks.html
check "and the data are where they belong" grep -q '<script type="application/json" id="data">{"' marks.html
check "nothing is left over" is "$(find . -name '*.partial' -o -name '*.lock')" ""
exit $((failures > 0))
