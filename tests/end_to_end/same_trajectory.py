"""Two trajectories are equal to the bit: every dataset and attribute outside the group /run.

Usage: same_trajectory.py FILE OTHER...; exits 1 and names the first difference.
"""
import sys

import h5py
import numpy

LINKS = {"DIMENSION_LIST", "REFERENCE_LIST"}  # addresses inside a file; compared as names of axes


def plain(value):
    """Bytes to compare: NaN equals NaN, 0 and -0 differ."""
    array = numpy.asarray(value)
    return array.tolist() if array.dtype.kind == "O" else (array.dtype.str, array.shape, array.tobytes())


def axes(dataset):
    return [list(dimension.keys()) for dimension in dataset.dims]


def objects(file):
    found = {"/": file}
    file.visititems(lambda name, thing: found.__setitem__(name, thing))
    return {name: thing for name, thing in found.items() if name.split("/")[0] != "run"}


def main(path, other):
    values = 0
    with h5py.File(path) as a, h5py.File(other) as b:
        mine, theirs = objects(a), objects(b)
        if list(mine) != list(theirs):
            sys.exit(f"different objects: {sorted(set(mine) ^ set(theirs))}")
        for name, x in mine.items():
            y = theirs[name]
            if list(x.attrs) != list(y.attrs):
                sys.exit(f"{name}: different attributes: {list(x.attrs)}, {list(y.attrs)}")
            for key in x.attrs:
                if key not in LINKS and plain(x.attrs[key]) != plain(y.attrs[key]):
                    sys.exit(f"{name}: attribute {key} differs")
            if not isinstance(x, h5py.Dataset):
                continue
            if axes(x) != axes(y):
                sys.exit(f"{name}: different axes: {axes(x)}, {axes(y)}")
            first, second = x[()], y[()]
            values += first.size
            if plain(first) != plain(second):
                where = numpy.argwhere(~((first == second) | ((first != first) & (second != second))))
                sys.exit(f"{name}: {len(where)} of {first.size} values differ, the first at {where[:1].tolist()}")
    if values == 0:
        sys.exit("nothing to compare")


if len(sys.argv) < 3:
    sys.exit(__doc__)
for other in sys.argv[2:]:
    main(sys.argv[1], other)
