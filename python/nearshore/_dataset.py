"""Arrays of runs as labelled xarray data sets, like those that a file gives."""
from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, Union

import numpy
import xarray

from . import _core
from ._errors import config_error

TIME_UNITS = "days since 2000-01-01"


def texts(labels: Sequence[str]) -> numpy.ndarray:
    """Labels as netCDF's readers give them."""
    out = numpy.empty(len(labels), dtype=object)
    out[:] = labels
    return out


def coordinates(scenario: _core.Scenario, months: Sequence[str]) -> dict[str, xarray.Variable]:
    """Axes of every variable, and the months as text."""
    days = numpy.array([f"{month}-01" for month in months], dtype="datetime64[ns]")
    time = xarray.IndexVariable("time", days, {"standard_name": "time", "long_name": "first day of the month"},
                                {"units": TIME_UNITS, "calendar": "proleptic_gregorian", "dtype": numpy.dtype("int32")})
    out = {"time": time, "month": xarray.Variable("time", texts(months), {"long_name": "month"})}
    for name, (meaning, labels) in scenario.labels().items():
        out[name] = xarray.IndexVariable(name, texts(labels), {"long_name": meaning})
    return out


def seed_axis(seeds: Sequence[int]) -> xarray.IndexVariable:
    return xarray.IndexVariable("seed", numpy.array(seeds, dtype="int64"), {"long_name": "random seed of the run"})


def dataset(scenario: _core.Scenario, arrays: Mapping[str, numpy.ndarray], months: Sequence[str],
            leading: Mapping[str, xarray.IndexVariable], attributes: Mapping[str, Any]) -> xarray.Dataset:
    """Arrays whose first axes are ``leading``, then time, as a data set."""
    axes = coordinates(scenario, months)
    variables, used = {}, {"time", "month", *leading}
    for name, dims, unit, meaning, _ in _core.variables():
        if name not in arrays:
            continue
        used.update(dims)
        variables[name] = xarray.Variable((*leading, "time", *dims), arrays[name],
                                          {"units": unit, "long_name": meaning})
    coords: dict[str, xarray.Variable] = {**leading, **{name: axis for name, axis in axes.items() if name in used}}
    return xarray.Dataset(variables, coords, dict(attributes))


def open(path: Union[str, os.PathLike], group: str | None = None) -> xarray.Dataset:
    """Opens a trajectory that the program or :func:`save` wrote, with its labels.

    Values are read when they are used; ``with nearshore.open(path) as run:`` closes the file. ``group="run"`` is what may
    differ between equal runs (threads, time taken), ``group="effects"`` the table of a paired ensemble.

    Raises :class:`ConfigError` for a file that is missing or no trajectory.

    >>> with nearshore.open("history.h5") as run:
    ...     share = run.claim_share_recorded.sel(exporter="MX", importer="US").to_series()
    """
    path = os.fspath(path)
    if not os.path.exists(path):
        raise config_error(f"'{path}' does not exist", "open", "a trajectory (HDF5)")
    try:
        data = xarray.open_dataset(path, engine="netcdf4", group=group)
    except (OSError, ValueError) as cause:
        raise config_error(f"'{path}' cannot be read: {cause}", "open", "a trajectory (HDF5)") from cause
    if group is None and data.attrs.get("program") != "nearshore":
        data.close()
        raise config_error(f"'{path}' is no trajectory of this program", "open", "a file that `run` wrote")
    return data
