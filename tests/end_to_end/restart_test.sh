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
  "$program" run small.toml --checkpoint-every 1 "${@:3}" >out 2>err &
  local process=$!
  until [[ -e $2 ]] || ! kill -0 $process 2>/dev/null; do sleep 0.01; done
  kill -"$1" $process 2>/dev/null
  wait $process
  status=$?
}
stopped() { rm -f stopped.h5* && signalled "$1" stopped.h5.checkpoint -o stopped.h5 "${@:2}"; }
for signal in TERM INT; do
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
stopped USR1
check "SIGUSR1 stops nothing" is "$status" 0
check "and changes nothing" same whole.h5 stopped.h5

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
few run other.toml -o branch.h5 --from shared.h5.checkpoint
check "a branch from it" is "$status" 0
check "says what differs" says "branching after 2024-12; the configuration differs in"
few run other.toml -o straight.h5
check "is the run that had that policy all along" same straight.h5 branch.h5
few run other.toml -o shared.h5 --from shared.h5.checkpoint
check "a branch does not write over its history" is "$status" 2
few run other.toml -o branch.h5 --from shared.h5
check "what is no checkpoint" says "'shared.h5' is no name of a checkpoint"

few reproduce whole.h5
check "a file is reproduced from its own attributes" is "$status" 0
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
