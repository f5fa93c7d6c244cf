#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Every command that the README shows works as shown (the run of 100,000 firms with fewer; the tests not within the tests).
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
"$root/nearshore" --version >/dev/null # builds if need be
failures=0 seen=0
# The commands: lines of shell blocks, without their comments.
mapfile -t lines < <(awk '/^```sh/ {on = 1; next} /^```/ {on = 0} on' "$root/README.md" | sed 's/ *#.*//')
for line in "${lines[@]}"; do
  [[ $line == ./nearshore* && $line != './nearshore test'* ]] || continue
  seen=$((seen + 1))
  read -r -a words <<<"${line#./nearshore}"
  for i in "${!words[@]}"; do
    case ${words[i]} in
      COMMAND) words[i]=run ;;
      100000) words[i]=20000 ;;
      measure.NAME.rate=*) words[i]=${words[i]/NAME/$(sed -n 's/^name = "\(.*\)"/\1/p' "$root"/configs/policy/measures*.toml "$root/configs/history.toml" 2>/dev/null | head -n 1)} ;;
    esac
  done
  if "$root/nearshore" "${words[@]}" >out 2>err && { [[ -s out ]] || grep -q ': finished before; ' err; }; then
    echo "ok $line"
  else
    echo "not ok $line"
    tail -n 5 out err
    failures=$((failures + 1))
  fi
done
if ((seen < 8)); then echo "not ok only $seen commands found"; failures=$((failures + 1)); fi
# The pages that the README and the docs link to exist.
while IFS=: read -r file link; do
  target=$(dirname "$file")/${link%%#*}
  if [[ -e $root/$target ]]; then continue; fi
  echo "not ok $file links to $link"
  failures=$((failures + 1))
done < <(cd "$root" && grep -oE '\]\([^)#:]+[^):]*\)' README.md docs/*.md | sed -E 's/\]\(([^)]*)\)/\1/')
exit $((failures > 0))
