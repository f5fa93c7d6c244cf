#!/usr/bin/env bash
# A Slurm of its own for a test: slurmctld, slurmd and munged on the loopback, own ports, own state; to be sourced after
# checks.sh. slurm_start NODES CPUS; slurm_stop ends what was started, by its ids.
# shellcheck disable=SC2154 # root, work: of checks.sh
slurm=$work/slurm
slurm_pids=()

slurm_missing() { # says what is not installed; fails where all is there
  local what missing=""
  for what in slurmctld slurmd munged sbatch scontrol; do
    PATH=$PATH:/usr/sbin command -v "$what" >/dev/null || missing+=" $what"
  done
  [[ -n $missing ]] && echo "not installed:$missing"
}

slurm_port() { # a port that nobody has
  /usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

slurm_start() { # NODES, CPUS of each
  local nodes=$1 cpus=$2 host user node ports=()
  PATH=$PATH:/usr/sbin
  host=$(hostname -s)
  user=$(id -un)
  mkdir -p "$slurm"/{state,spool,log}
  chmod 700 "$slurm"
  dd if=/dev/urandom of="$slurm/munge.key" bs=1024 count=1 status=none
  chmod 400 "$slurm/munge.key"
  for ((node = 1; node <= nodes; ++node)); do ports+=("$(slurm_port)"); done
  {
    cat <<C
ClusterName=sweeptest
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(slurm_port)
SlurmUser=$user
SlurmdUser=$user
AuthType=auth/munge
AuthInfo=socket=$slurm/munge.socket
CryptoType=crypto/munge
StateSaveLocation=$slurm/state
SlurmdSpoolDir=$slurm/spool/%n
SlurmctldPidFile=$slurm/slurmctld.pid
SlurmdPidFile=$slurm/slurmd-%n.pid
SlurmctldLogFile=$slurm/log/slurmctld.log
SlurmdLogFile=$slurm/log/slurmd-%n.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=30
KillWait=5
MinJobAge=600
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0
C
    for ((node = 1; node <= nodes; ++node)); do
      echo "NodeName=n$node NodeHostname=$host NodeAddr=127.0.0.1 Port=${ports[node - 1]} CPUs=$cpus RealMemory=1500 State=UNKNOWN"
    done
    echo "PartitionName=short Nodes=ALL Default=YES MaxTime=INFINITE State=UP OverSubscribe=NO"
  } >"$slurm/slurm.conf"
  export SLURM_CONF=$slurm/slurm.conf
  munged --foreground --force --key-file="$slurm/munge.key" --socket="$slurm/munge.socket" --pid-file="$slurm/munge.pid" \
    --log-file="$slurm/log/munged.log" --seed-file="$slurm/munge.seed" >/dev/null 2>&1 &
  slurm_pids+=($!)
  for _ in {1..100}; do [[ -S $slurm/munge.socket ]] && break; sleep 0.05; done
  slurmctld -D >/dev/null 2>&1 &
  slurm_pids+=($!)
  for ((node = 1; node <= nodes; ++node)); do
    slurmd -D -N "n$node" >/dev/null 2>&1 &
    slurm_pids+=($!)
  done
  for _ in {1..150}; do
    [[ $(sinfo -h -t idle -o %D 2>/dev/null) == "$nodes" ]] && return 0
    sleep 0.2
  done
  tail -n 20 "$slurm"/log/* >&2
  return 1
}

slurm_stop() {
  local pid
  # Jobs of a test that has failed: their steps would outlive the daemons.
  if [[ ${SLURM_CONF-} == "$slurm/slurm.conf" && -n $(squeue -h 2>/dev/null) ]]; then
    scancel --user="$(id -un)" --signal=KILL --full 2>/dev/null
    scancel --user="$(id -un)" 2>/dev/null
    slurm_wait 10 2>/dev/null
  fi
  # Daemons first, munged last.
  for ((pid = ${#slurm_pids[@]} - 1; pid >= 0; --pid)); do
    kill "${slurm_pids[pid]}" 2>/dev/null
    wait "${slurm_pids[pid]}" 2>/dev/null
  done
  slurm_pids=()
}

# Waits until no job is left, at most so many seconds.
slurm_wait() { # SECONDS
  local end=$((SECONDS + $1)) jobs none=0
  while ((SECONDS < end)); do
    # A question that the controller has no time for tells nothing, and a job that is requeued is in none of the states for a moment.
    if jobs=$(squeue -h -t pending,running,completing,configuring,requeued,suspended 2>/dev/null) && [[ -z $jobs ]]; then
      none=$((none + 1))
      ((none == 3)) && return 0
    else
      none=0
    fi
    sleep 0.3
  done
  squeue >&2
  return 1
}

# Requeues a running job or task; Slurm would wait some minutes before it starts again.
slurm_requeue() { # JOB
  scontrol requeue "$1" || return 1
  for _ in {1..100}; do
    if [[ $(squeue -h -o %r -j "$1" 2>/dev/null) == BeginTime ]]; then
      scontrol update JobId="$1" StartTime=now && return 0
    fi
    sleep 0.1
  done
  return 0
}
