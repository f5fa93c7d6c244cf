#!/usr/bin/env bash
# shellcheck disable=SC2154 # root and work are set by checks.sh
# Kills runs by SIGKILL at random moments (in the months, in a write, around a sync, a rename or a removal of a file) and
# resumes each on another number of threads: every one must end as the run that was never stopped, to the bit, and leave
# nothing beside it. To be sourced after checks.sh.
#
#   kill_and_resume KILLS SEED     prints a table of kills by moment; 0 if all is well

program=$root/build/nearshore
export NEARSHORE_ROOT=$root

crash_run=("$program" run "$work/crash.toml" -o "$work/crash/run.h5" --checkpoint-every 1 --resume --quiet)

prepare_crashes() {
  cat >"$work/crash.toml" <<T
title = "to be killed"
extends = "$root/configs/history.toml"
[run]
firms = 1000
start = "2024-12"
reference = "2024-12"
end = "2025-04"
spin_up = 4
T
  cc -shared -fPIC -O1 -o "$work/kill_at.so" "$root/tests/end_to_end/kill_at.c" -ldl || return 1
  mkdir -p "$work/crash" "$work/resumed"
  local kind
  for kind in one seeds; do
    local more=()
    if [[ $kind == seeds ]]; then more=(--seeds 1-3 --jobs 2); fi
    local begin=$EPOCHREALTIME
    LD_PRELOAD=$work/kill_at.so KILL_AT=count:$work/calls.$kind "${crash_run[@]}" "${more[@]}" || return 1
    echo $(((${EPOCHREALTIME/./} - ${begin/./}) / 1000)) >"$work/milliseconds.$kind"
    mv "$work/crash/run.h5" "$work/whole.$kind.h5"
    [[ -z $(ls -A "$work/crash") ]] || return 1
  done
}

# Kills one run; the moment is drawn. Sets moment; fails if the run ended before.
kill_once() { # KIND of run
  local more=() call n total status
  if [[ $1 == seeds ]]; then more=(--seeds 1-3 --jobs 2); fi
  if ((RANDOM % 2)); then
    moment="at a random time"
    local wait=$((RANDOM % $(<"$work/milliseconds.$1")))
    "${crash_run[@]}" --threads $((1 + RANDOM % 2)) "${more[@]}" &
    local process=$!
    sleep "$(printf '%d.%03d' $((wait / 1000)) $((wait % 1000)))"
    kill -KILL "$process" 2>/dev/null
    wait "$process" 2>/dev/null
    status=$?
  else
    local calls=(write pwrite fsync rename rename unlink)
    call=${calls[RANDOM % ${#calls[@]}]}
    total=$(sed -n "s/^$call //p" "$work/calls.$1")
    n=$((1 + (RANDOM * 32768 + RANDOM) % total))
    moment="in $call"
    LD_PRELOAD=$work/kill_at.so KILL_AT=$call:$n:$( ((RANDOM % 2)) && echo before || echo after) \
      "${crash_run[@]}" "${more[@]}" 2>/dev/null
    status=$?
  fi
  [[ $status == 137 ]]
}

kill_and_resume() { # KILLS SEED
  RANDOM=$2
  local killed=0 ended=0 kind leftovers
  declare -A moments=()
  prepare_crashes || return 1
  while ((killed < $1)); do
    rm -rf "$work/crash" && mkdir "$work/crash"
    kind=one
    if ((killed % 10 == 9)); then kind=seeds; fi
    if ! kill_once $kind 2>/dev/null; then
      if ((++ended > 5 * $1)); then return 1; fi # too late, again and again
      continue
    fi
    killed=$((killed + 1))
    moments[$moment]=$((${moments[$moment]:-0} + 1))
    local more=()
    if [[ $kind == seeds ]]; then more=(--seeds 1-3 --jobs 1); fi
    if ! "${crash_run[@]}" --threads $((1 + killed % 3)) "${more[@]}" 2>"$work/err"; then
      echo "kill $killed, $moment: resuming failed"
      return 1
    fi
    leftovers=$(find "$work/crash" -mindepth 1 ! -name run.h5)
    if [[ -n $leftovers ]]; then
      echo "kill $killed, $moment: left $leftovers"
      return 1
    fi
    mv "$work/crash/run.h5" "$work/resumed/$kind.$killed.h5"
  done
  for kind in one seeds; do
    compgen -G "$work/resumed/$kind.*.h5" >/dev/null || continue
    if ! /usr/bin/python3 "$root/tests/end_to_end/same_trajectory.py" "$work/whole.$kind.h5" "$work/resumed/$kind".*.h5 \
      >"$work/out" 2>"$work/err"; then return 1; fi
  done
  for moment in "${!moments[@]}"; do
    printf '    %4d killed %s\n' "${moments[$moment]}" "$moment"
  done | sort -k3
  printf '    %4d resumed, every one the same to the bit\n' "$killed"
}
