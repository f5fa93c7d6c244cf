"""nearshore: if tariffs and their exemptions change, which suppliers do firms choose?

An agent-based simulation of North American firm sourcing. Runs go in memory and come back as labelled xarray data sets.

>>> import nearshore
>>> data = nearshore.run(overrides={"run.firms": 2_000}, seeds="1-4")
>>> data.claim_share_recorded.sel(exporter="MX", importer="US").median("seed").to_series()

* :func:`run`: a scenario, one seed or many, in memory; :func:`open`: a file that the program wrote
* :func:`compare`: the effect of one policy against another, with its interval
* :func:`duty`: what a shipment pays, and why
* :class:`Config`: a checked configuration; :class:`ConfigError` says what is wrong with one
* :class:`Simulation`: month by month, with views of all firms, and policy that may change on the way
* :func:`data_file`: where a file of the project is
* :func:`model`, :class:`Model`: the simulation as a function of parameters, for calibration tools

Units: million USD a month, shares of 1, indices with base year = 1 (``units`` of each variable); months are texts, "2025-06".
"""
from __future__ import annotations

import os as _os

from . import _core

_own_files = _os.path.join(_os.path.dirname(__file__), "share")
if _os.path.isdir(_os.path.join(_own_files, "configs")):  # an installed package brings them
    _core.set_project_root(_own_files)

from ._compare import Comparison, compare  # noqa: E402
from ._config import Config, data_file  # noqa: E402
from ._dataset import open  # noqa: E402, A004
from ._duty import Duty, duty  # noqa: E402
from ._errors import AccountsError, ConfigError, InternalError, NearshoreError, ResourceError  # noqa: E402
from ._model import Model, model  # noqa: E402
from ._run import run  # noqa: E402
from ._sections import Parameters, Run, Switches  # noqa: E402
from ._simulation import Simulation  # noqa: E402

__version__: str = _core.version
__all__ = ["AccountsError", "Comparison", "Config", "ConfigError", "Duty", "InternalError", "Model", "NearshoreError",
           "Parameters", "ResourceError", "Run", "Simulation", "Switches", "compare", "data_file", "duty", "model", "open", "run"]
