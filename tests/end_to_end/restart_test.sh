#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# Checkpoints from the command line: stopped by signals, resumed, branched, refused; twenty kills.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
# shellcheck source=tests/end_to_end/kills.sh
source "$root/tests/end_to_end/kills.sh"
cd "$work" || exit 1
run --version # builds if need be
same() { /usr/bin/python3 "$root/tests/end_to_end/same_trajectory.py" "$@" >out 2>err; }
says() { grep -qF -- "$1" err; }
only() { local names=("$1"*); [[ ${#names[@]} == "$2" ]]; }
few() { "$program" "$@" >out 2>err; status=$?; }
cat >small.toml <<T
title = "small"
extends = "$root/configs/history.toml"
[run]
firms = 1000
start = "2024-11"
reference = "2024-11"
end = "2025-03"
spin_up = 3
T

few run small.toml -o whole.h5
check "a run without checkpoints" is "$status" 0
check "leaves its output only" only whole 1

# Sends a signal once a run's checkpoint exists, which --checkpoint-every 1 writes after the first month.
signalled() { # SIGNAL CHECKPOINT arguments
  env "${hangup:---default-signal=HUP}" "$program" run small.toml --checkpoint-every 1 "${@:3}" >out 2>err & # the test may run under nohup
  local process=$!
  until [[ -e $2 ]] || ! kill -0 $process 2>/dev/null; do sleep 0.01; done
  kill -"$1" $process 2>/dev/null
  wait $process
  status=$?
}
stopped() { rm -f stopped.h5* && signalled "$1" stopped.h5.checkpoint -o stopped.h5 "${@:2}"; }
for signal in TERM INT HUP; do
  stopped $signal --end 2026-12
  check "SIG$signal stops a run after the month: status 5" is "$status" 5
  check "and says so" says "stopped by SIG$signal after "
  check "with what goes on" test -s stopped.h5.checkpoint -a -s stopped.h5.records -a ! -e stopped.h5
done
few run small.toml -o stopped.h5 --checkpoint-every 1
check "a run that was stopped is not thrown away by a new one" is "$status" 2
check "which says how to go on" says "a run that is not finished left this checkpoint; allowed: --resume"
few run small.toml -o stopped.h5 --resume
check "another configuration does not go on from it" is "$status" 2
check "and the key that differs is named" says "the checkpoint is of another configuration, which differs in run.end;"
few run small.toml -o stopped.h5 --resume --end 2026-12 --firms 1100
check "another population neither" says "the checkpoint is of another population: firms: 1000 there, 1100 here"
stopped TERM
few run small.toml -o stopped.h5 --resume --threads 3
check "resumed on three threads" is "$status" 0
check "it ends as the run that was not stopped" same whole.h5 stopped.h5
check "and leaves nothing beside it" only stopped 1
hangup=--ignore-signal=HUP stopped HUP
check "under nohup SIGHUP stops nothing" is "$status" 0
stopped USR1
check "SIGUSR1 stops nothing" is "$status" 0
check "and changes nothing" same whole.h5 stopped.h5

few run small.toml -o stopped.h5 --checkpoint-every 1 --resume
check "a run that is finished is not run again" says "stopped.h5: finished before; nothing is left to run"
check "which is no failure" is "$status" 0
few run small.toml -o stopped.h5 --checkpoint-every 1 --resume --seed 2
check "that of another seed is" test "$status" = 0 -a -s out

stopped TERM --end 2026-12
few run small.toml -o stopped.h5 --end 2026-12
check "a run without any option about checkpoints does not throw it away either" is "$status" 2
rm stopped.h5.records
few run small.toml -o stopped.h5 --resume --end 2026-12
check "without its months a checkpoint is damaged" says "stopped.h5.records: damaged: there is no such file"
check "and what to remove is said" says "to start anew, remove stopped.h5.checkpoint* and stopped.h5.records"
rm stopped.h5*

# The present checkpoint is damaged; killed as soon as the next one has a name: the previous one is still there.
gcc -shared -fPIC -O1 -o kill_at.so "$root/tests/end_to_end/kill_at.c" -ldl 2>err
killed_at() { LD_PRELOAD=./kill_at.so KILL_AT=$1 "$program" run small.toml -o torn.h5 --checkpoint-every 1 "${@:2}" >out 2>err; }
{ killed_at rename:5:after; } 2>/dev/null
check "killed with two checkpoints" test -s torn.h5.checkpoint -a -s torn.h5.checkpoint.previous
printf XXXX | dd of=torn.h5.checkpoint bs=1 seek=2000 conv=notrunc 2>/dev/null
{ killed_at rename:1:after --resume; } 2>/dev/null
check "the damaged one is told, and another taken" says "going on from the previous one, torn.h5.checkpoint.previous"
few run small.toml -o torn.h5 --checkpoint-every 1 --resume
check "it is still there after a kill while that is renamed" is "$status" 0
check "and the run ends as the one that was not stopped" same whole.h5 torn.h5

# Tables that change under a run.
cp "$root/configs/data/tariff_schedule.csv" duties.csv
{ cat small.toml && printf '[tariff_lines]\nschedule = "%s/duties.csv"\n' "$PWD"; } >own.toml
few run own.toml -o own.h5 --quiet
"$program" run own.toml --checkpoint-every 0 --keep-checkpoint --end 2024-12 -o first.h5 --quiet
mv first.h5.checkpoint second.h5.checkpoint && mv first.h5.records second.h5.records
sed -i 's/^MX,\*,motor_vehicles,0.2,/MX,*,motor_vehicles,0.3,/' duties.csv
few run own.toml -o second.h5 --resume --end 2024-12
check "a run does not go on with other data" is "$status" 2
check "which are named" says "files of data have changed since the checkpoint: duties.csv;"
few reproduce own.h5
check "a file is not reproduced from other data" is "$status" 4
check "and they are named" says "own.h5 was made with other data, which have changed since: duties.csv"
few check own.h5
check "a file tells that they are others" grep -qF "from other data than are here: duties.csv" out
few run own.toml -o first.h5 --seeds 1-2 --quiet
sed -i 's/^MX,\*,motor_vehicles,0.3,/MX,*,motor_vehicles,0.2,/' duties.csv
few run own.toml -o second.h5 --seeds 1-2 --set parameters.candidates=24 --quiet
few compare first.h5 second.h5
check "runs from tables that changed in between are not compared" says "second.h5: error: made from other data than first.h5: duties.csv;"

few run small.toml -o none.h5 --resume --quiet
check "nothing to resume: from the beginning" is "$status" 0
few run small.toml --no-output --checkpoint-every 3
check "checkpoints need an output" is "$status" 2
few run small.toml --checkpoint-every x
check "a number of months that is none" says "--checkpoint-every: error: 'x'; allowed: a whole number of months from 0 to 1200"

# A branch: history until December, then without the tariffs of 2025.
sed "s|configs/history|configs/scenarios/no_2025_tariffs|" small.toml >other.toml
few run small.toml -o shared.h5 --end 2024-12 --checkpoint-every 0 --keep-checkpoint
check "a history with its checkpoint kept" test -s shared.h5.checkpoint
few run other.toml -o branch.h5 --from shared.h5.checkpoint --dry-run
check "what it would take" grep -q '^nothing was written$' out
few run other.toml -o branch.h5 --from shared.h5.checkpoint --dry-run --firms 1300
check "a checkpoint of others is refused without a run" says "shared.h5.checkpoint: error: the checkpoint is of another population"
few run other.toml -o branch.h5 --from none.h5.checkpoint
check "one that is not there is wrong input" test "$status$(cat err)" = "2none.h5.checkpoint: error: cannot read the file: No such file or directory; allowed: a checkpoint as \`nearshore run --checkpoint-every\` wrote it"
mv shared.h5.records kept && mkfifo shared.h5.records
few run other.toml -o branch.h5 --from shared.h5.checkpoint
check "a pipe for its records is not waited for" says "shared.h5.records: error: damaged: not a file"
mv -f kept shared.h5.records
few run other.toml -o branch.h5 --from shared.h5.checkpoint
check "a branch from it" is "$status" 0
check "says what differs" says "branching after 2024-12; the configuration differs in"
few reproduce branch.h5
check "is reproduced with its history" is "$status" 0
few run small.toml -o again.h5 --from shared.h5.checkpoint --set parameters.candidates=24 --end 2025-01 --checkpoint-every 0 --keep-checkpoint
few run small.toml -o twice.h5 --from again.h5.checkpoint --quiet
few check twice.h5
check "a branch of a branch says so" test "$(grep -c "a branch: until 202[45]-.. under another configuration" out)" = 2
few reproduce twice.h5
check "and is reproduced, though it is no run of its configuration" is "$status" 0
few run small.toml -o twice_straight.h5 --quiet
check "as is seen" eval '! same twice_straight.h5 twice.h5'
few run other.toml -o straight.h5
check "is the run that had that policy all along" same straight.h5 branch.h5
few run other.toml -o shared.h5 --from shared.h5.checkpoint
check "a branch does not write over its history" is "$status" 2
few run other.toml -o branch.h5 --from shared.h5
check "what is no checkpoint" says "'shared.h5' is no name of a checkpoint"

few reproduce whole.h5
check "a file is reproduced from its own attributes" is "$status" 0
few check whole.h5
check "and is as it was written" test "$status" = 0 -a "$(head -n 1 out)" = "whole.h5: whole: it is as it was written"
cp whole.h5 bent.h5 && printf X | dd of=bent.h5 bs=1 seek=20000 conv=notrunc 2>/dev/null
few check bent.h5
check "a changed byte is found" is "$status" 2
few run small.toml --seeds 1-2 --paired other.toml --set run.closure=fixed_wage --end 2024-12 -o paired.h5 --quiet
few reproduce paired.h5 --threads 1
check "a paired ensemble too" is "$status" 0
/usr/bin/python3 - <<'P'
import h5py
with h5py.File("whole.h5", "r+") as file:
    file["trade_total" if "trade_total" in file else "claim_share"][0] += 1e-7
P
few reproduce whole.h5
check "a file in which a number was changed is not" is "$status" 4
check "that it has no seal is told" says "whole.h5: it has no seal (any more)"
few check whole.h5
check "nobody vouches for it" is "$status" 4

# Who reads on the progress goes away.
"$program" run small.toml -o unread.h5 --quiet 2>/dev/null
"$program" run small.toml -o read.h5 2>&1 >out | head -n 1 >err
check "a run whose progress nobody reads any more goes on" same unread.h5 read.h5

# An ensemble: what is finished is not run again.
signalled TERM many.h5.seed-3.checkpoint --seeds 1-4 --jobs 1 -o many.h5
check "an ensemble is stopped" is "$status" 5
few run small.toml --seeds 1-4 --jobs 2 -o many.h5 --checkpoint-every 1 --resume
check "and resumed" is "$status" 0
check "without the seeds that were finished" says "many.h5.seed-1: finished before"
few run small.toml --seeds 1-4 -o all.h5 --quiet
check "to the ensemble that was not" same all.h5 many.h5
check "and nothing is left beside it" only many 1

check "20 kills, each resumed to the same bits" kill_and_resume 20 6
exit $((failures > 0))
