"""Effects of a policy: two ensembles with the same luck."""
from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Union

import numpy
import xarray

from . import _core
from ._config import Config, ConfigLike, as_config
from ._dataset import dataset, seed_axis, texts
from ._errors import config_error, nearest
from ._run import Progress, check_count, seed_list, tick_of

if TYPE_CHECKING:
    import pandas

Months = Union[str, tuple[str, str], None]


class Comparison:
    """Two policies run on the same seeds. ``runs`` is the data set of all of them, ``(policy, seed, time, ...)`` with
    ``policy`` = ``base``, ``other``."""

    def __init__(self, runs: xarray.Dataset, base: Config, other: Config):
        self.runs, self.base, self.other = runs, base, other

    def effect(self, variable: str | None = None, months: Months = None, level: float = 0.9,
               **labels: str) -> Union[xarray.Dataset, xarray.DataArray]:
        """Paired effects: other less base with the same seed, then over seeds.

        Parameters
        ----------
        variable : a name (docs/output.md), or None for all that were kept.
        months : the mean of these months: ``"2026"`` (a year), ``"2025-06"``, ``("2025-07", "2025-12")``. None: every month by
            itself, axis ``time``. A mean of shares weighs months alike.
        level : of the interval, by Student's t over seeds: mean ± t sd / sqrt(seeds).
        labels : picks labels of axes, e.g. ``exporter="MX", importer="US"``.

        Returns the same units with an axis ``statistic``: ``base`` and ``other`` (means over seeds), ``effect`` (mean of the
        differences), ``lower``, ``upper`` (its interval), ``error`` (its standard error).

        >>> c.effect("claim_share", "2026", exporter="MX", importer="US").sel(statistic="effect").item()
        """
        if not 0 < level < 1:
            raise config_error(f"level = {level}", "level", "a number between 0 and 1, e.g. 0.9")
        data = self.runs if variable is None else self._variable(variable)
        data = self._mean_of(self._labelled(data, labels), months)
        base, other = data.sel(policy="base", drop=True), data.sel(policy="other", drop=True)
        with xarray.set_options(keep_attrs=True):
            difference = other - base
            n = data.sizes["seed"]
            mean = difference.mean("seed", skipna=False)
            error = difference.std("seed", ddof=1, skipna=False) / numpy.sqrt(n)
            half = _core.student_quantile(0.5 + level / 2, n - 1) * error
            parts = [base.mean("seed", skipna=False), other.mean("seed", skipna=False), mean, mean - half, mean + half, error]
        axis = xarray.IndexVariable("statistic", texts(["base", "other", "effect", "lower", "upper", "error"]))
        out = xarray.concat(parts, axis, combine_attrs="override")
        out.attrs["level"], out.attrs["seeds"] = level, self.runs.attrs["seeds"]
        return out

    def table(self, months: Months = None, headline: bool = True) -> "pandas.DataFrame":
        """The table that `nearshore compare` prints: every outcome with its effect and 90 % interval (Student's t over seeds).

        ``months`` as in :meth:`effect`; None: the last twelve. Ratios are those of the months' sums, so shares are weighted. ``headline``:
        only the rows that the program shows by default. Needs runs that kept all variables.

        Columns: topic, variable, region, partner, sector, detail, unit, headline, period, base, other, effect, lower, upper. A difference of
        "%" is in percentage points.

        >>> c.table("2026").query("topic == 'claims'")
        """
        import pandas

        text = self.runs.month.values.astype(str)
        chosen = text[-12:] if months is None else text[self._chosen(months)]
        arrays = {str(name): numpy.asarray(array.values, dtype=float) for name, array in self.runs.data_vars.items()}
        rows = _core.effects(self.base._core, self.other._core, arrays, self.runs.sizes["seed"], chosen[0], chosen[-1])
        table = pandas.DataFrame(rows)
        return table[table.headline].reset_index(drop=True) if headline else table

    def _variable(self, name: str) -> xarray.DataArray:
        if name not in self.runs:
            raise config_error(f"no variable '{name}'", "effect", ", ".join(map(str, self.runs.data_vars)))
        return self.runs[name]

    def _labelled(self, data, labels: Mapping[str, str]):
        axes = [str(d) for d in data.dims if d not in ("policy", "seed", "time")]
        for axis, label in labels.items():
            if axis not in axes:
                raise config_error(f"no axis '{axis}'", "effect", ", ".join(axes) or "no label: the variable has no such axis",
                                   nearest(axis, axes))
            known = [str(v) for v in data[axis].values]
            if label not in known:
                raise config_error(f"{axis} = {label!r}", "effect", ", ".join(known), nearest(str(label), known))
        return data.sel(**labels) if labels else data

    def _mean_of(self, data, months: Months):
        if months is None:
            return data
        chosen = self._chosen(months)
        with xarray.set_options(keep_attrs=True):
            return data.isel(time=chosen).mean("time", skipna=False)

    def _chosen(self, months: Union[str, tuple[str, str]]) -> numpy.ndarray:
        first, last = (months, months) if isinstance(months, str) else months
        text = self.runs.month.values.astype(str)
        chosen = numpy.array([first <= m[:len(first)] and m[:len(last)] <= last for m in text])
        if not chosen.any():
            raise config_error(f"months = {months!r}", "months", f"months from {text[0]} to {text[-1]}")
        return chosen

    def __repr__(self) -> str:
        return (f"<nearshore.Comparison of {self.other.title!r} with {self.base.title!r}, "
                f"seeds {self.runs.attrs['seeds']}>")


