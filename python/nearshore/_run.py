"""Whole runs in memory."""
from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Union

import numpy
import xarray

from . import _core
from ._config import Config, ConfigLike, Overrides, as_config
from ._dataset import dataset, seed_axis
from ._errors import config_error

if TYPE_CHECKING:
    from ._simulation import Simulation

Seeds = Union[str, Iterable[int], None]
Progress = Union[bool, Callable[[int, int], Any]]


def seed_list(seeds: Union[str, Iterable[int]]) -> list[int]:
    """Seeds as whole numbers: of "1-20", "1,3,101-105", range(1, 21), [7]."""
    if isinstance(seeds, str):
        return _core.parse_seeds(seeds)
    if isinstance(seeds, (int, numpy.integer)):
        raise config_error(f"seeds = {seeds}", "seeds",
                           f'a list, a range or a text such as "1-{max(int(seeds), 2)}"; one seed: [{seeds}]')
    out = list(seeds)
    if not all(isinstance(s, (int, numpy.integer)) and not isinstance(s, bool) for s in out):
        raise config_error(f"seeds = {out}", "seeds", "whole numbers")
    return _core.parse_seeds(",".join(str(int(s)) for s in out))


class _Line:
    """A line of progress on standard error, where somebody can see it."""

    def __init__(self) -> None:
        self.start, self.shown, self.width = time.monotonic(), 0.0, 0
        self.visible = sys.stderr is not None and (sys.stderr.isatty() or "ipykernel" in sys.modules)

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if not self.visible or (now - self.shown < 0.2 and done < total):
            return
        self.shown = now
        text = f"{done} of {total} months, {now - self.start:.1f} s"
        if done < total and done > 0:
            text += f", {(now - self.start) * (total - done) / done:.0f} s left"
        sys.stderr.write("\r" + text.ljust(self.width) + ("\n" if done == total else ""))
        sys.stderr.flush()
        self.width = len(text)


def tick_of(progress: Progress) -> Callable[[int, int], Any] | None:
    if callable(progress):
        return progress
    return _Line() if progress else None


def run(config: ConfigLike = None, overrides: Overrides | None = None, *, seeds: Seeds = None, threads: int = 0,
        jobs: int = 0, variables: Sequence[str] | None = None, progress: Progress = True,
        government: "Callable[[Simulation], Any] | None" = None) -> xarray.Dataset:
    """Simulates a scenario and returns its trajectory; no file is written.

    Parameters
    ----------
    config : path of a scenario, a :class:`Config`, or None for the history of 2024 to 2026.
    overrides : keys by dotted path, e.g. ``{"run.firms": 2_000, "run.end": "2025-12"}``.
    seeds : None runs the configuration's own seed. A list, a range or a text (``"1-20"``) runs an ensemble, and
        ``seed`` is the first axis. Runs go side by side as processors and memory allow.
    threads : of each run; 0: what processors allow. No result depends on it.
    jobs : runs at a time; 0: what processors and memory allow.
    variables : names to keep (docs/output.md); None: all. Saves memory.
    progress : True shows a line on standard error (of a terminal or a notebook); or a function of (months done,
        months in all).
    government : called with the :class:`Simulation` after each month; it may change policy from the next month on.
        Runs of an ensemble then go one after the other.

    Returns
    -------
    xarray.Dataset with the variables, axes, attributes and numbers of a trajectory file: ``(time, ...)`` or
    ``(seed, time, ...)``. Values are million USD a month, shares of 1 and indices (``units`` of each variable).

    Ctrl-C ends the run within a month of the simulation. Raises :class:`ConfigError`.

    >>> data = nearshore.run(overrides={"run.firms": 1_000}, seeds="1-4")
    >>> share = data.claim_share.sel(exporter="MX", importer="US")      # (seed, time)
    >>> share.quantile([0.05, 0.5, 0.95], "seed")
    """
    cfg = as_config(config, overrides)
    wanted = None if seeds is None else seed_list(seeds)
    if wanted is not None:
        cfg = cfg.replace({"run.seed": wanted[0]})  # the configuration that the data carry runs again as it is
    keep = None if variables is None else list(variables)
    if government is not None:
        return _governed(cfg, wanted, threads, keep, tick_of(progress), government)
    scenario = cfg._core
    runs = [(scenario, seed) for seed in (wanted or [scenario.seed])]
    arrays = _core.run(runs, check_count(jobs, "jobs"), check_count(threads, "threads"), keep, tick_of(progress))
    return _of_seeds(cfg, wanted, arrays)


def check_count(value: int, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, (int, numpy.integer)) or not 0 <= value <= 1024:
        raise config_error(f"{name} = {value!r}", name, "a whole number from 0 to 1024")
    return int(value)


def _of_seeds(cfg: Config, seeds: list[int] | None, arrays: dict[str, numpy.ndarray]) -> xarray.Dataset:
    if seeds is None:
        arrays = {name: array[0] for name, array in arrays.items()}
    leading = {} if seeds is None else {"seed": seed_axis(seeds)}
    return dataset(cfg._core, arrays, cfg.months, leading, cfg._core.attributes(seeds))


def _governed(cfg: Config, seeds: list[int] | None, threads: int, variables: list[str] | None,
              tick: Callable[[int, int], Any] | None, government: "Callable[[Simulation], Any]") -> xarray.Dataset:
    from ._simulation import Simulation

    total = len(cfg.months) * len(seeds or [0])
    done, arrays, changes = 0, [], []
    for seed in seeds or [cfg.run.seed]:
        sim = Simulation(cfg, {"run.seed": seed, "run.threads": check_count(threads, "threads")}, variables=variables)
        for _ in sim:
            government(sim)
            done += 1
            if tick is not None:
                tick(done, total)
        arrays.append(sim._core.arrays)
        changes.append("\n".join(f"{month}: {text}" for month, text in sim.changes))
    data = _of_seeds(cfg, seeds, {name: numpy.concatenate([a[name] for a in arrays]) for name in arrays[0]})
    data.attrs["policy_changes"] = changes[0] if seeds is None else "\n".join(
        f"seed {seed}: {line}" for seed, text in zip(seeds, changes) for line in text.splitlines())
    return data
