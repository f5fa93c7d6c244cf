#!/usr/bin/env bash
# What the pages show works, and gives what they say: the first hour, Python, R, the tutorials. Those that say "<!-- long -->" are for long/.
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
pages=()
for page in "$root"/docs/{first-hour,python,other_languages}.md "$root"/docs/tutorials/*.md; do
  if [[ $page == */tutorials/README.md ]]; then continue; fi
  if ! grep -qx '<!-- long -->' "$page"; then pages+=("$page"); fi
done
"$root/nearshore" python "$root/tests/documents/replay.py" "${pages[@]}"
status=$?
"$root/nearshore" python "$root/tests/documents/replay.py" --only=python "$root/README.md" || status=1 # its commands: readme_test.sh
# A newcomer's path: at most twelve commands or cells.
cells=$(grep -cE '^\$ |^```python' "$root/docs/first-hour.md")
if ((cells <= 12)); then echo "ok the first hour has $cells commands and cells"; else echo "not ok the first hour has $cells commands and cells"; status=1; fi
exit "$status"
