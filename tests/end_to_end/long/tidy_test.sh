#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# clang-tidy over all sources, with the checks of .clang-tidy; and that it would say something: a fault put into a copy of
# one file is found.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/../checks.sh"
if ! command -v clang-tidy >/dev/null; then
  echo "# skipped: clang-tidy is not installed (./nearshore packages long)"
  exit 0
fi

# A string that is copied for each element, of a name whose memory is gone.
faulty=$work/faulty.cpp
cat >"$faulty" <<'CPP'
#include <string>
#include <vector>
int length(const std::vector<std::string>& names) {
  int sum = 0;
  for (auto name : names)
    sum += static_cast<int>(name.size());
  const char* first = std::string{"gone"}.c_str();
  return sum + *first;
}
CPP
finds() { # CHECK
  ! clang-tidy --config-file="$root/.clang-tidy" "$faulty" -- -std=c++20 >"$work/out" 2>"$work/err" && grep -qF "[$1" "$work/out"
}
check "a copy made in every step of a loop is found" finds performance-for-range-copy
check "a pointer into what is gone is found" finds bugprone-dangling-handle
"$root/.ci/tidy" >"$work/out" 2>"$work/err"
status=$?
check "nothing is found in the sources" is "$status" 0
exit $((failures > 0))
