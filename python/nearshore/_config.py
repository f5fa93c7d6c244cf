"""Configurations: read, checked and typed."""
from __future__ import annotations

import datetime
import math
import os
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, Union

from . import _core
from ._errors import config_error
from ._sections import Parameters, Run, Switches

DEFAULT = "configs/history.toml"
Overrides = Mapping[str, Any]


def toml_value(value: Any, where: str) -> str:
    """A Python value as TOML writes it."""
    if hasattr(value, "item") and not isinstance(value, (str, bytes)) and getattr(value, "ndim", 0) == 0:
        value = value.item()  # NumPy's numbers
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise config_error(f"{where} = {value}", "overrides", "a finite number")
        return repr(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.isoformat()
    if isinstance(value, (str, os.PathLike)):
        text = os.fspath(value)
        escaped = "".join(f"\\u{ord(c):04x}" if ord(c) < 0x20 or ord(c) == 0x7F else c
                          for c in text.replace("\\", "\\\\").replace('"', '\\"'))
        return f'"{escaped}"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key} = {toml_value(v, where)}" for key, v in value.items()) + "}"
    if hasattr(value, "tolist"):  # NumPy's arrays
        value = value.tolist()
    if isinstance(value, Sequence):
        return "[" + ", ".join(toml_value(v, where) for v in value) + "]"
    raise config_error(f"{where} is a {type(value).__name__}", "overrides",
                       "bool, int, float, str, date, or a list or dict of them")


def _as_sets(overrides: Overrides | None) -> list[str]:
    if overrides is None:
        return []
    if not isinstance(overrides, Mapping):
        raise config_error(f"overrides is a {type(overrides).__name__}", "overrides",
                           'a dict such as {"run.firms": 20_000}')
    return [f"{key}={toml_value(value, key)}" for key, value in overrides.items()]


class Config:
    """A checked configuration. It does not change; :meth:`replace` makes another one.

    Parameters
    ----------
    file : path of a TOML file. What does not exist from the current folder is looked for in the project, so
        ``"configs/scenarios/no_2025_tariffs.toml"`` works anywhere. Default: the history, 2024 to 2026.
    overrides : ``{"run.firms": 20_000, "measure.NAME.rate": 0.3}``: any key of the file by its dotted path, as
        ``--set`` of the program. Values are checked like those of the file.
    toml : a TOML text laid on the file as ``extends`` lays files (docs/configuration.md): measures, rules, settings.

    Raises :class:`ConfigError` with file, line, column, what is allowed and the nearest valid key.

    Examples
    --------
    >>> cfg = nearshore.Config(overrides={"run.firms": 2_000})
    >>> cfg.run.firms, cfg.run.start
    (2000, '2024-01')
    >>> cfg["measure.us_mfn.rate"]
    'schedule'
    """

    __slots__ = ("_file", "_sets", "_layers", "_core", "_tree")

    def __init__(self, file: Union[str, os.PathLike, None] = None, overrides: Overrides | None = None,
                 toml: str | None = None):
        self._load(DEFAULT if file is None else os.fspath(file), _as_sets(overrides), [] if toml is None else [toml])

    _tree: dict[str, Any] | None

    def _load(self, file: str, sets: list[str], layers: list[str]) -> None:
        named = [(text, "<toml>" if len(layers) == 1 else f"<toml {i + 1}>") for i, text in enumerate(layers)]
        self._core = _core.Scenario(file, sets, named)
        self._file, self._sets, self._layers, self._tree = file, sets, layers, None

    @classmethod
    def _of(cls, file: str, sets: list[str], layers: list[str]) -> "Config":
        config = cls.__new__(cls)
        config._load(file, sets, layers)
        return config

    def __reduce__(self):
        return Config._of, (self._file, self._sets, self._layers)

    def replace(self, overrides: Overrides | None = None, toml: str | None = None) -> "Config":
        """The same with more overrides (later ones win) or another text laid on it."""
        return Config._of(self._file, self._sets + _as_sets(overrides),
                          self._layers + ([] if toml is None else [toml]))

    @property
    def file(self) -> str:
        """The file as it was asked for."""
        return self._file

    @property
    def title(self) -> str:
        """One line."""
        return self._core.title

    @property
    def description(self) -> str:
        """What it is for; may be empty."""
        return self._core.description

    @property
    def toml(self) -> str:
        """Everything resolved, defaults included, as TOML: it reads back to the same configuration."""
        return self._core.resolved

    @property
    def sources(self) -> str:
        """The same, each line with the place where it was set."""
        return self._core.resolved_sources

    @property
    def values(self) -> dict[str, Any]:
        """Everything resolved as nested dicts and lists (a copy)."""
        return tomllib.loads(self._core.resolved)

    @property
    def run(self) -> Run:
        """[run]: months, firms, seed, threads, closure; typed."""
        return Run(**self._values["run"])

    @property
    def switches(self) -> Switches:
        """[switches]: decisions that can be turned off; typed."""
        return Switches(**self._values["switches"])

    @property
    def parameters(self) -> Parameters:
        """[parameters]: behaviour; typed, units in :class:`Parameters`."""
        return Parameters(**{key: float(value) for key, value in self._values["parameters"].items()})

    @property
    def measures(self) -> list[str]:
        """Names of the measures, in the order of the law."""
        return self._core.measures

    @property
    def months(self) -> list[str]:
        """Months that a run gives, e.g. ``"2025-06"``."""
        return self._core.months

    @property
    def _values(self) -> dict[str, Any]:
        if self._tree is None:
            self._tree = self.values
        return self._tree

    def __getitem__(self, key: str) -> Any:
        """A value by its dotted path; elements of named lists by their name. Raises KeyError."""
        node: Any = self._values
        for part in key.split("."):
            if isinstance(node, list):
                named = [e for e in node if isinstance(e, dict) and e.get("name") == part]
                node = named[0] if named else node[int(part)] if part.isdigit() and int(part) < len(node) else None
            else:
                node = node.get(part) if isinstance(node, dict) else None
            if node is None:
                raise KeyError(key)
        return node

    def __repr__(self) -> str:
        changed = f", {len(self._sets)} overrides" if self._sets else ""
        return f"<nearshore.Config {self.title!r} ({self._file}{changed})>"


ConfigLike = Union[Config, str, os.PathLike, None]


def as_config(config: ConfigLike, overrides: Overrides | None = None) -> Config:
    """A Config of whatever a function was given."""
    if isinstance(config, Config):
        return config.replace(overrides) if overrides else config
    if config is not None and not isinstance(config, (str, os.PathLike)):
        raise config_error(f"config is a {type(config).__name__}", "config", "a path, a nearshore.Config, or None")
    return Config(config, overrides)


def data_file(path: str) -> str:
    """Where a file of the project is, e.g. ``"configs/data/claims/usmca_claims.csv"``. Raises ConfigError if there is none."""
    full = os.path.join(_core.project_root(), path)
    if not os.path.exists(full):
        raise config_error(f"the project has no '{path}'", "data_file", "a path from the project's folder, e.g. configs/history.toml")
    return full
