"""duty, compare, model; and that what is generated is current."""
import json
import pickle
import subprocess
import sys

import numpy
import pandas
import pytest

import nearshore
from conftest import QUICK, ROOT, sets


def test_duty_is_what_the_program_prints(program):
    answer = json.loads(program("duty", "--from", "MX", "--to", "US", "--sector", "motor_vehicles", "--month", "2025-06",
                                "--claim", "--us-content", "0.35", "--mfn-rate", "0.025", "--list", "autos", "--json"))
    mine = nearshore.duty("MX", "US", "motor_vehicles", "2025-06", claim=True, importer_content=0.35, mfn_rate=0.025,
                          lists=["autos"])
    assert float(mine) == mine.total == pytest.approx(0.1625) == answer["total"]
    assert mine.stack == answer["stack"] and mine.by_authority == pytest.approx(answer["by_authority"])
    assert (mine.claim, mine.good) == (answer["claim"], answer["good"])
    assert nearshore.duty("MX", "US", "auto_parts", "2025-06",
                          overrides={"measure.auto_parts_232.rate": 0}).total < nearshore.duty(
                              "MX", "US", "auto_parts", "2025-06").total


def test_duty_names_its_own_arguments():
    for arguments, where, hint in ((dict(origin="MXX"), "origin", "MX"), (dict(sector="auto_part"), "sector", "auto_parts"),
                                   (dict(importer_content=2), "importer_content", ""), (dict(lists=["autoss"]), "lists", "autos"),
                                   (dict(month="June"), "month", ""), (dict(origin="CN", claim=True), "claim", "")):
        asked = dict(origin="MX", importer="US", sector="auto_parts", month="2025-06") | arguments
        with pytest.raises(nearshore.ConfigError) as caught:
            nearshore.duty(**asked)
        assert (caught.value.where, caught.value.suggestion) == (where, hint)
        assert "--" not in str(caught.value)


def test_effects_are_paired():
    raised = nearshore.Config(overrides={"measure.autos_232_north_america.rate": 0.5})
    c = nearshore.compare(None, raised, "1-3", overrides=QUICK, variables=["duty_collected", "us_imports"], progress=False)
    apart = [nearshore.run(cfg, QUICK, seeds="1-3", progress=False).us_imports.sel(partner="MX").isel(time=slice(1, 3))
             for cfg in (None, raised)]
    by_seed = (apart[1].mean("time") - apart[0].mean("time")).values.astype(float)
    effect = c.effect("us_imports", ("2025-05", "2025-06"), partner="MX")
    got = dict(zip(effect.statistic.values, effect.values.astype(float)))
    error = by_seed.std(ddof=1) / numpy.sqrt(3)
    assert got["effect"] == pytest.approx(by_seed.mean(), rel=1e-4)
    assert got["error"] == pytest.approx(error, rel=1e-3)
    assert got["upper"] - got["effect"] == pytest.approx(2.919986 * error, rel=1e-3)  # Student's t, 2 degrees, 95 %
    assert effect.attrs["units"] == "million USD"
    assert c.effect().us_imports.dims[0] == "statistic" and "time" in c.effect().us_imports.dims
    assert c.runs.attrs["title_base"] == nearshore.Config().title


def test_the_table_of_effects_is_that_of_the_program(program, tmp_path):
    raised = {"measure.autos_232_north_america.rate": 0.5}
    c = nearshore.compare(None, nearshore.Config(overrides=raised), "1-3", overrides=QUICK, progress=False)
    table = c.table(("2025-05", "2025-07"), headline=False)
    for name, more in (("base", {}), ("other", raised)):
        program("run", *sets({**QUICK, **more}), "--seeds", "1-3", "-o", tmp_path / f"{name}.h5", "--quiet")
    program("compare", "base.h5", "other.h5", "--over", "2025-05:2025-07", "--all", "-o", "effects.csv")
    printed = pandas.read_csv("effects.csv", comment="#", keep_default_na=False, na_values={"effect": "", "lower": "", "upper": ""})
    keys = ["variable", "region", "partner", "sector", "detail"]
    both = table.merge(printed, on=keys, suffixes=("", "_printed"))
    assert len(table) > 100 and table.topic.nunique() >= 8 and len(both) >= len(table)
    for column in ("effect", "lower", "upper"):
        numpy.testing.assert_allclose(both[column], both[f"{column}_printed"].astype(float), rtol=1e-9, atol=1e-12)
    assert 0 < len(c.table()) < len(table)


