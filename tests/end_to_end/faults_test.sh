#!/usr/bin/env bash
# shellcheck disable=SC2317 # the checks are called by name
# What goes wrong outside: each gives one clear line and an exit status of its own, and leaves the last good output.
set -uo pipefail
# shellcheck source=tests/end_to_end/checks.sh
source "$(dirname "$(readlink -f "$0")")/checks.sh"
export NEARSHORE_ROOT=$root
program=$root/build/nearshore
cd "$work" || exit 1
run --version # builds if need be
few() { "$program" "$@" >out 2>err; status=$?; }
says() { [[ $(grep -c 'error: ' err) == 1 ]] && grep -qF -- "$1" err; }
unharmed() { cmp -s good.h5 "$1"; }
only() { [[ "$(ls -A "$1")" == "$2" ]]; }
cat >small.toml <<T
title = "small"
extends = "$root/configs/history.toml"
[run]
firms = 1000
start = "2025-01"
reference = "2025-01"
end = "2025-03"
spin_up = 1
T
few run small.toml -o good.h5 --quiet
check "a good output" test -s good.h5

mkdir disk
if [[ $(id -u) == 0 ]] && mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null; then
  trap 'umount "$work/disk" "$work/fixed" 2>/dev/null; rm -rf "$work"' EXIT
  few run small.toml -o disk/run.h5 --quiet
  check "a full disk is status 7" is "$status" 7
  check "in one clear line" says "No space left on device"
  check "and leaves nothing half" only disk ""
  few run small.toml -o disk/run.h5 --checkpoint-every 1 --quiet
  check "a full disk while a checkpoint is written: status 7" is "$status" 7
  check "in one clear line too" says "No space left on device"
  mount -o remount,size=64m disk
  cp good.h5 disk/run.h5
  few run small.toml -o disk/run.h5 --resume --quiet
  check "with room again it goes on" is "$status" 0
  cp good.h5 disk/run.h5
  head -c 40M /dev/zero >disk/filler
  mount -o remount,size=41m disk
  few run small.toml -o disk/run.h5 --seed 2 --end 2026-12 --quiet
  check "no room beside an older output: status 7" is "$status" 7
  check "which is as it was" unharmed disk/run.h5

  mkdir fixed
  mount -t tmpfs tmpfs fixed && cp good.h5 fixed/run.h5 && mount -o remount,ro fixed
  few run small.toml -o fixed/run.h5
  check "a read-only folder is status 3" is "$status" 3
  check "in one clear line" says "cannot write 'fixed/run.h5': Read-only file system"
  check "with the output as it was" unharmed fixed/run.h5
else
  echo "ok (no permission to mount: full disk and read-only file system are not tested here)"
  mkdir fixed && cp good.h5 fixed/run.h5 && chmod 555 fixed
  if [[ $(id -u) != 0 ]]; then
    few run small.toml -o fixed/run.h5
    check "a folder that may not be written is status 3" is "$status" 3
    check "in one clear line" says "cannot write 'fixed/run.h5': Permission denied"
  fi
  chmod 755 fixed
fi

cp good.h5 run.h5
(ulimit -f 64; exec "$program" run small.toml -o run.h5 --seed 2 --quiet >out 2>err); status=$?
check "a limit on the size of files is status 8" is "$status" 8
check "in one clear line" says "File too large"
check "with the output as it was" unharmed run.h5
(ulimit -f 64; exec "$program" run small.toml -o other.h5 --checkpoint-every 1 --quiet >out 2>err); status=$?
check "while a checkpoint is written too" is "$status" 8

{ "$program" run small.toml -o pipe.h5 2>err; echo $? >status; } | true
check "nobody reads standard output: status 9" is "$(<status)" 9
check "in one clear line" says "standard output could not be written: Broken pipe"
check "with the output complete" test -s pipe.h5

limits() { # every limit on memory below what a run needs gives status 6 and one line
  local kib least
  for ((least = 20000; least < 2000000; least += 5000)); do
    (ulimit -v "$least"; exec "$program" --version >/dev/null 2>&1) && break
  done
  for kib in $least $((least + 20000)) $((least + 40000)) $((least + 70000)) $((least + 110000)) $((least + 160000)); do
    cp good.h5 run.h5
    (ulimit -v "$kib"; exec "$program" run small.toml -o run.h5 --threads 2 --firms 20000 --quiet >out 2>err); status=$?
    if [[ $status == 0 ]]; then return 0; fi
    if [[ $status != 6 ]] || ! unharmed run.h5 || [[ $(wc -l <err) != 1 ]]; then
      echo "    limit $kib KiB" && return 1
    fi
  done
}
check "not enough memory is status 6, wherever it is met" limits

"$program" run small.toml -o run.h5 --end 2026-12 --firms 40000 --seed 3 --quiet & # some seconds
first=$!
until [[ -s run.h5.lock ]]; do sleep 0.01; done
few run small.toml -o run.h5
check "another run on the same output is status 10" is "$status" 10
check "which names the first" says "another run is writing it (process $first on "
kill -0 $first 2>/dev/null
check "that goes on" is $? 0
kill -KILL $first
wait $first 2>/dev/null
few run small.toml -o run.h5 --quiet
check "one that was killed holds no lock" is "$status" 0
check "and is cleared away" is "$(ls -d run.h5*)" run.h5
exit $((failures > 0))
