#!/usr/bin/env python3
"""What `run --dry-run` foresees against what runs take: the table of docs/performance.md, as Markdown.

Usage: /usr/bin/python3 bench/predictions.py [SIZES], e.g. 5000,20000; run it when nothing else runs. Files go to a temporary folder.
"""
import os
import re
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "nearshore")
UNITS = {"s": 1, "min": 60, "h": 3600, "MB": 1, "GB": 1000}


def predicted(arguments):
    text = subprocess.run([PROGRAM, "run", *arguments, "--dry-run"], check=True, capture_output=True, text=True).stdout
    found = {}
    for line in ("time", "memory", "file"):
        number, unit = re.search(rf"^{line} +about ([\d.e+]+) (\w+)", text, re.MULTILINE).groups()
        found[line] = float(number) * UNITS[unit]
    return found, re.search(r"^runs .*?(\d+) at a time on (\d+) thread", text, re.MULTILINE).groups()


def real(arguments, output):
    """Wall seconds, processor seconds, MB at the peak, MB of the file; of the run alone, in a child of its own."""
    code = ("import resource, subprocess, sys\n"
            "subprocess.run(sys.argv[1:], check=True)\n"
            "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
            "print(used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)")
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code, PROGRAM, "run", *arguments, "--quiet"], check=True,
                          capture_output=True, text=True).stdout
    wall = time.monotonic() - start
    processor, memory = map(float, done.split())
    return wall, processor, memory, os.path.getsize(output) / 1e6


def main(sizes):
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "run.h5")
        frozen = os.path.join(ROOT, "configs/scenarios/frozen_policy.toml")
        cases = [(f"{int(n):,} firms, 1 thread", ["--firms", n, "--threads", "1"]) for n in sizes]
        cases += [("20,000 firms, 2 threads", ["--firms", "20000", "--threads", "2"]),
                  ("frozen policy, 50,000 firms, 48 candidates",
                   [frozen, "--firms", "50000", "--threads", "1", "--set", "parameters.candidates=48"]),
                  ("8 seeds of 10,000 firms, 2 at a time", ["--firms", "10000", "--seeds", "1-8", "--jobs", "2"])]
        print("| run | time foreseen, s | wall, s | processor, s a thread | memory, MB | real | file, MB | real |")
        print("|---|---|---|---|---|---|---|---|")
        for name, arguments in cases:
            arguments = [*arguments, "-o", output]
            seen, (jobs, threads) = predicted(arguments)
            wall, processor, memory, size = real(arguments, output)
            a_thread = processor / int(jobs) / int(threads)
            print(f"| {name} | {seen['time']:.3g} | {wall:.3g} ({seen['time'] / wall - 1:+.0%}) | {a_thread:.3g} "
                  f"({seen['time'] / a_thread - 1:+.0%}) | {seen['memory']:.3g} | {memory:.3g} ({seen['memory'] / memory - 1:+.0%}) "
                  f"| {seen['file']:.3g} | {size:.3g} ({seen['file'] / size - 1:+.0%}) |", flush=True)


main(sys.argv[1].split(",") if len(sys.argv) > 1 else ["5000", "20000", "100000", "500000"])