def test_a_policy_has_no_effect_against_itself():
    c = nearshore.compare(None, None, [5, 6], overrides=QUICK, variables=["employment"], progress=False)
    assert (c.effect("employment").sel(statistic=["effect", "lower", "upper"]) == 0).all()


def test_what_cannot_be_compared_is_refused():
    for arguments, told in ((dict(seeds=[1]), "at least two seeds"),
                            (dict(other=nearshore.Config(overrides={**QUICK, "run.firms": 1_100}), seeds="1-2"), "run.firms")):
        with pytest.raises(nearshore.ConfigError, match=told):
            nearshore.compare(nearshore.Config(overrides=QUICK), **{"other": None, **arguments})
    c = nearshore.compare(None, None, [5, 6], overrides={**QUICK, "run.end": "2025-04"}, variables=["employment"], progress=False)
    with pytest.raises(nearshore.ConfigError, match="months from 2025-04"):
        c.effect("employment", "2026")
    with pytest.raises(nearshore.ConfigError, match="employment"):
        c.effect("unemployment")
    for labels, told in ((dict(country="MX"), "no axis 'country'"), (dict(region="Mexico"), "region = 'Mexico'; allowed: US"),
                         (dict(sector="metal"), "did you mean 'metals'")):
        with pytest.raises(nearshore.ConfigError, match=told):
            c.effect("employment", **labels)


def test_a_model_for_calibration_tools(quick):
    small = {key: value for key, value in QUICK.items() if key != "run.end"}
    model = nearshore.Model(["documentation_spread", "sectors.metals.theta"], [
        ("claim_share", {"exporter": "MX", "importer": "US"}), ("employment", {"region": "MX", "sector": "metals"})],
        overrides=small)
    cfg = nearshore.Config()
    theta = [cfg.parameters.documentation_spread, cfg["sectors.metals.theta"]]
    got = model(theta, 4, 1)
    assert got.shape == (4, 2) and got.dtype == numpy.float64
    assert numpy.array_equal(got[:, 0], quick.claim_share.sel(exporter="MX", importer="US"))
    assert numpy.array_equal(got[:, 1], quick.employment.sel(region="MX", sector="metals"))
    assert numpy.array_equal(pickle.loads(pickle.dumps(model))(numpy.array(theta), 4, 1), got)
    assert not numpy.array_equal(model(theta, 4, 2**32 - 1), got)
    assert model([0.9, theta[1]], 2, 1).shape == (2, 2)
    assert model.bounds[:, 0].tolist() == [0, 3] and numpy.isnan(model.bounds[:, 1]).all() and model.__name__
    assert nearshore.model.bounds.shape == (2, 4)
    for wrong in (([1], 4, 1), ([1, 2, 3], 4, 1), ([99, theta[1]], 4, 1), (theta, 0, 1)):
        with pytest.raises(nearshore.ConfigError):
            model(*wrong)
    with pytest.raises(nearshore.ConfigError, match="MX"):
        nearshore.Model(series=[("claim_share", {"exporter": "XX", "importer": "US"})], overrides=small)([1.5, 1000, 5, 1], 1, 1)


def test_what_is_generated_is_current():
    done = subprocess.run([sys.executable, ROOT / "python" / "generate.py", "--check", ROOT / "build/python/nearshore"],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_everything_public_has_a_docstring():
    for name in nearshore.__all__:
        assert getattr(nearshore, name).__doc__, name
    assert nearshore.run.__doc__.count(">>>") and "(seed, time, ...)" in nearshore.run.__doc__
