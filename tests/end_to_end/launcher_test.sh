#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# The launcher on a miniature project with the same targets: what it builds, when, and what it returns.
set -uo pipefail
root=$(cd "$(dirname "$(readlink -f "$0")")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset NEARSHORE_ROOT NEARSHORE_CMAKE_OPTIONS
failures=0
check() { # WHAT, command that must succeed
  if "${@:2}"; then
    echo "ok $1"
  else
    echo "not ok $1"
    sed 's/^/    /' "$work/err" 2>/dev/null
    failures=$((failures + 1))
  fi
}

project="$work/a project" # a space in the path
mkdir -p "$project"/{policy,agents,sim,output,cli,tests}
cp "$root/nearshore" "$project/"
cat >"$project/CMakeLists.txt" <<'C'
cmake_minimum_required(VERSION 3.25)
project(mini LANGUAGES CXX)
file(GLOB sources CONFIGURE_DEPENDS policy/*.cpp)
add_executable(nearshore_program cli/main.cpp ${sources})
set_target_properties(nearshore_program PROPERTIES OUTPUT_NAME nearshore)
target_include_directories(nearshore_program PRIVATE ${CMAKE_SOURCE_DIR})
file(GLOB tests CONFIGURE_DEPENDS tests/*.cpp)
add_executable(nearshore_tests ${tests})
C
cat >"$project/cli/main.cpp" <<'C'
#include "policy/answer.hpp"
#include <cstdio>
#include <cstdlib>
int main(int argc, char** argv) {
  std::printf("%d %s\n", ANSWER, std::getenv("NEARSHORE_ROOT"));
  return argc > 1 ? std::atoi(argv[1]) : 0;
}
C
echo '#define ANSWER 1' >"$project/policy/answer.hpp"
cat >"$project/tests/main.cpp" <<'C'
#include <cstdio>
int main() { std::puts("All tests passed (3 assertions in 2 test cases)"); }
C

run() { out=$("$project/nearshore" "$@" 2>"$work/err"); status=$?; }
said() { grep -q "$1" "$work/err"; }
silent() { [[ ! -s $work/err ]]; }
is() { [[ $1 == "$2" ]]; }

run 0
check "the first call builds" is "$out" "1 $project"
check "and says so on standard error" said building
run 7
check "the program's exit status is passed on" is "$status" 7
check "nothing is built twice, nothing is said" silent

before=$(date +%s%N)
for _ in 1 2 3 4 5; do run 0; done
each=$((($(date +%s%N) - before) / 5000000))
echo "# $each ms a call with nothing to build"
check "which takes less than 300 ms" test "$each" -lt 300

cd "$work" && out=$("a project/nearshore" 2>"$work/err")
check "it works from another directory" is "$out" "1 $project"
ln -s "$project/nearshore" "$work/link" && out=$("$work/link" 2>"$work/err")
check "and through a link" is "$out" "1 $project"

sleep 0.01
echo '#define ANSWER 2' >"$project/policy/answer.hpp"
run
check "a newer header is built" is "$out" "2 $project"
touch "$project/tests/main.cpp"
run
check "a newer test does not rebuild the program" silent
echo 'int unused() { return 0; }' >"$project/policy/more.cpp"
touch -d '2020-01-01' "$project/policy/more.cpp"
run
check "a file added with an old date is built" said building
rm "$project/policy/more.cpp"
run
check "a file removed is noticed" said building

echo '#error broken' >"$project/policy/answer.hpp"
run
check "a failed build is an error" is "$status" 1
check "that shows the compiler's words" said broken
run
check "and is tried again" is "$status" 1
echo '#define ANSWER 3' >"$project/policy/answer.hpp"
run
check "until it is mended" is "$out" "3 $project"

echo '#define ANSWER 4' >"$project/policy/answer.hpp"
for i in 1 2 3; do "$project/nearshore" >"$work/out$i" 2>/dev/null & done
wait
check "launchers at once agree" is "$(sort -u "$work"/out[123])" "4 $project"

for command in test build packages; do
  run "$command" --help
  check "$command --help: what the launcher does, its environment too" test "$status$(grep -c 'NEARSHORE_JOBS\|nearshore packages \[SET\]' <<<"$out")" == 02
done
run build foo
check "build takes no argument" is "$status" 2
check "and says so" said "build: unexpected argument 'foo'; allowed: --help"
run packages foo
check "an unknown set of packages" said "unknown set 'foo'; allowed: build, python, test, ci, long, all"
check "is refused" is "$status" 2

run test
check "tests are built and counted" is "$(tail -n 1 <<<"$out")" "2 passed, 0 failed"
mkdir -p "$project/tests/end_to_end"
printf 'echo ok one\necho not ok two\nexit 1\n' >"$project/tests/end_to_end/some_test.sh"
run test
check "checks of scripts are counted too" is "$(tail -n 1 <<<"$out")" "3 passed, 1 failed"
check "a failed check fails the whole" is "$status" 1
rm -r "$project/tests/end_to_end"

mv "$project" "$work/moved"
project=$work/moved
touch "$project/cli/main.cpp"
run
check "a moved folder is configured anew" is "$out" "4 $project"

# Packages missing, not root: the one command is printed, nothing is installed.
mkdir "$work/bin"
printf '#!/bin/sh\nexit 1\n' >"$work/bin/dpkg-query"
printf '#!/bin/sh\necho 1000\n' >"$work/bin/id"
printf '#!/bin/sh\ntouch %s/installed\n' "$work" >"$work/bin/apt-get"
chmod +x "$work"/bin/*
touch "$project/cli/main.cpp"
out=$(PATH="$work/bin:$PATH" "$project/nearshore" 2>"$work/err"); status=$?
check "missing packages stop it" is "$status" 3
check "with the command to run" said 'sudo apt-get update && sudo apt-get install .*cmake'
check "and without installing" test ! -e "$work/installed"
printf '#!/bin/sh\necho 0\n' >"$work/bin/id"
out=$(PATH="$work/bin:$PATH" "$project/nearshore" 2>"$work/err"); status=$?
check "root installs them and goes on" is "$out" "4 $project"
check "by apt-get" test -e "$work/installed"
exit $((failures > 0))
