"""A simulation month by month, whose policy may change as it goes."""
from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import tomllib

import xarray

from . import _core
from ._config import ConfigLike, Overrides, as_config
from ._dataset import coordinates, dataset
from ._errors import config_error


class Simulation:
    """A run that goes on a month at a time.

    Making one lays out the firms and runs the spin-up. Then :meth:`step` runs a month; :attr:`firms` shows the
    population; :meth:`set_measure`, :meth:`repeal` and :meth:`enact` change policy from the next month on.

    Parameters: ``config`` and ``overrides`` as in :func:`run`; ``variables``: names to keep for :meth:`latest` and
    :meth:`dataset` (None: all).

    The lock of the interpreter is released while a month runs. A simulation is for one thread at a time.

    >>> sim = nearshore.Simulation(overrides={"run.firms": 1_000})
    >>> sim.step()
    '2024-01'
    >>> sim.firms.capacity.sum()          # base cents a month
    >>> for month in sim:                 # the rest
    ...     if float(sim.latest("claim_share").sel(exporter="MX", importer="US")) > 0.8:
    ...         sim.set_measure("ieepa_mexico", rate=0.10)
    >>> data = sim.dataset()
    """

    def __init__(self, config: ConfigLike = None, overrides: Overrides | None = None, *,
                 variables: Sequence[str] | None = None):
        self._config = as_config(config, overrides)
        self._law = self._config
        self._core = _core.Simulation(self._config._core, None if variables is None else list(variables))
        self._months = self._config.months
        self._axes = coordinates(self._config._core, [])
        self._dims = {name: dims for name, dims, *_ in _core.variables()}
        self._meta = {name: {"units": unit, "long_name": meaning} for name, _, unit, meaning, _ in _core.variables()}
        self.changes: list[tuple[str, str]] = []
        """(month from which it acts, what was changed), in order."""

    # Time

    def step(self) -> str:
        """Runs the next month and returns it, e.g. ``"2025-06"``. Raises ConfigError after the last one (run.end)."""
        self._core.step()
        return self._months[self._core.months_done - 1]

    @property
    def month(self) -> str | None:
        """The month run last; None before the first."""
        done = self._core.months_done
        return self._months[done - 1] if done else None

    @property
    def next_month(self) -> str:
        """The month that :meth:`step` runs next: the first one in which a change of policy acts."""
        return self._core.next_month

    @property
    def finished(self) -> bool:
        """Whether the last month (run.end) is done."""
        return self._core.finished

    def __iter__(self) -> Iterator[str]:
        """Runs the months that are left; each is yielded when it is done."""
        while not self.finished:
            yield self.step()

    def run(self, each_month: "Callable[[Simulation], Any] | None" = None, until: str | None = None) -> None:
        """Runs to ``until`` (a month, included) or to the end; calls ``each_month(sim)`` after every month."""
        if until is not None and until not in self._months:
            raise config_error(f"until = {until!r}", "run", f"a month from {self._months[0]} to {self._months[-1]}")
        while not self.finished and (until is None or self.next_month <= until):
            self.step()
            if each_month is not None:
                each_month(self)

    # What is seen

    @property
    def config(self):
        """The configuration with which it began."""
        return self._config

    @property
    def firms(self) -> _core.Firms:
        """The population: one attribute a column, each a read-only NumPy view of the simulation's own memory.

        Shapes: ``(firms,)``, ``(links,)``, ``(inputs,)``, ``(desks,)``, ``(firms, regions)``, ``(firms, books)``; units in each
        column's docstring (``help(sim.firms)``). Firm f has inputs ``first_input[f]`` to ``first_input[f + 1]``, input i has links
        ``first_link[i]`` to ``first_link[i + 1]``. A view shows the month run last, also later, and stays valid as long as it is
        held; to keep a month, ``.copy()`` it. ``price``, ``claims``, ``originating`` and ``content`` must be asked for anew after
        each step: two copies of them take turns.
        """
        return self._core.firms

    @property
    def regions(self) -> list[str]:
        """Codes by index (``firms.region``)."""
        return list(self._axes["region"].values)

    @property
    def sectors(self) -> list[str]:
        """Codes by index (``firms.sector``)."""
        return list(self._axes["sector"].values)

    @property
    def measures(self) -> list[str]:
        """Names of the measures, for :meth:`set_measure`."""
        return self._law.measures

    def latest(self, variable: str) -> xarray.DataArray:
        """A variable (docs/output.md) of the month run last, with its labels and without the axis ``time``."""
        done = self._core.months_done
        if not done:
            raise config_error("no month has been run", "latest", "step() first")
        arrays = self._core.arrays
        if variable not in arrays:
            raise config_error(f"no variable '{variable}'", "latest", ", ".join(arrays))
        dims = self._dims[variable]
        return xarray.DataArray(arrays[variable][0, done - 1].copy(), {d: self._axes[d] for d in dims}, dims,
                                name=variable, attrs=self._meta[variable])

    def dataset(self) -> xarray.Dataset:
        """The months so far as :func:`run` returns them. Changes of policy are in the attribute ``policy_changes``."""
        done = self._core.months_done
        scenario = self._config._core
        data = dataset(scenario, {name: a[0, :done].copy() for name, a in self._core.arrays.items()},
                       self._months[:done], {}, scenario.attributes(None))
        if self.changes:
            data.attrs["policy_changes"] = "\n".join(f"{month}: {text}" for month, text in self.changes)
        return data

    # What is changed

    def set_measure(self, name: str, *, rate: float | None = None, originating: str | None = None) -> None:
        """Sets a measure's terms from the next month on, until they are set again.

        ``rate``: ad valorem, 0.25 is 25 %. ``originating``: how it treats goods for which origin is claimed, ``"none"`` (they
        pay like any), ``"exempt"`` or ``"content"``. What the law would have changed later in this measure is dropped; a measure
        that would begin later begins. Raises ConfigError for an unknown measure, one that has ended, a rate out of range.
        """
        self._core.decree(name, None if rate is None else float(rate), originating, False)
        terms = [f"rate = {rate}"] * (rate is not None) + [f"originating = {originating}"] * (originating is not None)
        self.changes.append((self.next_month, f"{name}: {', '.join(terms)}"))

    def repeal(self, name: str) -> None:
        """Ends a measure: its last month is the one run last."""
        self._core.decree(name, None, None, True)
        self.changes.append((self.next_month, f"{name}: repealed"))

    def enact(self, toml: str) -> None:
        """Lays a TOML text of policy on the configuration: measures, amendments, stacking, rules of origin, levers
        (docs/policy.md). It acts from the next month on, whatever earlier days it names.

        The text is read and checked like a file; ConfigError names its line and column. Regions, sectors, authorities,
        agreements and tariff lines must stay as they are. What :meth:`set_measure` has set stays set.
        """
        frozen = self._law.values.get("policy", {})
        if {"measures_frozen_from", "frozen_from"} & frozen.keys() and "measure" in tomllib.loads(toml):
            raise config_error("measures of this configuration are frozen (policy.measures_frozen_from or frozen_from)",
                               "enact", "amendments, set_measure(), or a configuration that is not frozen")
        law = self._law.replace(toml=toml)
        self._core.enact(law._core)
        self._law = law
        self.changes.append((self.next_month, "enacted: " + " | ".join(line for line in toml.splitlines() if line.strip())))

    def __repr__(self) -> str:
        return f"<nearshore.Simulation {self._config.title!r}, {len(self.firms)} firms, {self.month or 'not begun'}>"
