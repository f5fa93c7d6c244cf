"""A slice of many runs, made from the results of a few: what merging 10,000 runs takes, without making them.

Usage: many_runs.py FROM.runs TO.runs RUNS; TO.runs must exist, made by the sweep that is to have these runs.
"""
import struct
import sys
import zlib

MAGIC = b"nshruns1"
HEADER = struct.Struct("<IIIIQQQdd32sII")  # output/sweep/run_log.cpp
RECORD, END, DONE = 0x4E524543, 0x43455253, 3


def records(path):
    with open(path, "rb") as file:
        data = file.read()
    assert data[:8] == MAGIC
    at = 8
    while at < len(data):
        head = HEADER.unpack_from(data, at)
        content = data[at + HEADER.size : at + HEADER.size + head[6]]
        yield head, content
        at += HEADER.size + head[6] + 8


def record(run, source, program, configuration):
    head, content = source
    fields = [RECORD, DONE, run, head[3], program, configuration, head[6], head[7], head[8], head[9], 0]
    packed = HEADER.pack(*fields, 0)[:-4]
    check = struct.pack("<I", zlib.crc32(packed))
    return packed + check + content + struct.pack("<I", END) + check


def main(source, target, runs):
    done = [r for r in records(source) if r[0][1] == DONE]
    _, _, _, _, program, configuration, *_ = next(records(target))[0]
    with open(target, "wb") as file:
        file.write(MAGIC)
        for run in range(int(runs)):
            file.write(record(run, done[run % len(done)], program, configuration))


main(*sys.argv[1:])
