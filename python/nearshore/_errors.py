"""What can go wrong, with the program's own texts."""
from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

_PLACE = re.compile(r"(?P<file>.+):(?P<line>\d+):(?P<column>\d+)")


class NearshoreError(Exception):
    """Any error of the simulation.

    Attributes: ``problem`` (what is wrong), ``where`` ("file:line:column", or the setting), ``file``, ``line``,
    ``column`` (None where the place is no file), ``allowed`` (what would be right), ``suggestion`` (the nearest valid
    name, or ""). ``str(error)`` is the one-line message that the program prints.
    """

    def __init__(self, message: str, problem: str = "", where: str = "", allowed: str = "", suggestion: str = ""):
        super().__init__(message, problem, where, allowed, suggestion)
        self.problem = problem or message
        self.where = where
        self.allowed = allowed
        self.suggestion = suggestion
        place = _PLACE.fullmatch(where)
        self.file: str | None = place["file"] if place else None
        self.line: int | None = int(place["line"]) if place else None
        self.column: int | None = int(place["column"]) if place else None

    def __str__(self) -> str:
        return str(self.args[0])


class ConfigError(NearshoreError, ValueError):
    """A configuration, an override or an argument is wrong (the program's exit status 2)."""


class ResourceError(NearshoreError, OSError):
    """Memory, disk, a file that cannot be written or that another run writes (status 3 and 6 to 10)."""

    def __str__(self) -> str:
        return str(self.args[0])


class AccountsError(NearshoreError, ArithmeticError):
    """An account does not balance (status 4)."""


class InternalError(NearshoreError, RuntimeError):
    """A fault of the program (status 1)."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant, or nothing."""
    return next(iter(difflib.get_close_matches(word, list(known), 1)), "")


def config_error(problem: str, where: str, allowed: str = "", suggestion: str = "") -> ConfigError:
    """A ConfigError with the program's form of message."""
    message = (f"{where}: " if where else "") + f"error: {problem}"
    if allowed:
        message += f"; allowed: {allowed}"
    if suggestion:
        message += f"; did you mean '{suggestion}'?"
    return ConfigError(message, problem, where, allowed, suggestion)