def compare(base: ConfigLike, other: ConfigLike, seeds: Union[str, Iterable[int]] = "1-20", *,
            overrides: Mapping | None = None, variables: Sequence[str] | None = None, threads: int = 0, jobs: int = 0,
            progress: Progress = True) -> Comparison:
    """Runs two policies on the same seeds; :meth:`Comparison.effect` gives paired effects with intervals.

    Parameters: ``base`` and ``other`` as ``config`` of :func:`run`; ``seeds``: at least two, by default 20; ``overrides``: laid on both (months,
    firms). Both must have the same months, number of firms, base year and labels. The rest as in :func:`run`.

    The difference of two runs with the same seed has much less noise than that of two runs with different ones.
    :meth:`Comparison.effect` gives any variable by any of its labels, :meth:`Comparison.table` the outcomes of `nearshore compare`.

    >>> c = nearshore.compare("configs/scenarios/no_2025_tariffs.toml", None, "1-8", overrides={"run.firms": 2_000})
    >>> c.effect("claim_share", "2026", exporter="MX", importer="US").to_series()
    """
    wanted = seed_list(seeds)
    if len(wanted) < 2:
        raise config_error("a single seed", "seeds", "at least two seeds: the error of an effect comes from their spread")
    seeded = {**(overrides or {}), "run.seed": wanted[0]}
    first, second = as_config(base, seeded), as_config(other, seeded)
    _core.check_same_grid(second._core, first._core)
    runs = [(c._core, seed) for c in (first, second) for seed in wanted]
    arrays = _core.run(runs, check_count(jobs, "jobs"), check_count(threads, "threads"),
                       None if variables is None else list(variables), tick_of(progress))
    arrays = {name: a.reshape(2, len(wanted), *a.shape[1:]) for name, a in arrays.items()}
    policy = xarray.IndexVariable("policy", texts(["base", "other"]), {"long_name": "policy, with the same luck in each"})
    attributes = second._core.attributes(wanted) | {"title_base": first.title,
                                                    "configuration_base": first._core.resolved_outcome}
    data = dataset(second._core, arrays, second.months, {"policy": policy, "seed": seed_axis(wanted)}, attributes)
    return Comparison(data, first, second)
