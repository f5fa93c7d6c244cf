"""The simulation as a function of parameters, for calibration tools."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy

from . import _core
from ._config import ConfigLike, Overrides, as_config
from ._errors import config_error

Series = tuple[str, Mapping[str, str]]

PARAMETERS = ("documentation_spread", "claim_fixed_cost", "attention_stake", "claim_setup_months")
SERIES: tuple[Series, ...] = (
    ("claim_share_dutiable", {"exporter": "MX", "importer": "US"}),
    ("claim_share_dutiable", {"exporter": "CA", "importer": "US"}),
    ("claim_share_recorded", {"exporter": "MX", "importer": "US"}),
    ("claim_share_recorded", {"exporter": "CA", "importer": "US"}),
)


class Model:
    """``model(theta, N, seed)`` as a calibration tool such as black-it calls it. Can be pickled.

    Parameters
    ----------
    parameters : names of what ``theta`` holds, in its order: keys of [parameters], or any dotted path with a number.
    series : what is returned: pairs of a variable and one label of each of its axes.
    config, overrides : as in :func:`run`; ``run.end`` follows from N.
    threads : of a run; 1, since such tools run many models at a time. 0: all cores.

    >>> model = nearshore.Model(["documentation_spread"], overrides={"run.firms": 2_000})
    >>> model([1.55], 24, 1).shape
    (24, 4)
    """

    def __init__(self, parameters: Sequence[str] = PARAMETERS, series: Sequence[Series] = SERIES,
                 config: ConfigLike = None, overrides: Overrides | None = None, threads: int = 1):
        self.parameters, self.series = tuple(parameters), tuple((name, dict(at)) for name, at in series)
        self.config, self.threads = config, threads
        self.overrides = dict(overrides or {})
        self.__name__ = "nearshore"  # calibration tools label checkpoints with it

    @property
    def bounds(self) -> numpy.ndarray:
        """Lowest and highest value that the program allows, shape (2, parameters). NaN for keys outside [parameters]."""
        known = {row["key"]: row["allowed"] for row in _core.settings() if row["section"] == "parameters"}
        pairs = [known.get(name, "nan to nan").split(" to ") for name in self.parameters]
        return numpy.array(pairs, dtype=float).T

    def __call__(self, theta: Sequence[float], N: int, seed: int) -> numpy.ndarray:
        """The first N months of a run, shape ``(N, series)``, float64; units of the variables (shares of 1).

        ``seed`` is the run's seed. Raises ConfigError for a ``theta`` of another length or a value out of range.
        """
        values = numpy.asarray(theta, dtype=float).ravel()
        if values.size != len(self.parameters):
            raise config_error(f"theta has {values.size} values", "theta", f"one for each of {', '.join(self.parameters)}")
        if N < 1:
            raise config_error(f"N = {N}", "N", "a number of months, at least 1")
        scenario = self._config(values, int(N), int(seed))._core
        keep = sorted({name for name, _ in self.series})
        arrays = _core.run([(scenario, scenario.seed)], 1, self.threads, keep, None)
        labels = {name: list(texts) for name, (_, texts) in scenario.labels().items()}
        dims = {name: dims for name, dims, *_ in _core.variables()}
        out = numpy.empty((int(N), len(self.series)))
        for column, (name, at) in enumerate(self.series):
            place: tuple[Any, ...] = (0, slice(None), *self._place(name, at, dims[name], labels))
            out[:, column] = arrays[name][place]
        return out

    def _config(self, theta: numpy.ndarray, months: int, seed: int):
        cfg = as_config(self.config, self.overrides)
        year, month = map(int, cfg.run.start.split("-"))
        last = year * 12 + month - 1 + months - 1
        end = f"{last // 12}-{last % 12 + 1:02d}"
        changes = {"run.end": end, "run.seed": seed}
        if not cfg.run.start <= cfg.run.reference <= end:
            changes["run.reference"] = cfg.run.start
        for name, value in zip(self.parameters, theta):
            changes[name if "." in name else f"parameters.{name}"] = float(value)
        return cfg.replace(changes)

    @staticmethod
    def _place(name: str, at: Mapping[str, str], dims: Sequence[str], labels: Mapping[str, list[str]]) -> list[int]:
        if set(at) != set(dims):
            raise config_error(f"'{name}' with labels of {', '.join(at)}", "series", f"one label of each of {', '.join(dims)}")
        for dim in dims:
            if at[dim] not in labels[dim]:
                raise config_error(f"{dim} = '{at[dim]}'", "series", ", ".join(labels[dim]))
        return [labels[dim].index(at[dim]) for dim in dims]


model = Model()
"""The default :class:`Model`: theta holds :data:`PARAMETERS`, the columns are :data:`SERIES`."""
