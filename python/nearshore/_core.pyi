"""The module of the program's rooms. Use the package; this is for type checkers."""
from collections.abc import Callable, Sequence
from typing import Any

import numpy
from numpy.typing import NDArray

version: str
git_commit: str

def project_root() -> str: ...
def set_project_root(folder: str) -> None: ...
def parse_seeds(text: str) -> list[int]: ...
def check_same_grid(other: Scenario, base: Scenario) -> None: ...
def settings() -> list[dict[str, str]]: ...
def variables() -> list[tuple[str, list[str], str, str, str]]: ...
def student_quantile(probability: float, freedom: float) -> float: ...
def duty(
    scenario: Scenario, origin: str, importer: str, sector: str, month: str, claim: bool, importer_content: float | None,
    mfn_rate: float | None, entry_value: float | None, lists: list[str],
) -> dict[str, Any]: ...
def run(
    runs: Sequence[tuple[Scenario, int]], jobs: int, threads: int, variables: list[str] | None,
    tick: Callable[[int, int], Any] | None,
) -> dict[str, NDArray[Any]]: ...

def effects(
    base: Scenario, other: Scenario, arrays: dict[str, NDArray[Any]], seeds: int, first: str, last: str,
) -> list[dict[str, Any]]: ...

class Scenario:
    def __init__(self, path: str, overrides: list[str], layers: list[tuple[str, str]]) -> None: ...
    @property
    def file(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def resolved(self) -> str: ...
    @property
    def resolved_sources(self) -> str: ...
    @property
    def resolved_outcome(self) -> str: ...
    @property
    def firms(self) -> int: ...
    @property
    def seed(self) -> int: ...
    @property
    def spin_up(self) -> int: ...
    @property
    def months(self) -> list[str]: ...
    @property
    def measures(self) -> list[str]: ...
    def labels(self) -> dict[str, tuple[str, list[str]]]: ...
    def attributes(self, seeds: list[int] | None) -> dict[str, str | int]: ...

class Simulation:
    def __init__(self, scenario: Scenario, variables: list[str] | None) -> None: ...
    def step(self) -> None: ...
    @property
    def next_month(self) -> str: ...
    @property
    def months_done(self) -> int: ...
    @property
    def finished(self) -> bool: ...
    @property
    def arrays(self) -> dict[str, NDArray[Any]]: ...
    @property
    def firms(self) -> Firms: ...
    def decree(self, measure: str, rate: float | None, originating: str | None, repeal: bool) -> None: ...
    def enact(self, law: Scenario) -> None: ...

class Firms:
    """The population: read-only views of its columns."""
    def __len__(self) -> int: ...
    # columns of agents/firm_columns.def, made by python/generate.py
    @property
    def region(self) -> NDArray[numpy.uint8]:
        """region index; shape (firms,)."""
    @property
    def sector(self) -> NDArray[numpy.uint8]:
        """sector index; shape (firms,)."""
    @property
    def type(self) -> NDArray[numpy.uint8]:
        """0 domestic, 1 export-processing; shape (firms,)."""
    @property
    def line(self) -> NDArray[numpy.uint16]:
        """tariff line index; shape (firms,)."""
    @property
    def real_sales(self) -> NDArray[numpy.float32]:
        """USD a year of one firm that this agent stands for; shape (firms,)."""
    @property
    def documentation_cost(self) -> NDArray[numpy.float32]:
        """share of value claimed; shape (firms,)."""
    @property
    def value_added(self) -> NDArray[numpy.float32]:
        """base USD per unit of output; shape (firms,)."""
    @property
    def productivity(self) -> NDArray[numpy.float32]:
        """1; shape (firms,)."""
    @property
    def active(self) -> NDArray[numpy.uint8]:
        """0 or 1; shape (firms,)."""
    @property
    def unit_cost(self) -> NDArray[numpy.float32]:
        """base = 1; shape (firms,)."""
    @property
    def duty_borne(self) -> NDArray[numpy.float32]:
        """share of input duty that the firm bears; shape (firms,)."""
    @property
    def regional_content(self) -> NDArray[numpy.float32]:
        """share of transaction value; shape (firms,)."""
    @property
    def lead(self) -> NDArray[numpy.uint8]:
        """months until the pending suppliers deliver; shape (firms,)."""
    @property
    def base_output(self) -> NDArray[numpy.float64]:
        """base cents a month; shape (firms,)."""
    @property
    def planned(self) -> NDArray[numpy.float64]:
        """base cents a month; shape (firms,)."""
    @property
    def demand(self) -> NDArray[numpy.float64]:
        """base cents a month; shape (firms,)."""
    @property
    def output(self) -> NDArray[numpy.float64]:
        """base cents a month; shape (firms,)."""
    @property
    def capacity(self) -> NDArray[numpy.float64]:
        """base cents a month; shape (firms,)."""
    @property
    def fill(self) -> NDArray[numpy.float32]:
        """share of orders delivered; shape (firms,)."""
    @property
    def input_limit(self) -> NDArray[numpy.float32]:
        """output that inputs allow over plan; shape (firms,)."""
    @property
    def pressure(self) -> NDArray[numpy.float32]:
        """smoothed utilisation; shape (firms,)."""
    @property
    def input_sector(self) -> NDArray[numpy.uint8]:
        """sector index; shape (inputs,)."""
    @property
    def ordered(self) -> NDArray[numpy.float32]:
        """base cents of input ordered this month; shape (inputs,)."""
    @property
    def stock(self) -> NDArray[numpy.float32]:
        """base cents of input held; shape (inputs,)."""
    @property
    def supplier(self) -> NDArray[numpy.uint32]:
        """firm index; shape (links,)."""
    @property
    def units(self) -> NDArray[numpy.float32]:
        """base USD of input per unit of output; shape (links,)."""
    @property
    def position(self) -> NDArray[numpy.uint8]:
        """place of the supplier's match among the candidates, 255: that of the best; shape (links,)."""
    @property
    def home_origin(self) -> NDArray[numpy.uint8]:
        """region index of the base-year origin; shape (links,)."""
    @property
    def age(self) -> NDArray[numpy.uint8]:
        """months, saturating at 255; shape (links,)."""
    @property
    def pending(self) -> NDArray[numpy.uint32]:
        """firm index of the supplier being qualified, or its own supplier; shape (links,)."""
    @property
    def pending_position(self) -> NDArray[numpy.uint8]:
        """place of its match; shape (links,)."""
    @property
    def final_base(self) -> NDArray[numpy.float32]:
        """base-year final sales, cents a month; shape (firms, regions)."""
    @property
    def final_shift(self) -> NDArray[numpy.float32]:
        """slowly adjusting CES factor, base = 1; shape (firms, regions)."""
    @property
    def sold(self) -> NDArray[numpy.int64]:
        """sales, intermediate and final, cents of the month; shape (firms, books)."""
    @property
    def desk_importer(self) -> NDArray[numpy.uint8]:
        """region index; shape (desks,)."""
    @property
    def desk_state(self) -> NDArray[numpy.uint8]:
        """0 idle, 1 setting up, 2 claiming; shape (desks,)."""
    @property
    def desk_timer(self) -> NDArray[numpy.uint8]:
        """months of set-up or certificate left; shape (desks,)."""
    # end of columns
    @property
    def first_input(self) -> NDArray[numpy.uint32]: ...
    @property
    def first_link(self) -> NDArray[numpy.uint32]: ...
    @property
    def first_desk(self) -> NDArray[numpy.uint32]: ...
    @property
    def price(self) -> NDArray[numpy.float32]: ...
    @property
    def claims(self) -> NDArray[numpy.uint16]: ...
    @property
    def originating(self) -> NDArray[numpy.uint8]: ...
    @property
    def content(self) -> NDArray[numpy.float32]: ...
