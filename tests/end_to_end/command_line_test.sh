#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# The command line: help with examples for every command, one clear line and the right exit status for every mistake.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
refused() { # the whole message, from here on
  [[ $status == 2 && ! -s $work/out && $(wc -l <"$work/err") == 1 ]] && grep -qF -- "$1" "$work/err"
}
prints() { [[ $status == 0 && ! -s $work/err ]] && grep -q -- "$1" "$work/out"; }

cd "$work" || exit 1
run --version # builds if need be
cat >small.toml <<T
title = "small"
extends = "$root/configs/history.toml"
[run]
firms = 2000
T

run --help
check "help lists the commands" prints '  check  .*Validate'
mapfile -t commands < <(sed -n 's/^  \([a-z]\+\)  .*/\1/p' out)
check "there are some" test "${#commands[@]}" -ge 2
for command in "${commands[@]}"; do
  run "$command" --help
  check "$command --help shows examples" prints "^  nearshore $command"
done
run --version
check "the version" prints '^nearshore [0-9]\+\.[0-9]\+\.[0-9]\+ (commit [0-9a-z-]*, .*)$'

run chek
check "a misspelt command" refused "nearshore: error: unknown command 'chek'; allowed: "
check "with the nearest one" refused "did you mean 'check'?"
run --hlep
check "a misspelt option of the program" refused "nearshore: error: unknown option '--hlep'; allowed: --help, --version; did you mean '--help'?"
run --firms 2000
check "an option of run without run" refused "did you mean 'run --firms'?"
run --fims=2000
check "a misspelt one too" refused "did you mean 'run --firms'?"
run configs/history.toml
check "a scenario without run" refused "nearshore: error: unknown command 'configs/history.toml'; allowed: "
check "is meant to be run" refused "did you mean 'run configs/history.toml'?"
run help
check "help as a command" refused "did you mean '--help'?"
run check small.toml --sorces
check "a misspelt option of a command" refused "check: error: unknown option '--sorces'"
check "with the nearest one too" refused "did you mean '--sources'?"
run check small.toml other.toml
check "an argument too many" refused "check: error: unexpected argument 'other.toml'"
run check small.toml --set
check "an option without its value" refused "--set: error: no value follows; allowed: --set KEY=VALUE"
run docs
check "an argument missing" refused "docs: error: which page?; allowed: completion, man, output, parameters"
run docs parametres
check "an unknown page" refused "docs: error: unknown page 'parametres'; allowed: completion, man, output, parameters; did you mean 'parameters'?"

# What is no regular file is refused and not waited for; what the shell hands over is read.
mkfifo pipe
few() { timeout 20 "$root/nearshore" "$@" >"$work/out" 2>"$work/err"; status=$?; }
few check pipe
check "a named pipe for a scenario" refused "pipe: error: not a file; allowed: a regular file, /dev/stdin or <(command)"
few duty --config pipe --from CN --to US --sector electronics --month 2025-04
check "for that of duty" refused "pipe: error: not a file"
few validate x.h5 --targets pipe
check "for targets" refused "pipe: error: not a file"
few experiment pipe
check "for an experiment" refused "pipe: error: not a file"
few import-claims pipe --year 2025
check "for a table" refused "pipe: error: not a file"
few check --quiet <(cat small.toml)
check "a process substitution is read" test "$status" == 0
few check /dev/stdin --quiet < <(cat small.toml)
check "and so is standard input" test "$status" == 0

# Closed standard streams: nothing that the program opens takes their place.
"$root/nearshore" run small.toml --firms 1000 --end 2024-02 -o closed.h5 2>&- >out
check "a run with standard error closed" test "$?" == 0 -a -s out
"$root/nearshore" reproduce closed.h5 2>&- >out
check "reproduce with standard error closed tells its result" grep -q '^reproduced: ' out
"$root/nearshore" reproduce closed.h5 0<&- >&- 2>&-
check "and with all three closed" test "$?" == 0

NEARSHORE_ROOT=/nowhere "$root/build/nearshore" check small.toml --set run.firms=1000 >out 2>err
status=$?
check "a NEARSHORE_ROOT without a project" refused "NEARSHORE_ROOT: error: '/nowhere' has no folder configs; allowed: "

run docs man
check "the manual page" prints '^\.TH NEARSHORE 1'
for command in "${commands[@]}"; do
  check "the manual page has $command" prints "^\.SS nearshore $command"
done
run docs completion
check "completion for bash" prints '^complete .* -F _nearshore nearshore'
completed() ( # WORDS... -> what the last of them may become
  # shellcheck disable=SC1090 # made by the program
  source <("$root/build/nearshore" docs completion)
  COMP_WORDS=(nearshore "$@") COMP_CWORD=$#
  _nearshore
  echo "${COMPREPLY[*]}"
)
check "a command is completed" test "$(completed vali)" = validate
check "an option is completed" test "$(completed run --pai)" = --paired
check "an option of another command is not" test -z "$(completed check --pai)"

run check no_such.toml
check "a missing file" refused "no_such.toml: error: cannot read: No such file or directory"
run check smal.toml
check "and the name that was meant" refused "smal.toml: error: cannot read: No such file or directory; did you mean 'small.toml'?"
run check configs/scenarios/no_2025_tarifs.toml
check "one of the project's too" refused "did you mean 'configs/scenarios/no_2025_tariffs.toml'?"
run check "$work"
check "a folder for a file" refused "is a folder, not a file"
run check small.toml --set run.frims=3000
check "a misspelt key in --set" refused "--set run.frims=3000: error: unknown key 'frims' in [run]"
run run small.toml --firms 10
check "a short option is named in its error" refused "--firms 10: error: run.firms = 10; allowed: a whole number from 1000 to 2000000"
run run small.toml --set run.start=2015-01
check "a month before the calendar" refused "is before the calendar of measures begins"
printf 'extends = "small.toml"\n[run]\nfirms = 10\n' >few.toml
run check few.toml
check "a value out of range" refused "few.toml:3:9: error: run.firms = 10; allowed: a whole number from 1000 to 2000000"
printf 'a = \n' >broken.toml
run check broken.toml
check "no TOML" refused "broken.toml:1:"
printf 'extends = "small.toml"\nextneds = 1\n' >typo.toml
run check typo.toml
check "a misspelt key at the top" refused "typo.toml:2:1: error: unknown key 'extneds'"

run check small.toml
check "check prints the resolved configuration" prints '^firms = 2000$'
cp out resolved.toml
run check resolved.toml
check "which reads back to itself" cmp -s out resolved.toml
run check small.toml --sources --set run.seed=9
check "sources: a file" prints '# small.toml:4:9'
check "sources: an override" prints '# --set run.seed=9'
check "sources: a default" prints '# default'
run check small.toml --quiet
check "quiet prints nothing" is "$status$(cat out err)" 0
"$root/nearshore" check small.toml >/dev/full 2>err
status=$?
check "a full disk is status 7" is "$status" 7

for page in parameters output; do
  run docs "$page"
  check "docs/$page.md is what the program prints" cmp -s out "$root/docs/$page.md"
done
exit $((failures > 0))
