#!/usr/bin/env bash
# The order of the house: includes run one way, nothing names a work machine, what is generated is not tracked.
set -uo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.." || exit 1
failures=0
check() { # WHAT, lines that should not be there
  if [[ -z $2 ]]; then
    echo "ok $1"
  else
    echo "not ok $1"
    printf '    %s\n' "$2"
    failures=$((failures + 1))
  fi
}

rooms=(policy agents sim output cli)
for ((i = 0; i < ${#rooms[@]}; ++i)); do
  above=("${rooms[@]:i+1}" tests bench)
  pattern=$(IFS='|'; echo "${above[*]}")
  check "${rooms[i]} includes nothing from above it" \
    "$(grep -rnE "^ *# *include *\"($pattern)/" "${rooms[i]}" --include='*.?pp' --include='*.def')"
done
check "the Python module needs nothing of cli/" "$(grep -rnE '^ *# *include *"(cli|tests|bench)/' python --include='*.?pp')"
check "includes name the room" \
  "$(grep -rnE '^ *# *include *"' "${rooms[@]}" --include='*.?pp' | grep -vE '"((policy|agents|sim|output|cli)/|git_commit.inc")')"
# Each submodel of docs/ODD.md names its files, and every file of the model is named there (folders of sim/ as folders).
check "docs/ODD.md names every file of the model" "$(
  for file in policy/*.cpp agents/*.cpp sim/*.cpp; do
    grep -qF "\`$file\`" docs/ODD.md || echo "$file"
  done
  for folder in sim/*/; do
    grep -qF "\`$folder" docs/ODD.md || echo "$folder"
  done
)"
# shellcheck disable=SC2016 # the backquotes are Markdown
check "docs/ODD.md names no file that is not there" "$(
  grep -oE '`(policy|agents|sim|output|cli|configs|tests)/[A-Za-z0-9_./]*`' docs/ODD.md | tr -d '`' | sort -u |
    while read -r file; do [[ -e $file ]] || echo "$file"; done
)"
check "docs/architecture.dot shows the includes (.ci/architecture draws it anew)" "$(.ci/architecture --print | diff - docs/architecture.dot)"
check "the TOML library is seen by one file" \
  "$(grep -rlE 'include *<toml' "${rooms[@]}" | grep -v '^sim/config/toml_source.cpp$')"
check "the command-line library is seen by cli/ alone, and by no header" \
  "$(grep -rlE 'include *<CLI/' "${rooms[@]}" | grep -v '^cli/.*\.cpp$')"

if git rev-parse --git-dir >/dev/null 2>&1; then
  machine='(^|[^A-Za-z0-9_.])/(work|home/[a-z]|root/|Users/|tmp/bash)'
  check "no tracked file names a folder of a work machine" \
    "$(git ls-files -z | xargs -0 grep -InE "$machine" -- 2>/dev/null | grep -v '^tests/end_to_end/house_test.sh:')"
  check "nothing that is built is tracked" "$(git ls-files | grep -E '^build|\.(o|a|so|h5|partial)$')"
fi
check "bash scripts are whole" "$(for f in nearshore .ci/run tests/end_to_end/*.sh tests/end_to_end/long/*.sh; do bash -n "$f" 2>&1; done)"
exit $((failures > 0))
