"""What a shipment pays, and why."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from . import _core
from ._config import ConfigLike, Overrides, as_config
from ._errors import ConfigError, config_error

_ARGUMENTS = {"--from": "origin", "--to": "importer", "--sector": "sector", "--month": "month", "--claim": "claim",
              "--us-content": "importer_content", "--mfn-rate": "mfn_rate", "--entry-value": "entry_value",
              "--list": "lists"}


@dataclass(frozen=True)
class Duty:
    """The stack of duties on a shipment. Rates are shares of its value: 0.25 is 25 %."""

    total: float
    """Sum of all measures."""
    by_authority: dict[str, float]
    """Rate by legal authority; they sum to the total."""
    stack: list[dict[str, Any]]
    """Measures: authority, measure, rate, applies_to (share of goods and days), days in force, why, source,
    confidence, assumption."""
    origin: str
    importer: str
    sector: str
    month: str
    claim: str | None
    """Agreement claimed."""
    importer_content: float
    good: str
    """What is shipped, in words."""

    def __float__(self) -> float:
        return self.total


def duty(origin: str, importer: str, sector: str, month: str, *, claim: bool = False,
         importer_content: float | None = None, mfn_rate: float | None = None, entry_value: float | None = None,
         lists: Sequence[str] = (), config: ConfigLike = None, overrides: Overrides | None = None) -> Duty:
    """The duties on a shipment: each measure, its rate and why it applies or not.

    Parameters
    ----------
    origin, importer : regions, e.g. ``"MX"``, ``"US"``.
    sector : e.g. ``"auto_parts"``.
    month : e.g. ``"2025-06"``; days are weighted.
    claim : whether origin is claimed under the agreement of both.
    importer_content : the importer's own content, share of value (matters where only the rest pays).
    mfn_rate, lists : ordinary duty (share) and product lists of one good; without them the lane's average.
    entry_value : USD a customs entry (bounds of fees).

    >>> nearshore.duty("MX", "US", "auto_parts", "2025-06", claim=True).total
    """
    scenario = as_config(config, overrides)._core
    try:
        return Duty(**_core.duty(scenario, origin, importer, sector, month, claim, importer_content, mfn_rate,
                                 entry_value, list(lists)))
    except ConfigError as e:
        if e.where not in _ARGUMENTS:
            raise
        raise config_error(e.problem.replace(e.where, _ARGUMENTS[e.where]), _ARGUMENTS[e.where], e.allowed,
                           e.suggestion) from None
