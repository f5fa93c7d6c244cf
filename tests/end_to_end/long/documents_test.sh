#!/usr/bin/env bash
# The pages whose sessions are long: those that say "<!-- long -->".
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/../../.." && pwd)
mapfile -t pages < <(grep -lx '<!-- long -->' "$root"/docs/*.md "$root"/docs/tutorials/*.md)
"$root/nearshore" python "$root/tests/documents/replay.py" "${pages[@]}"
