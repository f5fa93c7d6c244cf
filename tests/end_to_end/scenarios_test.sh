#!/usr/bin/env bash
# Every scenario that is shipped reads, and the page that lists them lists each.
set -u
root=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")/../.." && pwd)
failures=0
for file in "$root"/configs/scenarios/*.toml; do
  name=$(basename "$file" .toml)
  if "$root/nearshore" check "$file" --quiet && grep -q "\`$name\`" "$root/docs/scenarios.md"; then
    echo "ok $name"
  else
    echo "not ok $name"
    failures=$((failures + 1))
  fi
done
exit $((failures > 0))
